// What the preview shows of a report, and that a report cannot bring anything of its own into the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { render, renderDocument } from "./render";
import type { FigureCell, Finding, Report, Table } from "./report";
import { STYLE } from "./style";

const at = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});

const figure = (text: string, column: string, more: Partial<FigureCell> = {}): FigureCell => ({
  kind: "figure",
  across: 1,
  down: 1,
  text,
  row: "（一）予以公开",
  column,
  state: text === "" ? "blank" : "number",
  range: at(4, 10, 10 + text.length),
  value: text === "" ? null : Number(text),
  due: null,
  ...more,
});

const table = (cells: FigureCell[]): Table => ({
  kind: "table",
  table: 3,
  edition: 2021,
  layout: "tabs",
  range: at(4, 0, 40),
  rows: [[{ kind: "label", across: 3, down: 1, text: "（一）予以公开" }, ...cells]],
});

const finding = (more: Partial<Finding>): Finding => ({
  code: "GK303",
  name: "row-total",
  title: "",
  severity: "error",
  message: "总计应为 7",
  range: at(4, 10, 11),
  place: {},
  fixes: [],
  ...more,
});

const report = (more: Partial<Report>): Report => ({
  range: at(0, 0, 0),
  body: "白石县档案局",
  year: 2023,
  edition: 2021,
  title: { text: "白石县档案局2023年政府信息公开工作年度报告", range: at(0, 0, 23) },
  parts: [],
  missing: [],
  findings: [],
  ...more,
});

const html = (shown: Report, options = {}) =>
  render([shown], { language: "zh", ...options })
    .map((block) => block.html)
    .join("\n");

test("a wrong figure is coloured, says why, and has what it should be beside it", () => {
  const wrong = figure("8", "总计", { due: "7" });
  const page = html(
    report({
      parts: [table([wrong])],
      findings: [finding({ place: { table: 3, row: "（一）予以公开", column: "总计" } })],
    }),
  );
  assert.match(
    page,
    /<td[^>]* class="figure error"[^>]*data-start="4:10"[^>]*title="总计应为 7（GK303）\n按勾稽关系应为 7"><span class="value">8<\/span><span class="due" aria-hidden="true">7<\/span>/,
  );
  assert.match(page, /<li class="error"[^>]*><span class="message">总计应为 7<\/span>/);
  assert.match(page, /错误 1/);
});

test("a figure can be typed only where the report has its cell, and only where that is offered", () => {
  const cells = [figure("8", "自然人"), figure("", "商业企业"), figure("", "总计", { state: "missing", range: null })];
  const count = (page: string) => page.match(/data-editable="yes"/g)?.length ?? 0;
  assert.equal(count(html(report({ parts: [table(cells)] }), { editable: true })), 2);
  assert.equal(count(html(report({ parts: [table(cells)] }))), 0);
});

test("sections that the report lacks are at their places, with what is said of them", () => {
  const heading = (section: number) => ({
    kind: "heading" as const,
    section,
    text: `${section}`,
    range: at(section, 0, 1),
  });
  const lacks = finding({
    name: "section-missing",
    code: "GK103",
    place: { section: 2 },
    message: "缺少第二部分",
    range: at(1, 0, 1),
  });
  const blocks = render(
    [
      report({
        parts: [heading(1), heading(3)],
        missing: [
          { section: 2, text: "二、主动公开" },
          { section: 6, text: "六、其他" },
        ],
        findings: [lacks],
      }),
    ],
    { language: "zh" },
  );
  assert.deepEqual(
    blocks.map((block) => block.key),
    ["0/summary", "0/title", "0/part0", "0/missing2", "0/part1", "0/missing6"],
  );
  assert.match(blocks[3]?.html ?? "", /缺少第二部分/);
});

test("words that a finding is about are marked in their line, and in no other", () => {
  const paragraph = { kind: "paragraph" as const, section: 1, text: "收到申请9件。", range: at(2, 0, 7) };
  const page = html(report({ parts: [paragraph], findings: [finding({ range: at(2, 4, 5) })] }));
  assert.match(page, /收到申请<mark class="error">9<\/mark>件。/);
  const joined = { ...paragraph, range: { start: { line: 2, character: 0 }, end: { line: 3, character: 3 } } };
  assert.match(html(report({ parts: [joined], findings: [finding({ range: at(2, 4, 5) })] })), />收到申请9件。</);
});

test("nothing of a report is markup, a script or a style", () => {
  const evil = `"><img src=x onerror=alert(1)><script>1</script>'`;
  const page = html(
    report({
      title: { text: evil, range: at(0, 0, 9) },
      parts: [
        { kind: "paragraph", section: 1, text: evil, range: at(1, 0, evil.length) },
        { kind: "heading", section: null, text: evil, range: at(2, 0, 9) },
        table([figure(evil, evil, { row: evil })]),
      ],
      findings: [
        finding({
          message: evil,
          range: at(1, 2, 4),
          fixes: [{ title: evil, safe: true, preferred: true, edits: [] }],
        }),
      ],
    }),
    { editable: true, fixes: true },
  );
  assert.doesNotMatch(page, /<img|<script|style=|"><i/);
  // Every quote in a text is escaped: what is left belongs to attributes.
  assert.equal((page.match(/"/g)?.length ?? 0) % 2, 0);
});

test("the page to print loads nothing and runs nothing", () => {
  const page = renderDocument([report({ parts: [table([figure("8", "总计")])] })], { language: "zh" }, STYLE);
  assert.match(page, /default-src 'none'/);
  assert.doesNotMatch(page, /<script|https?:|url\(/);
  assert.match(page, /@media print/);
  assert.match(renderDocument(null, { language: "en" }, STYLE), /No report was recognised/);
});
