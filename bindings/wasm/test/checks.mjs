// What the package does, the same in Node and in a browser. Every check throws if it fails.

import init, { Document, check, figures, fix, letter, rule, version } from "@gongkai/wasm";

export async function checks({ text, clean, word, version: expected }) {
  await init();
  const passed = [];
  const that = (name, holds, seen) => {
    if (!holds) {
      throw new Error(`${name}: ${JSON.stringify(seen)}`);
    }
    passed.push(name);
  };
  const throws = (action) => {
    try {
      action();
    } catch (error) {
      return error instanceof Error ? error.message : undefined;
    }
    return undefined;
  };

  that("the version is that of the project", version() === expected, version());

  const found = check(text, "云岭市档案局.txt");
  const total = found.find(({ code }) => code === "GK303");
  that("a wrong total is found", total !== undefined, found.map(({ code }) => code));
  that("with its place, its operands and its fix", total.place.table === 3 && total.related.length > 0 && total.fixes.length > 0, total);
  that("the file is called by its name", total.filename === "云岭市档案局.txt", total.filename);
  that("a clean report has no error", check(clean).every(({ severity }) => severity !== "error"), check(clean));
  that("other text has no findings", check("会议纪要\n\n桌椅 3\n").length === 0);

  const fixed = fix(text, "a.txt");
  that("a string gives a string", typeof fixed === "string", typeof fixed);
  that("fixes are applied", check(fixed).length < found.length, check(fixed).length);
  that("fixing twice changes nothing more", fix(fixed) === fixed);

  const bytes = utf16(text);
  const again = fix(bytes, "a.txt");
  that("bytes keep their encoding and their mark", again instanceof Uint8Array && again[0] === 0xff && again[1] === 0xfe, again.slice(0, 4));
  that("and say the same", new TextDecoder("utf-16le").decode(again) === fixed);

  const rows = figures(text, "a.txt");
  that("figures have row, column and value", rows.some(({ table, value, column }) => table === 3 && value > 0 && column === "总计"), rows.slice(0, 3));

  const page = letter(text, "a.txt");
  that("the letter is a page without anything from elsewhere", page.startsWith("<!DOCTYPE html>") && !/https?:|<script/u.test(page), page.slice(0, 80));
  that("the letter is in English where that is set", letter(text, "a.txt", 'language = "en"').includes("Findings on the annual report"));
  that("a configuration holds back what it says", check(text, "a.txt", 'ignore = ["GK3"]').every(({ code }) => !code.startsWith("GK3")));
  that("a configuration that is wrong is refused", throws(() => check(text, "a.txt", "nonsense = 1"))?.includes("nonsense"));
  that("a file that cannot be read says what to do", throws(() => check(new TextEncoder().encode("%PDF-1.7"), "a.pdf"))?.includes("Word"));
  that("a rule is explained", rule("GK303", "en")?.includes("GK303") && rule("GK999") === undefined, rule("GK303", "en"));

  open(text, that);
  wordFile(new Uint8Array(word), that, throws);
  return passed;
}

/** A document that stays open. */
function open(text, that) {
  const marked = `\ufeff${text.replaceAll("\n", "\r\n")}`;
  const document = new Document(new TextEncoder().encode(marked), "a.txt");
  that("a document shows its text without the mark", document.text === marked.slice(1) && document.encoding === "UTF-8");
  const before = document.findings();
  const wrong = before.findings.find(({ code }) => code === "GK303");
  that("findings are counted", before.errors + before.warnings + before.infos === before.findings.length, before.errors);
  const hover = document.hover(wrong.range.start);
  that("a word is explained", hover?.markdown.length > 10, hover);
  that("the parts of a total are found", document.definitions(wrong.range.start).length > 0);
  that("what can be done is offered", document.actions(wrong.range).some(({ edits }) => edits.length > 0));

  that("an edit is taken", document.edit(wrong.fixes[0].edits) === undefined);
  const after = document.findings();
  that("and what it put right is gone", !after.findings.some(({ code, fingerprint }) => code === wrong.code && fingerprint === wrong.fingerprint));
  document.edit([
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "甲\n" },
    { range: { start: { line: 0, character: 2 }, end: { line: 0, character: 3 } }, text: "" },
  ]);
  that("edits at once count from the text before, and lines end as they did", document.text.startsWith(`甲\r\n${text.slice(0, 2)}${text.slice(3, 6)}`), document.text.slice(0, 20));
  const fresh = new Document(document.bytes(), "a.txt");
  that("an edited document has the findings of a new one", JSON.stringify(fresh.findings()) === JSON.stringify(document.findings()));

  const other = new Document(text, "a.txt");
  other.edit(other.fixAll());
  that("fixing all is what fix does", other.text === fix(text, "a.txt"));
  other.setLanguage("en");
  that("messages are in the language that is set", /[a-z]{3}/u.test(other.findings().findings[0]?.message ?? "abc"));
  that("the letter is of the text as it is", other.letter().includes("Findings on the annual report"));
  const last = text.replaceAll("2023", "2022");
  const beside = new Document(text, "2023.txt");
  that("last year's report is known as such", beside.putBeside(last, "2022.txt") && !beside.putBeside(text.replaceAll("档案局", "水务局"), "b.txt"));
  beside.putBeside(new TextEncoder().encode(last), "2022.txt");
  that("what was carried over is checked against it", beside.findings().findings.some(({ code }) => code.startsWith("GK5")), beside.findings().findings.map(({ code }) => code));
  for (const one of [document, fresh, other, beside]) {
    one.free();
  }
}

function wordFile(bytes, that, throws) {
  const document = new Document(bytes, "a.docx");
  that("a Word file is read", document.isWord && document.isReport && document.encoding === undefined);
  const { findings } = document.findings();
  that("and checked as bytes are", findings.length === check(bytes, "a.docx").length && findings.length > 0, findings.length);
  document.edit(document.fixAll());
  const [one, two] = [document.bytes(), fix(bytes, "a.docx")];
  that("fixing all in it is what fix does", one.length === two.length && one.every((byte, index) => byte === two[index]), [one.length, two.length]);
  const refused = document.edit([{ range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, text: "" }]);
  that("an edit without a way into it is refused, and says why", typeof refused === "string" && refused.includes("Word"), refused);
  that("a damaged one says what to do", throws(() => new Document(bytes.slice(0, 200), "a.docx"))?.includes("Word"));
  document.free();
}

/** `text` in UTF-16, the low byte first, with a mark. */
function utf16(text) {
  const units = Uint16Array.from(`\ufeff${text}`, (_, index) => `\ufeff${text}`.charCodeAt(index));
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  units.forEach((unit, index) => view.setUint16(2 * index, unit, true));
  return bytes;
}
