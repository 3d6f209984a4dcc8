// Installs a VSIX into an empty VS Code, opens a report with faults, and ends when the first wrong figure is underlined:
// scripts/first-findings measures how long that takes.
//
//   node first-findings.mjs --vsix FILE --scratch FOLDER

import { cp } from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { start } from "./vscode.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { vsix: { type: "string" }, scratch: { type: "string" } } });
const scratch = path.resolve(values.scratch);
const workspace = path.join(scratch, "workspace");
await cp(path.join(here, "workspace"), workspace, { recursive: true });
const open = "云岭市档案局2023年政府信息公开工作年度报告.txt";
const code = await start({ vsix: path.resolve(values.vsix), workspace, scratch, open });
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
try {
  // As high as the report, so that the wrong figure is seen without scrolling.
  const page = await browser.newPage({ viewport: { width: 1360, height: 2400 } });
  await page.goto(code.url, { waitUntil: "commit" });
  await page.locator(".squiggly-error").first().waitFor({ timeout: 90_000 });
  console.log("underlined");
} finally {
  await browser.close();
  await code.stop();
}
