// The main jobs on the built page, in Chromium, from file://: open, read, fix, print, save. Pictures of every step go to
// output/.
//
//   node editors/web/test/session.mjs --page FILE.html [--images FOLDER] [--only WORDS]
//
// `--only` runs the tests that have these words in their names. `--images` also writes the pictures that docs/web.md shows.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const output = path.join(here, "output");
const { values } = parseArgs({
  options: {
    page: { type: "string", default: path.join(root, "dist/gongkai.html") },
    images: { type: "string" },
    only: { type: "string" },
  },
});
const address = pathToFileURL(path.resolve(values.page)).href;
/** The pictures that docs/web.md shows. */
const SHOWN = ["web-findings", "web-word", "web-letter"];

const REPORT = "云岭市档案局2023年政府信息公开工作年度报告.txt";
const text = await readFile(path.join(root, "editors/vscode/e2e/workspace", REPORT), "utf8");
const word = await readFile(path.join(root, "bindings/wasm/test/report.docx"));

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });

/** Whatever leaves the page: there must be nothing. */
const left = [];
const problems = [];
const browser = await launch();
let passed = 0;

/** A fresh page with nothing in it. */
async function fresh(options = {}) {
  const context = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 1360, height: 850 },
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("request", (request) => {
    if (!/^(file|data|blob|about):/u.test(request.url())) {
      left.push(request.url());
    }
  });
  page.on("console", (message) => {
    if (message.type() === "error") {
      problems.push(message.text());
    }
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(address);
  await page.locator("html[data-ready]").waitFor();
  return page;
}

/** Drops a file onto the page, as a person does, whether or not it can be read. */
async function dropAny(page, name, bytes) {
  const data = await page.evaluateHandle(
    ([name, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name));
      return data;
    },
    [name, [...bytes]],
  );
  await page.dispatchEvent("body", "dragover", { dataTransfer: data });
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
}

/** Drops a file that can be read, and waits until it is open. */
async function drop(page, name, bytes) {
  await dropAny(page, name, bytes);
  await page.getByRole("tab", { name: /原文|Text/u }).waitFor();
  await page.waitForFunction((name) => document.getElementById("name").textContent === name, name);
}

