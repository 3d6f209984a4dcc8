// The main job in a real VS Code: open a report, see what is wrong, read why, put it right, save. Pictures of every
// step go to output/.
//
//   node session.mjs --vsix FILE [--images FOLDER] [--only PATTERN]
//
// Every step waits for what a person would see, and for nothing else: no step sleeps.
//
// `--images` also writes the pictures that the README shows. `--only` leaves out the steps whose name does not fit, for trying a
// step that is being written.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, copyFile, mkdir, mkdtemp, readFile, readdir, readlink, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { chromium } from "playwright-core";
import { start } from "./vscode.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.join(here, "output");
/** The pictures that the README shows. */
const README = ["hover-item", "quick-fix", "findings", "preview", "word"];
const MARKDOWN = "云岭市水务局2023年政府信息公开工作年度报告.md";
const UNNAMED = "年报终稿.txt";
const GBK = "旧系统导出.txt";
const GBK_NAMED = "云岭市气象局2023年政府信息公开工作年度报告.txt";
const REPORT = "云岭市档案局2023年政府信息公开工作年度报告.txt";
const LAST_YEARS = "云岭市档案局2022年政府信息公开工作年度报告.txt";
const WORD = "云岭市林业局2023年政府信息公开工作年度报告.docx";
const WRONG = "云岭市统计局2023年政府信息公开工作年度报告.txt";
const LONG = "云岭市各部门2023年政府信息公开工作年度报告汇编.txt";
const EMPTY = "云岭市林草局2023年政府信息公开工作年度报告.md";
/** The reports in the long file, each of some 4 KB. */
const REPORTS = 250;
/** For what needs the workbench and the server to start; what follows is quick. */
const SLOW = 90_000;
const QUICK = 30_000;

const { values } = parseArgs({
  options: { vsix: { type: "string" }, images: { type: "string" }, only: { type: "string" } },
});
assert.ok(values.vsix, "usage: node session.mjs --vsix FILE [--images FOLDER]");

const scratch = await mkdtemp(path.join(tmpdir(), "gongkai-e2e-"));
const workspace = path.join(scratch, "workspace");
const pristine = path.join(scratch, "pristine");
for (const folder of [workspace, pristine]) {
  await cp(path.join(here, "workspace"), folder, { recursive: true });
}
await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });

const file = path.join(workspace, REPORT);
const before = await readFile(file, "utf8");
const markdown = await readFile(path.join(workspace, MARKDOWN), "utf8");
const lastYears = await readFile(path.join(workspace, LAST_YEARS), "utf8");
const named = before.replaceAll("档案局", "气象局");
const gbk = gbkEncoder();
for (const folder of [workspace, pristine]) {
  await writeFile(path.join(folder, UNNAMED), lastYears.replaceAll("档案局", "文旅局"));
  await writeFile(path.join(folder, GBK), gbk("云岭市气象局2022年政府信息公开工作年度报告\n一、总体情况\n"));
  await writeFile(path.join(folder, GBK_NAMED), gbk(named));
}
// The program that is packed makes a Word file of a report; another report with faults is not opened before its folder is checked.
const packed = path.join(here, "../server/gongkai");
await writeFile(path.join(scratch, "林业局.md"), markdown.replaceAll("水务局", "林业局"));
await promisify(execFile)(packed, ["convert", path.join(scratch, "林业局.md"), path.join(workspace, WORD)]);
await writeFile(path.join(workspace, WRONG), before.replaceAll("档案局", "统计局"));
for (const name of [WORD, WRONG]) {
  await copyFile(path.join(workspace, name), path.join(pristine, name));
}
const total = cell(before, "（二）部分公开", 7, "7");
const blank = cell(before, "8.属于行政查询事项", 1, "");
// From the end, so that the first change does not move the second.
const after = replace(replace(before, blank, "3"), total, "6");
// 1 MB, with CRLF, and before its last report a character outside of the basic plane.
// Only that one has errors: VS Code draws no more than 500 findings of a file.
const bodies = Array.from({ length: REPORTS }, (_, index) => after.replaceAll("档案局", `第${index + 1}局`));
bodies[REPORTS - 1] = before
  .replaceAll("档案局", `第${REPORTS}局`)
  .replace("一、总体情况", "一、总体情况\n\n本局地处𠮷水河畔。");
