// Opens the example reports in a VS Code of their own and stays until Ctrl-C.
//
//   node demo.mjs --vsix FILE --workspace FOLDER [--port N] [--check]
//
// `--check` starts it, sees that it answers and that the extension is in it, and ends.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { start } from "./vscode.mjs";

const { values } = parseArgs({
  options: {
    vsix: { type: "string" },
    workspace: { type: "string" },
    port: { type: "string", default: "0" },
    check: { type: "boolean", default: false },
  },
});
if (values.vsix === undefined || values.workspace === undefined) {
  console.error("usage: node demo.mjs --vsix FILE --workspace FOLDER [--port N] [--check]");
  process.exit(2);
}
/** The report to look at first. */
const FAULTY = "云岭市档案局2023年政府信息公开工作年度报告.txt";
const interrupted = new Promise((resolve) => {
  process.once("SIGINT", resolve);
  process.once("SIGTERM", resolve);
});

const scratch = await mkdtemp(path.join(tmpdir(), "gongkai-demo-"));
let code;
let status = 0;
try {
  code = await start({
    vsix: path.resolve(values.vsix),
    workspace: path.resolve(values.workspace),
    scratch,
    port: Number(values.port),
    open: FAULTY,
  });
  if (values.check) {
    const page = await fetch(code.url);
    if (!page.ok || !(await page.text()).includes("workbench")) {
      throw new Error(`${code.url} answers, but not with a workbench (status ${page.status})`);
    }
    const manifest = JSON.parse(await readFile(path.join(code.extensionFolder, "package.json"), "utf8"));
    console.log(`VS Code answers, with ${manifest.publisher}.${manifest.name} ${manifest.version} in it: ${code.url}`);
  } else {
    console.log(
      `\n  打开 / open   ${code.url}\n\n  改动只写入副本 / changes go to a copy: ${path.resolve(values.workspace)}`,
    );
    console.log("  Ctrl-C 结束 / to stop\n");
    const ended = await Promise.race([interrupted.then(() => false), code.exited.then(() => true)]);
    if (ended) {
      throw new Error(`VS Code ended by itself\n${code.log()}`);
    }
  }
} catch (error) {
  status = 1;
  console.error(error instanceof Error ? error.message : error);
} finally {
  await code?.stop();
  await rm(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}
process.exit(status);
