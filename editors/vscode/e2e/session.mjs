// The main job in a real VS Code: open a report, see what is wrong, read why, put it right, save. Pictures of every
// step go to output/.
//
//   node session.mjs --vsix FILE [--images FOLDER]
//
// `--images` also writes the pictures that the README shows.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, copyFile, mkdir, mkdtemp, readFile, readdir, readlink, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { start } from "./vscode.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.join(here, "output");
/** The pictures that the README shows. */
const README = ["hover-item", "quick-fix", "findings"];
const MARKDOWN = "云岭市水务局2023年政府信息公开工作年度报告.md";
const UNNAMED = "年报终稿.txt";
const GBK = "旧系统导出.txt";
/** The title and the first heading of an invented report, in GBK. */
const GBK_BYTES = Buffer.from(
  "d4c6c1ebcad0c6f8cff3bed632303233c4ead5feb8aed0c5cfa2b9abbfaab9a4d7f7c4eab6c8b1a8b8e60ad2bba1a2d7dccce5c7e9bff60a",
  "hex",
);
const REPORT = "云岭市档案局2023年政府信息公开工作年度报告.txt";
/** For what needs the workbench and the server to start; what follows is quick. */
const SLOW = 90_000;
const QUICK = 30_000;

const { values } = parseArgs({ options: { vsix: { type: "string" }, images: { type: "string" }, all: { type: "boolean" } } });
assert.ok(values.vsix, "usage: node session.mjs --vsix FILE [--images FOLDER] [--all]");

const scratch = await mkdtemp(path.join(tmpdir(), "gongkai-e2e-"));
const workspace = path.join(scratch, "workspace");
const pristine = path.join(scratch, "pristine");
for (const folder of [workspace, pristine]) {
  await cp(path.join(here, "workspace"), folder, { recursive: true });
}
await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });

const file = path.join(workspace, REPORT);
await cp(path.join(workspace, "云岭市档案局2022年政府信息公开工作年度报告.txt"), path.join(workspace, UNNAMED));
await writeFile(path.join(workspace, GBK), GBK_BYTES);
await cp(path.join(workspace, UNNAMED), path.join(pristine, UNNAMED));
await writeFile(path.join(pristine, GBK), GBK_BYTES);
const before = await readFile(file, "utf8");
const total = cell(before, "（二）部分公开", 7, "7");
const blank = cell(before, "8.属于行政查询事项", 1, "");
// From the end, so that the first change does not move the second.
const after = replace(replace(before, blank, "3"), total, "6");