const long = bodies.join("\n\n").replaceAll("\n", "\r\n");
await writeFile(path.join(workspace, LONG), long);
await writeFile(path.join(workspace, EMPTY), `# ${EMPTY.replace(".md", "")}\n\n`);
for (const name of [LONG, EMPTY]) {
  await copyFile(path.join(workspace, name), path.join(pristine, name));
}

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
  await code.stop();
  // The same for a reader of English: a VS Code of its own, with the files as they were.
  const again = path.join(scratch, "english");
  code = await start({
    vsix: path.resolve(values.vsix),
    workspace: pristine,
    scratch: again,
    open: REPORT,
    locale: "en",
  });
  await page.close();
  page = await browser.newPage({ viewport: { width: 1360, height: 800 }, locale: "en" });
  page.setDefaultTimeout(QUICK);
  await inEnglish();
} catch (error) {
  failed = true;
  await page?.screenshot({ path: path.join(output, "failure.png") }).catch(() => undefined);
  console.error(error);
  await writeFile(path.join(output, "code-server.log"), code?.log() ?? "");
  const logs = await readdir(path.join(scratch, "data/logs"), { recursive: true }).catch(() => []);
  for (const log of logs.filter((name) => /gongkai[^/]*\.log$/.test(name))) {
    await copyFile(path.join(scratch, "data/logs", log), path.join(output, path.basename(log)));
  }
} finally {
  await browser?.close();
  await code?.stop();
  await rm(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}
console.log(
  `e2e result: ${failed ? "FAILED" : "ok"}. ${step} steps; pictures in ${path.relative(process.cwd(), output)}`,
);
process.exit(failed ? 1 : 0);

/** Opens VS Code as the demonstration does: with a report that has findings. Waits until they are shown. */
async function openReport() {
  await page.goto(code.url, { waitUntil: "commit", timeout: SLOW });
  await page.locator(".monaco-workbench").waitFor({ timeout: SLOW });
  await page.locator(`.tab.active[data-resource-name="${REPORT}"]`).waitFor({ timeout: SLOW });
  await openFile(REPORT);
  await goTo(total);
  await page.locator(".squiggly-error").first().waitFor({ timeout: SLOW });
}

async function session() {
  await openReport();
  // The findings: a wrong total and a blank cell.
  await picture("squiggle");
  await problems();
  await page.locator(".markers-panel .monaco-list-row", { hasText: "GK303" }).first().waitFor();
  await picture("findings");
  await closePanel();

  await report("the server that runs is the one in the package", async () => {
    const running = await servers();
    assert.equal(running.length, 1, `one server, not ${running.length}`);
    assert.equal(running[0].file, path.join(code.extensionFolder, "server/gongkai"));
    const built = await sha256(path.join(here, "../server/gongkai"));
    assert.equal(await sha256(running[0].file), built, "it is the binary that was built");
  });

  await report("hovering over the wrong total says what is wrong, and what the figure is", async () => {
    await goTo(total);
    await hover(page.locator(".squiggly-error").first(), [/GK303/, /6/, /部分公开/, /表三 › /]);
    await picture("hover-total");
    await closeHover();
  });

  await report("hovering over an item of Article 20 explains it", async () => {
    await goTo({ offset: before.indexOf("第二十条第（五）项") });
    const target = page.locator(".view-line", { hasText: "第二十条第（五）项" }).locator("span span").first();
    await hover(target, [/第二十条/, /许可/]);
    await picture("hover-item");
    await closeHover();
  });

  await report("Ctrl+. puts the wrong total right", async () => {
    await goTo(total);
    const menu = await quickFixes(/6/);
    await picture("quick-fix");
    await page.keyboard.press("Enter");
    await menu.waitFor({ state: "hidden" });
    await page.locator(".squiggly-error").waitFor({ state: "detached" });
  });

  await report("Ctrl+. fills the blank cell", async () => {
    await goTo(blank);
    const menu = await quickFixes(/3/);
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

  await report("typing into last year's report moves the findings of this year's", async () => {
    await goTo(cell(after, "二、上年结转政府信息公开申请数量", 1, "2"));
    assert.equal(await page.locator(".squiggly-warning").count(), 0, "the two years agree");
    await openFile(LAST_YEARS);
    await goTo(cell(lastYears, "四、结转下年度继续办理", 1, "2"));
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.type("5");
    await page.locator(`.tab[data-resource-name="${REPORT}"]`).click();
    await page.locator(".squiggly-warning").first().waitFor();
    await hover(page.locator(".squiggly-warning").first(), [/GK501/]);
    await picture("last-year");
    await closeHover();
    await page.locator(`.tab[data-resource-name="${LAST_YEARS}"]`).click();
    await page.locator(".monaco-editor.focused").first().waitFor();
    await page.keyboard.press("Control+Z");
    await page.locator(`.tab.dirty[data-resource-name="${LAST_YEARS}"]`).waitFor({ state: "detached" });
    await page.locator(`.tab[data-resource-name="${REPORT}"]`).click();
    await page.locator(".squiggly-warning").first().waitFor({ state: "detached" });
  });

  await report("the ways to ignore are one entry, which opens a menu", async () => {
    await openFile(MARKDOWN);
    await goTo({ offset: markdown.indexOf("| 61 |") + 2 });
    const menu = await quickFixes(/16/);
    const entries = (await menu.locator(".monaco-list-row.action").allInnerTexts()).filter((text) =>
      text.includes("忽略"),
    );
    assert.equal(entries.length, 1, entries.join(", "));
    await picture("ignore");
    await menu.locator(".monaco-list-row.action", { hasText: "忽略" }).click();
    const choices = page.locator(".quick-input-list .monaco-list-row");
    await choices.first().waitFor();
    assert.ok((await choices.allInnerTexts()).every((text) => /GK\d{3}/.test(text)));
    await picture("ignore-menu");
    await page.keyboard.press("Escape");
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  });

  await report("the code of a finding opens the page of its rule", async () => {
    await problems();
    const link = page.locator(".markers-panel a", { hasText: "GK303" }).first();
    await link.click({ modifiers: ["Control"] });
    // The page of the rule, rendered: a frame in a frame.
    const tab = page.locator(".tab.active", { hasText: /GK303/ });
    await tab.waitFor();
    const rendered = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
    await rendered.getByRole("heading", { name: "GK303" }).waitFor();
    assert.equal(await page.locator(".tab", { hasText: /GK303/ }).count(), 1, "and no tab with its source");
    await picture("rule-page");
    await tab.locator(".tab-actions a").click();
    await tab.waitFor({ state: "detached" });
    await closePanel();
  });

  await report("plain text that turns out to be a report becomes one", async () => {
    await openFile(UNNAMED);
    await page.locator(".statusbar-item", { hasText: "政府信息公开工作年度报告" }).first().waitFor();
    await picture("recognised");
  });

  await report("a report in GBK whose name tells is read as what it is, and saved so", async () => {
    await openFile(GBK_NAMED);
    await page.locator(".view-line", { hasText: "云岭市气象局2023年政府信息公开工作年度报告" }).first().waitFor();
    await page.locator(".statusbar-item", { hasText: "GB 2312" }).first().waitFor();
    await goTo(total);
    await page.locator(".squiggly-error").first().waitFor();
    const menu = await quickFixes(/6/);
    await page.keyboard.press("Enter");
    await menu.waitFor({ state: "hidden" });
    await page.locator(".squiggly-error").waitFor({ state: "detached" });
    await picture("gbk-named");
    await page.keyboard.press("Control+S");
    await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
    const saved = path.join(workspace, GBK_NAMED);
    await until(async () => !(await readFile(saved)).equals(gbk(named)), "the file to be written");
    assert.deepEqual(await readFile(saved), gbk(replace(named, total, "6")));
    assert.equal(
      await page.locator(".notification-toast", { hasText: GBK_NAMED }).count(),
      0,
      "there is nothing to warn of",
    );
  });

  await report(
    "a report in GBK whose name does not tell is offered to be opened again, and can be read then",
    async () => {
      await openFile(GBK);
      const toast = page.locator(".notification-toast", { hasText: GBK });
      await toast.waitFor();
      await picture("mojibake");
      await toast.getByText("以 GB18030 重新打开").click();
      await page.locator(".view-line", { hasText: "云岭市气象局2022年政府信息公开工作年度报告" }).first().waitFor();
      await page.locator(".statusbar-item", { hasText: "GB18030" }).first().waitFor();
      await picture("reopened");
    },
  );

  await report("the preview shows the report in the official form, with what is wrong where it is", async () => {
    await openFile(MARKDOWN);
    await command("政府信息公开年报: 预览（正式样式）");
    const wrong = webview().locator("td.error", { hasText: "61" });
    await wrong.waitFor({ timeout: SLOW });
    await webview().locator("h2", { hasText: "六、其他需要报告的事项" }).waitFor();
    await picture("preview");
    // A click goes to the text, and the cursor in the text is followed.
    await wrong.click();
    await page
      .locator(`.monaco-editor[data-uri$="/${encodeURIComponent(MARKDOWN)}"] .selected-text`)
      .first()
      .waitFor();
  });

  await report("the preview takes a figure, and only that cell of the text changes", async () => {
    await webview().locator("td.error", { hasText: "61" }).focus();
    await page.keyboard.type("16");
    await webview().locator("td.figure input").waitFor();
    await page.keyboard.press("Enter");
    await webview().locator("td.error", { hasText: "61" }).waitFor({ state: "detached" });
    await page.locator(`.tab.dirty[data-resource-name="${MARKDOWN}"]`).waitFor();
    await picture("typed");
    await page.locator(`.tab[data-resource-name="${MARKDOWN}"]`).click();
    await page.keyboard.press("Control+S");
    await page.locator(`.tab.dirty[data-resource-name="${MARKDOWN}"]`).waitFor({ state: "detached" });
    const saved = path.join(workspace, MARKDOWN);
    await until(async () => (await readFile(saved, "utf8")) !== markdown, "the file to be written");
    assert.equal(await readFile(saved, "utf8"), markdown.replace("| 61 |", "| 16 |"));
  });

  await report("the preview follows a dark theme", async () => {
    await command("Preferences: Toggle between Light/Dark Themes");
    await webview().locator("body.vscode-dark").waitFor();
    await picture("preview-dark");
    await command("Preferences: Toggle between Light/Dark Themes");
    await webview().locator("body.vscode-light").waitFor();
    await closeTab("预览");
  });

  await report("a Word file opens in the same form, and its safe fixes are written after a confirmation", async () => {
    const file = path.join(workspace, WORD);
    const old = await readFile(file);
    await page.locator(`.explorer-folders-view .monaco-list-row[aria-label*="${WORD}"]`).dblclick();
    await webview().locator("td.error", { hasText: "61" }).waitFor({ timeout: SLOW });
    await picture("word");
    await command("政府信息公开年报: 修正 Word 文件中可安全修正的问题…");
    const dialog = page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    await picture("word-confirm");
    assert.deepEqual(await readFile(file), old, "nothing is written before");
    await dialog.locator(".monaco-button", { hasText: "修正并保存" }).click();
    await webview().locator("td.error", { hasText: "61" }).waitFor({ state: "detached" });
    await until(async () => !(await readFile(file)).equals(old), "the file to be written");
    await picture("word-fixed");
    await closeTab(WORD);
  });

  await report("a folder is checked into the list of problems, with files that are not open", async () => {
    await command("政府信息公开年报: 检查此文件夹");
    await page.locator(".markers-panel").waitFor();
    // The list shows what there is room for.
    await page.locator(".viewpane-filter input").first().fill("统计局");
    await page.locator(".markers-panel .monaco-list-row", { hasText: WRONG }).first().waitFor({ timeout: SLOW });
    await page.locator(".notification-toast", { hasText: "错误" }).first().waitFor();
    await picture("folder");
    await page.locator(".viewpane-filter input").first().fill("");
    await closePanel();
  });

  await report("a new report is made from last year's, with what carries over", async () => {
    await command("政府信息公开年报: 新建年度报告");
    const choices = page.locator(".quick-input-list .monaco-list-row");
    await choose(REPORT);
    await page.locator(".quick-input-widget", { hasText: "单位名称" }).waitFor();
    await picture("new-report");
    await page.keyboard.press("Enter");
    await choices.filter({ hasText: "纯文本" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".view-line", { hasText: "云岭市档案局2024年政府信息公开工作年度报告" }).first().waitFor();
    await page.locator(".statusbar-item", { hasText: "政府信息公开工作年度报告" }).first().waitFor();
    await picture("new-report-text");
    await closeTab("2024年", { discard: true });
  });

  await report("a rule is explained, and the report shown as data", async () => {
    await command("政府信息公开年报: 解释规则…");
    await choose("GK303");
    await webview().getByRole("heading", { name: "GK303" }).waitFor();
    await closeTab("GK303");
    await openFile(MARKDOWN);
    await command("政府信息公开年报: 以数据形式显示报告");
    await page.locator(".view-line", { hasText: '"body"' }).first().waitFor();
    await picture("data");
    await closeTab(".json");
  });

  await report("a report is begun with its title alone, and completed by what is offered", async () => {
    await openFile(EMPTY);
    await page.locator(".codelens-decoration").first().waitFor({ timeout: SLOW });
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Control+Space");
    const suggestion = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "一、总体情况" }).first();
    await suggestion.waitFor();
    await picture("completion");
    await page.keyboard.press("Enter");
    await page.locator(".view-line", { hasText: "一、总体情况" }).first().waitFor();
    await goTo({ offset: 4 });
    await command("Quick Fix...");
    const menu = page.locator(".action-widget:not(.action-list-submenu-panel)");
    await menu.locator(".monaco-list-row.action", { hasText: "补全" }).first().click();
    await menu.waitFor({ state: "hidden" });
    await page.keyboard.press("Control+End");
    await page.locator(".view-line", { hasText: "六、其他需要报告的事项" }).first().waitFor();
    await picture("completed");
    await closeTab(EMPTY, { discard: true });
  });

  await report("a wrong total has the sum of its parts beside it, and a table says whether it balances", async () => {
    await openFile(WRONG);
    await goTo(total);
    await page.locator(".view-line", { hasText: "各项之和" }).first().waitFor();
    await page.locator(".codelens-decoration", { hasText: "表三" }).first().waitFor();
    await picture("hints");
  });

  await report("formatting aligns the tables and changes no figure", async () => {
    await openFile(MARKDOWN);
    const saved = path.join(workspace, MARKDOWN);
    const old = await readFile(saved, "utf8");
    await page.locator(".monaco-editor.focused").first().waitFor();
    await page.keyboard.press("Control+Shift+I");
    await page.locator(`.tab.dirty[data-resource-name="${MARKDOWN}"]`).waitFor();
    await picture("formatted");
    await page.keyboard.press("Control+S");
    await page.locator(`.tab.dirty[data-resource-name="${MARKDOWN}"]`).waitFor({ state: "detached" });
    await until(async () => (await readFile(saved, "utf8")) !== old, "the file to be written");
    const words = (text) => text.replaceAll(/[ \u3000-]+/g, "");
    assert.equal(words(await readFile(saved, "utf8")), words(old));
  });

  await report("a file of 1 MB with CRLF and rare characters is put right in its last report", async () => {
    await openFile(LONG);
    const lines = long.replaceAll("\r\n", "\n");
    const place = cell(lines, "（二）部分公开", 7, "7", { last: true });
    const breaks = lines.slice(0, place.offset).split("\n").length - 1;
    await goTo({ offset: place.offset + breaks });
    await page.locator(".squiggly-error").first().waitFor({ timeout: SLOW });
    const menu = await quickFixes(/6/);
    await picture("long");
    await page.keyboard.press("Enter");
    await menu.waitFor({ state: "hidden" });
    await page.keyboard.press("Control+S");
    await page.locator(`.tab.dirty[data-resource-name="${LONG}"]`).waitFor({ state: "detached" });
    const saved = path.join(workspace, LONG);
    await until(async () => (await readFile(saved, "utf8")) !== long, "the file to be written");
    const right = replace(lines, place, "6").replaceAll("\n", "\r\n");
    assert.ok((await readFile(saved, "utf8")) === right, "one figure changed, and nothing else");
    await closeTab(LONG);
  });

  await report("a server that is killed comes back, with its findings", async () => {
    await openFile(WRONG);
    await goTo(total);
    await page.locator(".squiggly-error").first().waitFor();
    const [old] = await servers();
    process.kill(Number(old.pid), "SIGKILL");
    await until(async () => {
      const running = await servers();
      return running.length === 1 && running[0].pid !== old.pid;
    }, "another server process");
    await page.locator(".squiggly-error").first().waitFor();
    const menu = await quickFixes(/6/);
    await picture("killed");
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
  });

  await report("a window that is reloaded has one server", async () => {
    const [old] = await servers();
    await page.reload({ waitUntil: "commit", timeout: SLOW });
    await page.locator(".monaco-workbench").waitFor({ timeout: SLOW });
    // The address opens this one.
    await page.locator(`.tab[data-resource-name="${REPORT}"]`).waitFor({ timeout: SLOW });
    await openFile(WRONG);
    await goTo(total);
    await page.locator(".squiggly-error").first().waitFor({ timeout: SLOW });
    await until(async () => {
      const running = await servers();
      return running.length === 1 && running[0].pid !== old.pid;
    }, "one server, which is another one");
    await picture("reloaded");
  });

  await report("the restart command replaces the server", async () => {
    const [old] = await servers();
    await page.keyboard.press("F1");
    const input = page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(">政府信息公开年报: 重启语言服务器");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "重启语言服务器" }).first().waitFor();
    await picture("restart");
    await page.keyboard.press("Enter");
    await until(async () => {
      const running = await servers();
      return running.length === 1 && running[0].pid !== old.pid;
    }, "another server process");
  });

  await report(
    "a wrong path in the settings is named, with a way to the setting, and nothing else is run",
    async () => {
      const wrong = path.join(scratch, "没有这个程序");
      await code.setMachineSettings({ "gongkai.server.path": wrong });
      const toast = page.locator(".notification-toast", { hasText: wrong });
      await toast.waitFor();
      await until(async () => (await servers()).length === 0, "the server to end");
      await picture("wrong-path");
      await toast.getByText("打开设置").click();
      await serverPath().waitFor();
      assert.equal(await serverPath().inputValue(), wrong, "where it is set, not where it is not");
      await picture("open-setting");
      await serverPath().fill("");
      await until(async () => (await servers()).length === 1, "the packaged server to be back");
    },
  );

  await report(
    "a program that is another one, or never answers, is named in one message and holds nothing up",
    async () => {
      const other = await program("other", "echo Python 3.12.1");
      const failing = await program(
        "failing",
        'if [ "$1" = --version ]; then echo gongkai 9.9; else touch "$0.runs"; echo GLIBC_2.36 not found >&2; exit 1; fi',
      );
      const hanging = await program(
        "hanging",
        'if [ "$1" = --version ]; then echo gongkai 9.9; else touch "$0.runs"; exec sleep 600; fi',
      );
      await serverPath().fill(other);
      await page.locator(".notification-toast", { hasText: "Python 3.12.1" }).waitFor();
      await picture("other-program");
      await serverPath().fill(failing);
      await until(async () => existsSync(`${failing}.runs`), "the program that fails to be started");
      await page.locator(".notification-toast", { hasText: "GLIBC_2.36 not found" }).waitFor();
      await picture("stderr");
      await serverPath().fill(hanging);
      await until(async () => existsSync(`${hanging}.runs`), "the program that hangs to be started");
      await serverPath().fill("");
      await until(async () => (await servers()).length === 1, "the packaged server to overtake one that hangs");
      await page.locator(".settings-editor").press("Escape");
      await page.locator(".settings-editor").waitFor({ state: "hidden" });
      // All that was said meanwhile.
      await command("Notifications: Show Notifications");
      const said = page.locator(".notifications-center .notification-list-item");
      await said.first().waitFor();
      for (const [name, number] of [
        [other, 1],
        [failing, 1],
        [hanging, 0],
      ]) {
        assert.equal(await said.filter({ hasText: name }).count(), number, `${number} message about ${name}`);
      }
      await picture("messages");
    },
  );
}

