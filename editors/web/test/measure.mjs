// How long a keystroke takes on the built page, in a report of 1 MB: from the key to the next picture.
//
//   node editors/web/test/measure.mjs [--page FILE.html] [--bytes 1000000] [--keys 300] [--limit MS]
//
// With `--limit`, exit code 1 if one keystroke in twenty takes longer.

import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const { values } = parseArgs({
  options: {
    page: { type: "string", default: path.join(root, "dist/gongkai.html") },
    bytes: { type: "string", default: "1000000" },
    keys: { type: "string", default: "300" },
    limit: { type: "string" },
  },
});
const one = await readFile(
  path.join(root, "editors/vscode/e2e/workspace/云岭市档案局2023年政府信息公开工作年度报告.txt"),
  "utf8",
);
const keys = Number(values.keys);
let slow = false;

const browser = await launch();
try {
  for (const [name, text] of [
    ["a short report, for comparison", one],
    ["a compendium of reports", compendium(Number(values.bytes))],
    ["one report with long prose", long(Number(values.bytes))],
  ]) {
    const page = await browser.newPage({ locale: "zh-CN", viewport: { width: 1360, height: 850 } });
    await page.goto(pathToFileURL(path.resolve(values.page)).href);
    await page.locator("html[data-ready]").waitFor();
    const started = performance.now();
    await page.locator("#file").setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.locator("#findings li").first().waitFor();
    const opened = performance.now() - started;
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+Home");
    for (let line = 0; line < 8; line++) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("End");
    await page.evaluate(() => {
      window.times = [];
      addEventListener(
        "keydown",
        (event) => {
          const pressed = event.timeStamp;
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.times.push(performance.now() - pressed);
            port2.postMessage(undefined);
          });
        },
        { capture: true },
      );
    });
    // Digits and hanzi, with pauses as people make them: in a pause the text is checked.
    for (let key = 0; key < keys; key++) {
      await page.keyboard.press(key % 3 === 2 ? "Backspace" : String(key % 10));
      await page.waitForTimeout(key % 10 === 9 ? 260 : 25);
    }
    await page.waitForFunction((keys) => window.times.length >= keys, keys);
    const times = (await page.evaluate(() => window.times)).sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
    const p95 = at(0.95);
    slow ||= values.limit !== undefined && p95 > Number(values.limit);
    const ms = (time) => `${time.toFixed(1)} ms`;
    console.log(
      `${name}: ${(Buffer.byteLength(text) / 1e3).toFixed(0)} kB opened and checked in ${ms(opened)}; ${times.length} keystrokes: median ${ms(at(0.5))}, p95 ${ms(p95)}, longest ${ms(at(1))}`,
    );
    await page.close();
  }
} finally {
  await browser.close();
}
process.exitCode = slow ? 1 : 0;

/** Many reports, one after the other, as a region publishes them. */
function compendium(bytes) {
  const bodies = ["档案局", "水务局", "气象局", "林业局", "体育局", "统计局", "审计局", "司法局"];
  const parts = [];
  for (let length = 0, index = 0; length < bytes; index++) {
    const part = one.replaceAll("档案局", `${bodies[index % bodies.length]}`);
    parts.push(part);
    length += Buffer.byteLength(part);
  }
  return parts.join("\n");
}

/** One report, with a great many paragraphs in its first section. */
function long(bytes) {
  const paragraph =
    "（一）主动公开。全年通过门户网站发布信息，围绕重点领域及时回应关切，公开内容更加丰富，公开渠道更加畅通。\n";
  const at = one.indexOf("\n", one.indexOf("总体情况")) + 1;
  return (
    one.slice(0, at) +
    paragraph.repeat(Math.ceil((bytes - Buffer.byteLength(one)) / Buffer.byteLength(paragraph))) +
    one.slice(at)
  );
}