let step = 0;
let code;
let browser;
let page;
let failed = false;
try {
  code = await start({ vsix: path.resolve(values.vsix), workspace, scratch, open: REPORT });
  browser = await chromium.launch({
    executablePath: chromiumFile(),
    headless: true,
    args: chromiumArguments(),
    env: { ...process.env, HOME: path.join(scratch, "browser") },
  });
  page = await browser.newPage({ viewport: { width: 1360, height: 800 }, locale: "zh-CN" });
  page.setDefaultTimeout(QUICK);
  await session();
} catch (error) {
  failed = true;
  await page?.screenshot({ path: path.join(output, "failure.png") }).catch(() => undefined);
  console.error(error);
  await writeFile(path.join(output, "code-server.log"), code?.log() ?? "");
} finally {
  await browser?.close();
  await code?.stop();
  await rm(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}
console.log(`e2e result: ${failed ? "FAILED" : "ok"}. ${step} steps; pictures in ${path.relative(process.cwd(), output)}`);
process.exit(failed ? 1 : 0);

async function session() {
  await page.goto(code.url, { waitUntil: "commit", timeout: SLOW });
  await page.locator(".monaco-workbench").waitFor({ timeout: SLOW });
  // The demonstration opens it like this: a report with faults, not an empty editor.
  await page.locator(`.tab.active[data-resource-name="${REPORT}"]`).waitFor({ timeout: SLOW });
  await openFile(REPORT);
  // The findings: one wrong total and one blank cell, told in the Explorer before they are scrolled to.
  await goTo(total);
  await page.locator(".squiggly-error").first().waitFor({ timeout: SLOW });
  await picture("squiggle");
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel .monaco-list-row").first().waitFor();
  await picture("findings");
  await page.keyboard.press("Control+Shift+M");

  await report("the server that runs is the one in the package", async () => {
    const running = await servers();
    assert.equal(running.length, 1, `one server, not ${running.length}`);
    assert.equal(running[0].file, path.join(code.extensionFolder, "server/gongkai"));
    const built = await sha256(path.join(here, "../server/gongkai"));
    assert.equal(await sha256(running[0].file), built, "it is the binary that was built");
  });

  await report("hovering over the wrong total says what is wrong, and what the figure is", async () => {
    const text = await hover(page.locator(".squiggly-error").first());
    assert.match(text, /GK303/);
    assert.match(text, /6/);
    assert.match(text, /部分公开/);
    assert.match(text, /表三 › /, "and the figure's path");
    await picture("hover-total");
    await closeHover();
  });

  await report("hovering over an item of Article 20 explains it", async () => {
    await goTo({ offset: before.indexOf("第二十条第（五）项") });
    const text = await hover(page.locator(".view-line", { hasText: "第二十条第（五）项" }).locator("span span").first());
    assert.match(text, /第二十条/);
    assert.match(text, /许可/);
    await picture("hover-item");
    await closeHover();
  });

  await report("Ctrl+. puts the wrong total right", async () => {
    await goTo(total);
    const menu = await quickFixes();
    const first = menu.locator(".monaco-list-row.action").first();
    assert.match(await first.innerText(), /6/, "the first offer is the right total");
    await picture("quick-fix");
    await page.keyboard.press("Enter");
    await menu.waitFor({ state: "hidden" });
    await page.locator(".squiggly-error").waitFor({ state: "detached" });
  });

  await report("Ctrl+. fills the blank cell", async () => {
    await goTo(blank);
    const menu = await quickFixes();
    assert.match(await menu.locator(".monaco-list-row.action").first().innerText(), /3/);
    await picture("quick-fix-blank");
    await page.keyboard.press("Enter");
    await menu.waitFor({ state: "hidden" });
    await page.locator(".squiggly-error, .squiggly-warning").first().waitFor({ state: "detached" });
  });

  await report("saved, the file differs in these two cells and in no other byte", async () => {
    await page.keyboard.press("Control+S");
    await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
    await until(async () => (await readFile(file, "utf8")) !== before, "the file to be written");
    assert.deepEqual(await readFile(file), Buffer.from(after));
    for (const name of await readdir(workspace)) {
      if (name !== REPORT) {
        assert.deepEqual(await readFile(path.join(workspace, name)), await readFile(path.join(pristine, name)));
      }
    }
    await picture("saved");
  });

  await further("the ways to ignore are one entry, which opens a menu", async () => {
    await openFile(MARKDOWN);
    await page.locator(".tab.active", { hasText: /\d/ }).waitFor();
    // To the first finding; what it says there is closed again.
    await repeated(
      async () => {
        await page.keyboard.press("Control+1");
        await page.keyboard.press("F8");
      },
      (timeout) => page.locator(".squiggly-error").first().waitFor({ timeout }),
      () => page.keyboard.press("Escape"),
    );
    await page.keyboard.press("Escape");
    await sleep(500);
    const menu = await quickFixes();
    const entries = (await menu.locator(".monaco-list-row.action").allInnerTexts()).filter((text) => text.includes("忽略"));
    assert.equal(entries.length, 1, entries.join(", "));
    await picture("ignore");
    await menu.locator(".monaco-list-row.action", { hasText: "忽略" }).click();
    const choices = page.locator(".quick-input-list .monaco-list-row");
    await choices.first().waitFor();
    assert.ok((await choices.allInnerTexts()).every((text) => /GK\d{3}/.test(text)));
    await picture("ignore-menu");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  });

  await further("the code of a finding opens the page of its rule", async () => {
    await page.keyboard.press("Control+Shift+M");
    const link = page.locator(".markers-panel a", { hasText: /GK\d{3}/ }).first();
    await link.waitFor();
    await link.click({ modifiers: ["Control"] });
    await page.locator(".tab", { hasText: /GK\d{3}/ }).first().waitFor();
    await picture("rule-page");
    await page.keyboard.press("Control+W");
    await page.keyboard.press("Control+Shift+M");
  });

  await further("plain text that turns out to be a report becomes one", async () => {
    await openFile(UNNAMED);
    await page.locator(".statusbar-item", { hasText: "政府信息公开工作年度报告" }).first().waitFor();
    await picture("recognised");
  });

  await further("a report in GBK is offered to be opened again, and can be read then", async () => {
    await openFile(GBK);
    const toast = page.locator(".notification-toast", { hasText: GBK });
    await toast.waitFor();
    await picture("mojibake");
    await toast.getByText("以 GB18030 重新打开").click();
    await page.locator(".view-line", { hasText: "云岭市气象局2023年政府信息公开工作年度报告" }).first().waitFor();
    await picture("reopened");
  });

  await report("the restart command replaces the server", async () => {
    const [old] = await servers();
    await page.keyboard.press("F1");
    const input = page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(">gongkai: 重启语言服务器");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "重启语言服务器" }).first().waitFor();
    await picture("restart");
    await page.keyboard.press("Enter");
    await until(async () => {
      const running = await servers();
      return running.length === 1 && running[0].pid !== old.pid;
    }, "another server process");
  });

  await report("a wrong path in the settings is named, with a way to the setting, and nothing else is run", async () => {
    const wrong = path.join(scratch, "没有这个程序");
    await code.setMachineSettings({ "gongkai.server.path": wrong });
    const toast = page.locator(".notification-toast", { hasText: wrong });
    await toast.waitFor();
    await sleep(500);
    await until(async () => (await servers()).length === 0, "the server to end");
    await picture("wrong-path");
    await toast.getByText("打开设置").click();
    await page.locator(".settings-editor").getByText("gongkai.server.path").first().waitFor();
    await code.setMachineSettings({});
    await until(async () => (await servers()).length === 1, "the packaged server to be back");
  });

  await further("a program that is another one, or never answers, is named in one message and holds nothing up", async () => {
    const other = await program("other", "echo Python 3.12.1");
    await code.setMachineSettings({ "gongkai.server.path": other });
    const toast = page.locator(".notification-toast", { hasText: "Python 3.12.1" });
    await toast.waitFor();
    await sleep(1000);
    assert.equal(await page.locator(".notification-toast", { hasText: other }).count(), 1, "one message");
    await picture("other-program");
    const failing = await program("failing", 'if [ "$1" = --version ]; then echo gongkai 9.9; else echo GLIBC_2.36 not found >&2; exit 1; fi');
    await repeated(
      async () => {
        await code.setMachineSettings({ "gongkai.server.path": failing });
      },
      (timeout) => page.locator(".notification-toast", { hasText: "GLIBC_2.36 not found" }).waitFor({ timeout }),
      // The editor may not hear of two changes of a file that follow at once.
      () => code.setMachineSettings({}),
    );
    await sleep(1000);
    assert.equal(await page.locator(".notification-toast", { hasText: failing }).count(), 1, "one message");
    await picture("stderr");
    const hanging = await program("hanging", 'if [ "$1" = --version ]; then echo gongkai 9.9; else exec sleep 600; fi');
    await code.setMachineSettings({ "gongkai.server.path": hanging });
    await sleep(2000);
    await code.setMachineSettings({});
    await until(async () => (await servers()).length === 1, "the packaged server to overtake one that hangs");
  });
}