/** What is said of a report in an English VS Code: nothing in Chinese but what it quotes and the names of the law. */
async function inEnglish() {
  await report(
    "in an English VS Code everything is English: findings, hovers, actions, status, commands, preview",
    async () => {
      await openReport();
      english("the status bar", await page.locator(".statusbar-item", { hasText: "Report:" }).first().innerText());
      const language = page.locator('.statusbar-item[id="status.editor.mode"]');
      assert.equal((await language.innerText()).trim(), "Disclosure Report");
      await problems();
      const rows = page.locator(".markers-panel .monaco-list-row", { hasText: /GK\d{3}/ });
      await rows.first().waitFor();
      for (const row of await rows.allInnerTexts()) {
        english("a finding", row);
      }
      await picture("english-findings");
      await closePanel();
      await goTo(total);
      await hover(page.locator(".squiggly-error").first(), [/GK303/, /total/, /Table 3/]);
      for (const part of await page.locator(".monaco-hover:not(.hidden) .monaco-hover-content").allInnerTexts()) {
        // The law is quoted in its own words, below its name and article.
        english("a hover", part.replaceAll(/Basis: .*(\n\s*\n(?!Basis:|View Problem).*)?/g, ""));
      }
      await picture("english-hover");
      await closeHover();
      for (const lens of await page.locator(".codelens-decoration").allInnerTexts()) {
        english("a lens", lens);
      }
      await goTo(total);
      const menu = await quickFixes(/6/);
      for (const action of await menu.locator(".monaco-list-row.action").allInnerTexts()) {
        english("an action", action);
      }
      await picture("english-actions");
      await page.keyboard.press("Escape");
      await menu.waitFor({ state: "hidden" });
      await page.keyboard.press("F1");
      const palette = page.locator(".quick-input-widget input").first();
      await palette.waitFor();
      await palette.fill(">Disclosure Report: ");
      const commands = page.locator(".quick-input-list .monaco-list-row", { hasText: "Disclosure Report: " });
      await commands.first().waitFor();
      for (const name of await commands.allInnerTexts()) {
        english("a command", name);
      }
      await picture("english-commands");
      await page.keyboard.press("Escape");
      await command("Disclosure Report: Preview (official form)");
      const summary = webview().locator(".summary");
      await summary.waitFor({ timeout: SLOW });
      english("the preview", await summary.innerText());
      for (const note of await webview().locator(".notes li").allInnerTexts()) {
        english("a note in the preview", note);
      }
      await picture("english-preview");
      await closeTab("Preview");
    },
  );

  await report("the preview is printed on A4, black on white, without its notes", async () => {
    await openFile(REPORT);
    await command("Disclosure Report: Open in Browser to Print");
    let written;
    await until(async () => {
      written = (await readdir(code.temporary)).find((name) => name.endsWith(".html"));
      return written !== undefined;
    }, "the page for the browser");
    const printed = path.join(code.temporary, written);
    const paper = await browser.newPage({ colorScheme: "dark" });
    try {
      await paper.goto(`file://${printed}`);
      await paper.emulateMedia({ media: "print" });
      const style = (selector, name) =>
        paper
          .locator(selector)
          .first()
          .evaluate((element, name) => getComputedStyle(element)[name], name);
      assert.equal(await style("body", "backgroundColor"), "rgb(255, 255, 255)");
      assert.equal(await style(".gongkai h1", "color"), "rgb(0, 0, 0)");
      assert.equal(await style(".gongkai .summary", "display"), "none");
      await paper.pdf({ path: path.join(output, "printed.pdf"), preferCSSPageSize: true });
      const pdf = await readFile(path.join(output, "printed.pdf"), "latin1");
      const boxes = [...pdf.matchAll(/\/MediaBox *\[([^\]]*)\]/g)].map((box) => box[1].trim().split(/ +/).map(Number));
      assert.ok(boxes.length > 0 && boxes.length < 8, `${boxes.length} pages`);
      for (const [, , width, height] of boxes) {
        assert.ok(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, `A4 and not ${width} × ${height}`);
      }
    } finally {
      await paper.close();
    }
  });
}

