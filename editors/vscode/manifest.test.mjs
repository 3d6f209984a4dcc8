// The manifest and its translations fit together: no key without a text, no text without a use, in either language.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const manifest = read("package.json");
const placeholders = (text) => (text.match(/\{\d\}/g) ?? []).sort();

test("every text of the manifest stands in both languages", () => {
  const used = new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
  for (const file of ["package.nls.json", "package.nls.zh-cn.json"]) {
    assert.deepEqual(Object.keys(JSON.parse(read(file))).sort(), [...used].sort(), file);
  }
});

test("every message has a Chinese text with the same placeholders", () => {
  const files = readdirSync(new URL("src", import.meta.url)).filter((name) => name.endsWith(".ts"));
  const source = files.map((name) => read(`src/${name}`)).join("");
  const used = [...source.matchAll(/l10n\.t\(\s*"((?:[^"\\]|\\.)*)"/g)].map((match) => JSON.parse(`"${match[1]}"`));
  const chinese = JSON.parse(read("l10n/bundle.l10n.zh-cn.json"));
  assert.ok(used.length > 0);
  assert.deepEqual(Object.keys(chinese).sort(), [...new Set(used)].sort());
  for (const [english, translation] of Object.entries(chinese)) {
    assert.deepEqual(placeholders(translation), placeholders(english), english);
  }
});

test("the first line of a report opens an unnamed file as one, and other lines do not", () => {
  const pattern = new RegExp(JSON.parse(manifest).contributes.languages[0].firstLine);
  const check = (line, expected) => assert.equal(pattern.test(line), expected, line);
  check("云岭市档案局2023年政府信息公开工作年度报告", true);
  check("\uFEFF　　云岭市人民政府2021年度政府信息公开年度报告　", true);
  check("关于做好2023年政府信息公开工作年度报告编制工作的通知", false);
  check("政府信息公开工作年度报告", false);
});

test("what the manifest names is in the package", () => {
  const { contributes, icon, main } = JSON.parse(manifest);
  const kept = read(".vscodeignore");
  const named = [
    icon,
    ...contributes.snippets.map(({ path }) => path),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
  ].map((file) => file.replace(/^\.\//, ""));
  const isKept = (file) => kept.includes(`!${file}`) || kept.includes(`!${file.replace(/[^/]*(\.[^./]*)$/, "*$1")}`);
  for (const file of named) {
    assert.ok(existsSync(new URL(file, import.meta.url)), file);
    assert.ok(isKept(file), file);
  }
  assert.ok(isKept(main.replace(/^\.\//, "")));
});

test("the problem matcher reads what the command line prints", () => {
  const [{ pattern }] = JSON.parse(manifest).contributes.problemMatchers;
  const line = "云岭市/2023年报.txt:109:2: error[GK303] “（一）予以公开”总计应为 12";
  const found = new RegExp(pattern.regexp).exec(line);
  const { file, line: row, column, severity, code, message } = pattern;
  assert.deepEqual(
    [file, row, column, severity, code, message].map((group) => found?.[group]),
    ["云岭市/2023年报.txt", "109", "2", "error", "GK303", "“（一）予以公开”总计应为 12"],
  );
});