/** What the file holds that the browser saves when `action` is done. */
async function saved(page, action) {
  const [download] = await Promise.all([page.waitForEvent("download"), action()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const items = (page, kind = "") => page.locator(`#findings li${kind}`);
const shown = (page) =>
  page
    .locator(".cm-content")
    .evaluate((content) => content.cmTile?.view?.state.doc.toString() ?? content.cmView.view.state.doc.toString());
const settled = (page, count) =>
  page.waitForFunction((count) => document.querySelectorAll("#findings li").length === count, count);

async function test(name, run, options) {
  if (values.only !== undefined && !name.includes(values.only)) {
    return;
  }
  const page = await fresh(options);
  let picture = 0;
  const look = async (as) => {
    picture += 1;
    await page.screenshot({ path: path.join(output, `${as ?? `${name}-${picture}`}.png`) });
  };
  try {
    await run(page, look);
    assert.deepEqual(problems.splice(0), [], "errors in the console");
    passed += 1;
    console.log(`ok ${passed} ${name}`);
  } catch (error) {
    await page.screenshot({ path: path.join(output, "failure.png") }).catch(() => undefined);
    throw error;
  } finally {
    await page.context().close();
  }
}

const gbk = gbkEncoder();

try {
  await test("an empty page says what to do", async (page, look) => {
    await page.getByRole("heading", { name: "把年度报告拖到这里" }).waitFor();
    await look();
  });

  await test("a text in GBK is checked, fixed and saved in GBK", async (page, look) => {
    await drop(page, REPORT, gbk(text));
    await page.getByText("GBK").first().waitFor();
    await items(page, ".error").first().waitFor();
    const before = await items(page).count();
    // The wrong total: chosen, shown, explained, put right.
    const total = items(page, '[data-code="GK303"]').first();
    await total.locator(".go").click();
    await page.locator(".cm-lintRange-error").first().waitFor();
    await look("web-findings");
    await total.getByRole("button", { name: /依据和说明/u }).click();
    await page.getByRole("dialog").getByText("行总计不符", { exact: false }).first().waitFor();
    await look();
    await page.keyboard.press("Escape");
    await page.locator("#fix-all").click();
    await page.getByRole("status").filter({ hasText: "已改正" }).waitFor();
    await look();
    assert.ok((await items(page).count()) < before);
    assert.equal(await page.locator("#fix-all").isHidden(), true);
    const file = await saved(page, () => page.keyboard.press("Control+s"));
    assert.equal(file.name, REPORT);
    assert.equal(new TextDecoder("gbk", { fatal: true }).decode(file.bytes), await withLineEnds(page));
    // One step back undoes all.
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+z");
    await settled(page, before);
    assert.equal(await shown(page), text.replaceAll("\r\n", "\n"));
  });

  await test("a Word file is dropped, fixed and saved as a Word file", async (page, look) => {
    await drop(page, "报告.docx", word);
    await page.getByText("Word 文件").first().waitFor();
    await items(page, ".error").first().waitFor();
    // Its tables are shown, and a finding that is chosen is shown in them.
    await items(page, ".error").first().locator(".go").click();
    await page.locator("#preview td.here").waitFor();
    await look("web-word");
    const before = await items(page).count();
    const fix = items(page).locator(".fix.safe").first();
    await fix.click();
    await page.waitForFunction((before) => document.querySelectorAll("#findings li").length < before, before);
    await page.locator("#fix-all").click();
    await page.waitForFunction(() => document.getElementById("fix-all").hidden);
    const file = await saved(page, () => page.locator("#save").click());
    assert.equal(file.name, "报告.docx");
    assert.equal(file.bytes.subarray(0, 2).toString(), "PK");
    assert.notDeepEqual(file.bytes, word);
    // What was saved is right when it is opened again.
    await drop(page, "报告2.docx", file.bytes);
    await page.waitForFunction(
      () => document.getElementById("fix-all").hidden && document.querySelectorAll("#findings li").length > 0,
    );
  });

  await test("what has no way into a Word file is taken back, and said", async (page) => {
    await drop(page, "报告.docx", word);
    await items(page).first().waitFor();
    await page.locator("#preview table").first().waitFor();
    await page.getByRole("tab", { name: "原文" }).click();
    const before = await shown(page);
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "Word 文件在这里只能修改段落和单元格中的文字" }).waitFor();
    assert.equal(await shown(page), before);
    // Words may be typed.
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("新");
    const file = await saved(page, () => page.locator("#save").click());
    await drop(page, "报告2.docx", file.bytes);
    assert.equal(await shown(page), `新${before}`);
  });

  await test("a published page is checked, a cell of it is typed into, and it is saved", async (page, look) => {
    const html = await readFile(path.join(root, "tests/reports/published-page-2023.html"));
    await drop(page, "公开页面.html", html);
    const cell = page.locator('#preview td.figure[data-editable="yes"]').first();
    await cell.waitFor();
    await look();
    const was = await cell.locator(".value").textContent();
    await cell.focus();
    await page.keyboard.press("9");
    await page.keyboard.press("9");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => document.querySelector('#preview td.figure[data-editable="yes"] .value').textContent === "99",
    );
    const file = await saved(page, () => page.keyboard.press("Control+s"));
    assert.equal(file.bytes.length - html.length, 2 - was.length);
    // Only the cell is another.
    const [one, two] = [html.toString(), file.bytes.toString()];
    const at = [...one].findIndex((character, index) => character !== two[index]);
    assert.equal(two, `${one.slice(0, at)}99${one.slice(at + was.length)}`);
  });

  await test("text is pasted, a word is explained under the pointer", async (page, look) => {
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await items(page).first().waitFor();
    assert.equal(await page.locator("#name").textContent(), "粘贴的报告.txt");
    await page
      .locator(".cm-line")
      .filter({ hasText: "行政许可" })
      .first()
      .hover({ position: { x: 40, y: 10 } });
    await page.locator(".cm-tooltip .explanation").getByText("依据", { exact: false }).first().waitFor();
    await look();
  });

  await test("a report is typed into an empty page", async (page, look) => {
    await page.locator("#paste").click();
    await page.locator("#none").getByText("在这里粘贴年度报告全文", { exact: false }).waitFor();
    await look();
    await page.keyboard.insertText("云岭市档案局2023年政府信息公开工作年度报告\n一、总体情况\n");
    await items(page, ".error").filter({ hasText: "缺少" }).first().waitFor();
    await page.keyboard.type("2023年收到申请3件。");
    const file = await saved(page, () => page.keyboard.press("Control+s"));
    assert.equal(
      file.bytes.toString(),
      "云岭市档案局2023年政府信息公开工作年度报告\n一、总体情况\n2023年收到申请3件。",
    );
  });

  await test("the preview shows the official tables, and a cell is typed into", async (page, look) => {
    await drop(page, REPORT, Buffer.from(text));
    await items(page, ".error").first().waitFor();
    await page.getByRole("tab", { name: "报告预览" }).click();
    const cell = page.locator("#preview td.figure.error").first();
    await cell.waitFor();
    await cell.scrollIntoViewIfNeeded();
    await look("web-preview");
    // A click finds the finding in the list.
    await cell.click();
    await page.locator("#findings .current").filter({ hasText: "总计应为" }).waitFor();
    await cell.dblclick();
    await page.keyboard.type("6");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("#findings .error") === null);
    assert.match(await shown(page), /（二）部分公开.*[ \t]6\n/u);
    // A finding that is chosen in the list is shown here.
    await items(page, '[data-code="GK201"]').first().locator(".go").click();
    await page.locator("#preview td.here").waitFor();
    await look();
  });

  await test("a report is checked against last year's", async (page, look) => {
    await drop(page, REPORT, Buffer.from(text));
    await items(page).first().waitFor();
    const last = async (name, text) => {
      await page.getByRole("button", { name: /上年报告核对/u }).waitFor();
      await page.locator("#other-file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
    };
    await last("水务局.txt", text.replaceAll("档案局", "水务局").replaceAll("2023", "2022"));
    await page.getByRole("status").filter({ hasText: "不是同一单位上一年的报告" }).waitFor();
    await last("去年.txt", text.replaceAll("2023", "2022"));
    await page.getByRole("button", { name: "已与上年报告核对：去年.txt" }).waitFor();
    await items(page, '[data-code^="GK5"]').first().waitFor();
    await look();
    // It stays so while the report is edited.
    await page.locator("#fix-all").click();
    await page.waitForFunction(() => document.getElementById("fix-all").hidden);
    await items(page, '[data-code^="GK5"]').first().waitFor();
  });

  await test("the letter of findings is shown and saved", async (page, look) => {
    await drop(page, REPORT, Buffer.from(text));
    await items(page).first().waitFor();
    await page.getByRole("tab", { name: "审核意见" }).click();
    const letter = page.frameLocator("#letter-page");
    await letter.getByText("须修改的问题", { exact: false }).first().waitFor();
    // Its own style holds, by the page's policy: the heading is centred.
    assert.equal(await letter.locator("h1").evaluate((heading) => getComputedStyle(heading).textAlign), "center");
    await look("web-letter");
    const file = await saved(page, () => page.getByRole("button", { name: "保存审核意见" }).click());
    assert.equal(file.name, REPORT.replace(".txt", ".审核意见.html"));
    assert.ok(file.bytes.toString().includes("收悉"));
    const printed = page.evaluate(
      () => new Promise((done) => (document.getElementById("letter-page").contentWindow.print = () => done(true))),
    );
    await page.getByRole("button", { name: "打印" }).click();
    assert.equal(await printed, true);
  });

  await test(
    "in English, in the dark",
    async (page, look) => {
      await page.getByRole("button", { name: "Look at a sample" }).waitFor();
      await look();
      await page.getByRole("button", { name: "Look at a sample" }).click();
      await items(page, ".error").first().waitFor();
      assert.match(await items(page, ".error").first().locator(".message").textContent(), /[a-z]{3}/u);
      await items(page).first().locator(".go").click();
      await look();
      await page.getByRole("tab", { name: "Letter of findings" }).click();
      await page.frameLocator("#letter-page").getByText("To be changed", { exact: false }).first().waitFor();
      // In the middle of it, in Chinese and in the light.
      await page.getByRole("button", { name: "Switch to Chinese" }).click();
      await page.frameLocator("#letter-page").getByText("须修改的问题", { exact: false }).first().waitFor();
      await page.getByRole("tab", { name: "原文" }).click();
      await items(page, ".error").filter({ hasText: "应为" }).first().waitFor();
      await page.getByRole("button", { name: /深浅色/u }).click();
      assert.equal(await page.locator("html[data-dark]").count(), 0);
      await look();
    },
    { locale: "en-GB", colorScheme: "dark" },
  );

  await test("everything is done from the keyboard", async (page) => {
    await page.keyboard.press("Tab");
    await page.locator("#sample").focus();
    await page.keyboard.press("Enter");
    await items(page, ".error").first().waitFor();
    await page.keyboard.press("F8");
    const first = await page.locator("#findings .current").getAttribute("data-key");
    await page.keyboard.press("F8");
    const second = await page.locator("#findings .current").getAttribute("data-key");
    assert.notEqual(first, second);
    await page.keyboard.press("Shift+F8");
    assert.equal(await page.locator("#findings .current").getAttribute("data-key"), first);
    // A fix, chosen where the cursor is.
    const fixable = items(page)
      .filter({ has: page.locator(".fix.safe") })
      .first();
    await fixable.locator(".go").focus();
    await page.keyboard.press("Enter");
    const before = await items(page).count();
    await page.keyboard.press("Control+.");
    await page.getByRole("dialog").locator(".stacked button").first().waitFor();
    await page.getByRole("dialog").locator(".stacked button").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((before) => document.querySelectorAll("#findings li").length < before, before);
    await page.locator("#tab-source").focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.locator("#tab-letter").getAttribute("aria-selected"), "true");
  });

  await test("a screen reader has names for everything", async (page) => {
    await page.locator("#sample").click();
    await items(page).first().waitFor();
    const nameless = await page.evaluate(() => {
      const named = (one) =>
        one.getAttribute("aria-label") || one.getAttribute("aria-labelledby") || one.title || one.textContent;
      const all = document.querySelectorAll("button, [role], iframe, input:not([hidden])");
      return [...all]
        .filter((one) => one.closest("[hidden]") === null && (named(one) ?? "").trim() === "" && one.id !== "notice")
        .map((one) => one.outerHTML.slice(0, 120));
    });
    assert.deepEqual(nameless, []);
    await page.getByRole("textbox", { name: "报告原文" }).waitFor();
    await page.getByRole("complementary").waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  });

  await test("what cannot be read says what to do", async (page, look) => {
    for (const [name, bytes, words] of [
      ["报告.doc", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), "另存为 .docx"],
      ["报告.pdf", Buffer.from("%PDF-1.7\n"), "PDF 文件"],
      ["报告.docx", word.subarray(0, 300), "已损坏"],
    ]) {
      await dropAny(page, name, bytes);
      await page.getByRole("dialog").getByText(words, { exact: false }).waitFor();
      await look();
      await page.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
    }
    await drop(page, "会议纪要.txt", Buffer.from("会议纪要\n\n桌椅 3\n"));
    await page.getByText("没有识别出年度报告").waitFor();
    await look();
  });

  await test("changes are not lost without a word", async (page) => {
    await page.locator("#sample").click();
    await items(page).first().waitFor();
    await page.locator("#fix-all").click();
    await page.getByText("有改动未保存", { exact: false }).waitFor();
    await page.locator("#file").setInputFiles({ name: "b.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
    assert.equal(await page.locator("#name").textContent(), "示例报告.txt");
    await page.locator("#file").setInputFiles({ name: "b.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.getByRole("dialog").getByRole("button", { name: "继续，不保存" }).click();
    await page.waitForFunction(() => document.getElementById("name").textContent === "b.txt");
  });

  await test("nothing leaves the page, not even when it is made to try", nothingLeaves);
  assert.deepEqual(left, []);
  for (const picture of values.images === undefined ? [] : SHOWN) {
    await copyFile(path.join(output, `${picture}.png`), path.join(values.images, `${picture}.png`));
  }
  console.log(`${passed} tests passed; pictures in ${path.relative(process.cwd(), output)}`);
} finally {
  await browser.close();
}

/** A server that is there, and to which no way leads. */
async function nothingLeaves(page) {
  const reached = [];
  const server = createServer((request, response) => {
    reached.push(request.url);
    response.writeHead(200, { "access-control-allow-origin": "*" }).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const at = `http://127.0.0.1:${server.address().port}`;
  try {
    await page.locator("#sample").click();
    await items(page).first().waitFor();
    const tried = await page.evaluate(async (at) => {
      const failed = (promise) =>
        promise.then(
          () => false,
          () => true,
        );
      const loads = (one) =>
        new Promise((done) => {
          one.onload = () => done(false);
          one.onerror = () => done(true);
          document.body.append(one);
          setTimeout(() => done(true), 1500);
        });
      const element = (tag, values) => Object.assign(document.createElement(tag), values);
      const results = {
        fetch: await failed(fetch(`${at}/fetch`)),
        beacon: !navigator.sendBeacon(`${at}/beacon`, "x") || true,
        image: await loads(element("img", { src: `${at}/image` })),
        script: await loads(element("script", { src: `${at}/script` })),
        style: await loads(element("link", { rel: "stylesheet", href: `${at}/style` })),
        inline:
          (document.body.append(element("script", { textContent: "window.inlineRan = true" })),
          window.inlineRan !== true),
        socket: await new Promise((done) => {
          try {
            const socket = new WebSocket(`${at.replace("http", "ws")}/socket`);
            socket.onopen = () => done(false);
            socket.onerror = () => done(true);
          } catch {
            done(true);
          }
        }),
        evaluated: (() => {
          try {
            return new Function("return 1")() !== 1;
          } catch {
            return true;
          }
        })(),
      };
      const form = element("form", { action: `${at}/form`, method: "post" });
      document.body.append(form);
      form.submit();
      const frame = element("iframe", { src: `${at}/frame` });
      document.body.append(frame);
      const source = `fetch("${at}/worker").then(() => postMessage(false), () => postMessage(true))`;
      results.worker = await new Promise((done) => {
        const worker = new Worker(URL.createObjectURL(new Blob([source])));
        worker.onmessage = ({ data }) => done(data);
        worker.onerror = () => done(true);
        setTimeout(() => done(true), 1500);
      });
      return results;
    }, at);
    await new Promise((later) => setTimeout(later, 300));
    assert.deepEqual(
      Object.entries(tried).filter(([, blocked]) => !blocked),
      [],
    );
    assert.deepEqual(reached, []);
    // What was tried is no part of the page.
    problems.length = 0;
    left.length = 0;
  } finally {
    server.close();
  }
}

/** The text as it is to be saved. */
async function withLineEnds(page) {
  const now = await shown(page);
  return text.includes("\r\n") ? now.replaceAll("\n", "\r\n") : now;
}

/** Makes bytes in GBK of a text: every pair of bytes is decoded once, and the table turned round. */
function gbkEncoder() {
  const decoder = new TextDecoder("gbk");
  const table = new Map();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== "\ufffd" && !table.has(character)) {
        table.set(character, [lead, trail]);
      }
    }
  }
  return (text) =>
    Buffer.from(
      [...text].flatMap((character) => {
        const code = character.charCodeAt(0);
        const pair = code < 0x80 ? [code] : table.get(character);
        assert.ok(pair, `GBK has no ${character}`);
        return pair;
      }),
    );
}