/** Asserts that `text`, where `what` is shown, has Chinese only in quotes, in the names of files and in numbers of sections. */
function english(what, text) {
  const own = text
    .replaceAll(/“[^”]*”|"[^"]*"|‘[^’]*’|《[^》]*》/g, "")
    .replaceAll(/\S*\.(txt|md|docx)\b/g, "")
    .replaceAll(/\b[Ss]ections? [一二三四五六]( and [一二三四五六])?/g, "");
  assert.doesNotMatch(own, /\p{Script=Han}/u, `${what} says ${text}`);
}

/** Where the server's path is typed, in the settings that are open. */
function serverPath() {
  return page.locator('.settings-editor .setting-item-contents[data-key="gongkai.server.path"] input');
}

/**
 * Opens the menu of quick fixes at the cursor, and waits for the first of them to be `first`. The editor looks for actions by
 * itself a quarter of a second after the cursor moved or findings came, and drops what a key asked for before. Somebody whose
 * key is lost presses it again.
 */
async function quickFixes(first) {
  const menu = page.locator(".action-widget:not(.action-list-submenu-panel)");
  for (let left = 3; ; left--) {
    await page.keyboard.press("Control+.");
    try {
      await menu.waitFor({ timeout: left === 0 ? QUICK : 5000 });
      break;
    } catch (error) {
      if (left === 0) {
        throw error;
      }
      // It may open right now, and the key would take what it offers first.
      await page.keyboard.press("Escape");
    }
  }
  await menu.locator(".monaco-list-row.action").first().filter({ hasText: first }).waitFor();
  return menu;
}

