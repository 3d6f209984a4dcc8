// Starts a browser, opens the page, drops a report onto it, and ends when the first finding is listed: scripts/first-findings
// measures how long that takes.
//
//   node first-findings.mjs --page FILE.html --report FILE

import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";

const { values } = parseArgs({ options: { page: { type: "string" }, report: { type: "string" } } });
const bytes = [...(await readFile(values.report))];
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path.resolve(values.page)).href);
  await page.locator("html[data-ready]").waitFor();
  const dataTransfer = await page.evaluateHandle(
    ([name, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name));
      return data;
    },
    [path.basename(values.report), bytes],
  );
  await page.dispatchEvent("body", "drop", { dataTransfer });
  await page.locator("#findings li.error").first().waitFor();
  console.log("listed");
} finally {
  await browser.close();
}