/** Opens the menu of quick fixes at the cursor: a key that comes before the editor has any is lost, and pressed again. */
async function quickFixes() {
  const menu = page.locator(".action-widget:not(.action-list-submenu-panel)");
  await repeated(
    () => page.keyboard.press("Control+."),
    (timeout) => menu.waitFor({ timeout }),
    async () => {
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+1");
    },
  );
  return menu;
}

/** Does `action` until `seen` holds within some seconds, at most four times, and `undo` in between. */
async function repeated(action, seen, undo) {
  for (let left = 3; ; left--) {
    await action();
    try {
      return await seen(left === 0 ? 30_000 : 8_000);
    } catch (error) {
      if (left === 0) {
        throw error;
      }
      await undo();
      await sleep(1000);
    }
  }
}

/** An executable script. */
async function program(name, script) {
  const made = path.join(scratch, name);
  await writeFile(made, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return made;
}

async function openFile(name) {
  await page.locator(`.explorer-folders-view .monaco-list-row[aria-label*="${name}"]`).dblclick({ timeout: SLOW });
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator(".editor-container .monaco-editor .view-line").first().waitFor();
}

/**
 * Steps that depend on the timing of the editor's own parts, and fail on a busy machine now and then: only with `--all`, for
 * somebody to look at.
 */
async function further(what, check) {
  if (values.all) {
    await report(what, check);
  }
}

async function report(what, check) {
  const started = Date.now();
  await check();
  console.log(`e2e: ${what} ... ok (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

async function picture(name) {
  step += 1;
  const taken = path.join(output, `${step}-${name}.png`);
  await page.screenshot({ path: taken });
  if (values.images !== undefined && README.includes(name)) {
    await mkdir(values.images, { recursive: true });
    await copyFile(taken, path.join(values.images, `${name}.png`));
  }
}

/** Puts the cursor at `place` and its line into view, as Ctrl+G does; by offset, for its columns count a tab as four. */
async function goTo({ offset }) {
  await page.keyboard.press("Control+G");
  const input = page.locator(".quick-input-widget input").first();
  await input.waitFor();
  await input.fill(`::${offset + 1}`);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  // The line is scrolled to with an animation; its squiggles and its text are placed after it.
  await sleep(500);
}

/** Rests the mouse on `target` until the editor explains; gives the explanation's text. */
async function hover(target) {
  const shown = page.locator(".monaco-editor .monaco-hover:not(.hidden) .monaco-hover-content");
  for (let attempt = 1; ; attempt += 1) {
    const box = await target.boundingBox();
    assert.ok(box, "the place to hover over is on the screen");
    await page.mouse.move(box.x + box.width / 2 + 40, box.y - 60);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    try {
      await shown.first().waitFor({ timeout: 8000 });
      // The explanation and the finding may come one after the other.
      await sleep(700);
      return await shown.first().innerText();
    } catch (error) {
      if (attempt === 3) {
        throw error;
      }
    }
  }
}

async function closeHover() {
  await page.keyboard.press("Escape");
  await page.mouse.move(5, 5);
  await page.locator(".monaco-editor .monaco-hover:not(.hidden)").first().waitFor({ state: "hidden" });
}

async function until(condition, what) {
  for (const end = Date.now() + QUICK; !(await condition()); await sleep(100)) {
    assert.ok(Date.now() < end, `waited ${QUICK / 1000} s in vain for ${what}`);
  }
}

/** The language servers that run out of our scratch folder. */
async function servers() {
  const found = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    // A process may end while we look.
    const running = await readlink(`/proc/${pid}/exe`).catch(() => "");
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (running.startsWith(scratch) && command.split("\0")[1] === "server") {
      found.push({ pid, file: running });
    }
  }
  return found;
}

async function sha256(name) {
  return createHash("sha256").update(await readFile(name)).digest("hex");
}

/** Where the value number `index` (from 1) stands in the row that `label` begins; the row has seven, from the right. */
function cell(text, label, index, value) {
  const lines = text.split("\n");
  const row = lines.findIndex((line) => line.includes(label) && line.split("\t").length === 10);
  const cells = lines[row].split("\t");
  assert.equal(cells[2 + index], value, `${label}: value ${index}`);
  const start = [...lines.slice(0, row), cells.slice(0, 2 + index).join("\t")].join("\n").length + 1;
  return { offset: start, length: value.length };
}

function replace(text, { offset, length }, value) {
  return text.slice(0, offset) + value + text.slice(offset + length);
}

function chromiumFile() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const files = (process.env.PATH ?? "").split(":").flatMap((folder) => names.map((name) => path.join(folder, name)));
  const found = [process.env.CHROMIUM ?? "", ...files].find((name) => name !== "" && existsSync(name));
  assert.ok(found, "no Chromium on the PATH: apt-get install chromium fonts-noto-cjk, or set CHROMIUM to its file");
  return found;
}

/** Nothing but this machine is to be reached. */
function chromiumArguments() {
  return [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
  ];
}