/** Runs a command of the palette by its name. */
async function command(name) {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input").first();
  await input.waitFor();
  await input.fill(`>${name}`);
  const entry = page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name });
  await entry.waitFor();
  await page.keyboard.press("Enter");
  // The command may ask something, in the place of the palette.
  await entry.waitFor({ state: "hidden" });
}

/** The page that was opened last: a frame in a frame. */
function webview() {
  return page.frameLocator("iframe.webview.ready >> nth=-1").frameLocator("iframe#active-frame");
}

/** Takes the entry with `text` out of the list that is shown, by typing. */
async function choose(text) {
  const input = page.locator(".quick-input-widget input").first();
  // The list shows what there is room for.
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await input.fill(text);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: text }).waitFor();
  await page.keyboard.press("Enter");
}

/** Closes the tab whose name has `text`. */
async function closeTab(text, { discard = false } = {}) {
  const tab = page.locator(".tab", { hasText: text }).first();
  await tab.click();
  await tab.locator(".tab-actions a").click();
  if (discard) {
    await page.locator(".monaco-dialog-box .monaco-button", { hasText: /Don't Save|不保存/ }).click();
  }
  await tab.waitFor({ state: "detached" });
}

/** Opens the list of findings. */
async function problems() {
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel").waitFor();
}

async function closePanel() {
  await page.locator(".part.panel .codicon-panel-close, .part.panel .codicon-close").first().click();
  await page.locator(".markers-panel").waitFor({ state: "hidden" });
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
  await page
    .locator(`.editor-container .monaco-editor[data-uri$="/${encodeURIComponent(name)}"] .view-line`)
    .first()
    .waitFor();
}

async function report(what, check) {
  if (values.only !== undefined && !new RegExp(values.only).test(what)) {
    return;
  }
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
  await page.locator(".monaco-editor.focused .cursors-layer .cursor").first().waitFor();
}

/** Rests the mouse on `target` until the editor explains all that is `expected`. */
async function hover(target, expected) {
  const shown = page.locator(".monaco-editor .monaco-hover:not(.hidden) .monaco-hover-content");
  const all = expected.reduce((found, text) => found.filter({ hasText: text }), shown).first();
  // What is explained comes in parts, and once the mouse has rested: a person waits, and then moves it a little.
  for (let left = 3; ; left--) {
    let box = null;
    // The editor draws its lines anew, and gives them no width meanwhile.
    await until(async () => (box = await target.boundingBox()) !== null, "the place to hover over to be on the screen");
    await page.mouse.move(box.x + box.width / 2 + 40, box.y - 60);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    try {
      return await all.waitFor({ timeout: left === 0 ? QUICK : 8000 });
    } catch (error) {
      if (left === 0) {
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
  return createHash("sha256")
    .update(await readFile(name))
    .digest("hex");
}

/** Where the value number `index` (from 1) stands in the row that `label` begins; the row has seven, from the right. */
function cell(text, label, index, value, { last = false } = {}) {
  const lines = text.split("\n");
  const isRow = (line) => line.includes(label) && line.split("\t").length === 10;
  const row = last ? lines.findLastIndex(isRow) : lines.findIndex(isRow);
  const cells = lines[row].split("\t");
  assert.equal(cells[2 + index], value, `${label}: value ${index}`);
  const start = [...lines.slice(0, row), cells.slice(0, 2 + index).join("\t")].join("\n").length + 1;
  return { offset: start, length: value.length };
}

function replace(text, { offset, length }, value) {
  return text.slice(0, offset) + value + text.slice(offset + length);
}

/** Encodes text as GBK, which Node.js can only decode. */
function gbkEncoder() {
  const decoder = new TextDecoder("gbk");
  const bytes = new Map();
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const character = decoder.decode(Buffer.from([first, second]));
      if (!bytes.has(character)) {
        bytes.set(character, [first, second]);
      }
    }
  }
  return (text) =>
    Buffer.from(
      [...text].flatMap((character) => {
        const encoded = character < "\x80" ? [character.charCodeAt(0)] : bytes.get(character);
        assert.ok(encoded, `${character} is in GBK`);
        return encoded;
      }),
    );
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
