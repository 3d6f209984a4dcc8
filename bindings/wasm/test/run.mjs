// Tests the packed package: in Node, and with --chromium in a browser, from an empty folder.
//
//   node bindings/wasm/test/run.mjs TARBALL [--chromium]
//
// A folder with the files of the package will do, too.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { chromium: { type: "boolean", default: false } } });
const tarball = path.resolve(positionals[0] ?? "dist/npm/gongkai-wasm.tgz");

const scratch = mkdtempSync(path.join(tmpdir(), "gongkai-wasm-"));
try {
  const folder = path.join(scratch, "node_modules/@gongkai/wasm");
  mkdirSync(folder, { recursive: true });
  if (statSync(tarball).isDirectory()) {
    cpSync(tarball, folder, { recursive: true });
  } else {
    execFileSync("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
  }
  writeFileSync(path.join(scratch, "package.json"), '{"type": "module"}');
  for (const file of ["checks.mjs", "types.ts"]) {
    copyFileSync(path.join(here, file), path.join(scratch, file));
  }
  const { checks } = await import(pathToFileURL(path.join(scratch, "checks.mjs")).href);
  const given = input();
  report("Node", await checks(given));
  types();
  if (values.chromium) {
    report("Chromium", await inChromium(given));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** What the checks are made on: a report as text, in GBK, and as a Word file. */
function input() {
  const read = (file) => readFileSync(path.join(root, file));
  return {
    text: read("editors/vscode/e2e/workspace/云岭市档案局2023年政府信息公开工作年度报告.txt").toString("utf8"),
    clean: read("tests/reports/pipes-2020-right.txt").toString("utf8"),
    word: [...read("bindings/wasm/test/report.docx")],
    version: /^version = "(.+)"/mu.exec(read("Cargo.toml").toString())[1],
  };
}

function report(where, passed) {
  assert.ok(passed.length > 10, `${passed.length} checks`);
  console.log(passed.map((name) => `ok ${where}: ${name}`).join("\n"));
}

/** A program in TypeScript compiles against the types of the package. */
function types() {
  const compiler = path.join(root, "editors/web/node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "types.ts"];
  const done = spawnSync(process.execPath, [compiler, ...options], { cwd: scratch, encoding: "utf8" });
  if (done.status === null || /Cannot find module/u.test(done.stderr)) {
    console.log("skipped: types (npm ci in editors/web brings the compiler)");
    return;
  }
  assert.equal(done.status, 0, done.stdout);
  console.log("ok types");
}

async function inChromium(given) {
  const { chromium } = await import(pathToFileURL(path.join(root, "editors/web/node_modules/playwright-core/index.mjs")).href);
  const page = `<!doctype html><meta charset="utf-8"><script type="importmap">{"imports": {"@gongkai/wasm": "/node_modules/@gongkai/wasm/gongkai.js"}}</script>`;
  const kinds = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
  const server = createServer((request, response) => {
    const file = path.join(scratch, path.normalize(request.url));
    if (request.url === "/") {
      response.writeHead(200, { "content-type": "text/html" }).end(page);
    } else if (file.startsWith(scratch) && kinds[path.extname(file)] !== undefined) {
      response.writeHead(200, { "content-type": kinds[path.extname(file)] }).end(readFileSync(file));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    return await tab.evaluate(async (input) => (await import("/checks.mjs")).checks(input), given);
  } finally {
    await browser.close();
    server.close();
  }
}
