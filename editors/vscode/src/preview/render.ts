// Reports as HTML: the official form with the figures and words of the report, and what was found where it is. A string in, a
// string out: nothing here knows of a browser or an editor. Every text of the report is escaped, and nothing needs a style
// attribute or a script in the page, so a strict content security policy holds.

import {
  compare,
  holds,
  type Cell,
  type FigureCell,
  type Finding,
  type Part,
  type Range,
  type Report,
  type Severity,
  type Table,
  type Words,
} from "./report";
import { wordsOf, type Language, type PreviewWords } from "./words";

/** A piece of the page that is replaced as a whole. */
export interface Block {
  readonly key: string;
  readonly html: string;
}

export interface RenderOptions {
  readonly language: Language;
  /** Whether figures can be typed. */
  readonly editable?: boolean;
  /** Whether fixes are offered beside the findings. */
  readonly fixes?: boolean;
}

/** The blocks of the page, in order. */
export function render(reports: readonly Report[] | null, options: RenderOptions): Block[] {
  const words = wordsOf(options.language);
  if (reports === null || reports.length === 0) {
    return [{ key: "none", html: `<p class="none">${escape(words.none)}</p>` }];
  }
  return reports.flatMap((report, index) => new Renderer(report, index, words, options).blocks());
}

/** The page as one file without scripts, to be printed or kept. */
export function renderDocument(reports: readonly Report[] | null, options: RenderOptions, style: string): string {
  const first = reports?.[0]?.title?.text ?? "gongkai";
  const body = render(reports, options)
    .map((block) => block.html)
    .join("\n");
  const language = options.language === "zh" ? "zh-CN" : "en";
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(first)}</title>
<style>${style}</style>
</head>
<body>
<main class="gongkai">
${body}
</main>
</body>
</html>
`;
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

const WORST: readonly Severity[] = ["error", "warning", "info"];

class Renderer {
  /** The findings that were shown at their place. */
  private readonly shown = new Set<Finding>();

  constructor(
    private readonly report: Report,
    private readonly index: number,
    private readonly words: PreviewWords,
    private readonly options: RenderOptions,
  ) {}

  blocks(): Block[] {
    const { report } = this;
    const blocks: Block[] = [];
    const add = (key: string, html: string) => blocks.push({ key: `${this.index}/${key}`, html });
    if (report.title !== null) {
      add("title", this.wordsBlock("h1", report.title));
    }
    const missing = [...report.missing];
    const lacks = (below: number) => {
      for (const lack of missing.splice(0, missing.filter(({ section }) => section < below).length)) {
        add(`missing${lack.section}`, this.missing(lack.text, lack.section));
      }
    };
    report.parts.forEach((part, number) => {
      if (part.kind === "heading" && part.section !== null) {
        lacks(part.section);
      }
      add(`part${number}`, this.part(part));
    });
    lacks(Infinity);
    // Findings without a place on the page come first, with the counts.
    const rest = report.findings.filter((finding) => !this.shown.has(finding));
    blocks.unshift({ key: `${this.index}/summary`, html: this.summary(rest) });
    return blocks;
  }

  private part(part: Part): string {
    switch (part.kind) {
      case "heading":
        return this.wordsBlock("h2", part);
      case "paragraph":
        return this.wordsBlock("p", part);
      case "table":
        return this.table(part);
    }
  }

  private summary(rest: readonly Finding[]): string {
    const { words, report } = this;
    const count = (severity: Severity) => report.findings.filter((finding) => finding.severity === severity).length;
    const [errors, warnings, infos] = WORST.map(count) as [number, number, number];
    const counts = [
      errors > 0 ? `<span class="error">${words.errors(errors)}</span>` : "",
      warnings > 0 ? `<span class="warning">${words.warnings(warnings)}</span>` : "",
      infos > 0 ? `<span class="info">${words.infos(infos)}</span>` : "",
    ].filter((part) => part !== "");
    const said = counts.length === 0 ? `<span class="clean">${words.clean}</span>` : counts.join(" · ");
    return `<header class="summary" role="status"><div class="counts">${said}</div>${this.notes(rest)}</header>`;
  }

  private missing(text: string, section: number): string {
    const own = this.take((finding) => finding.place.section === section && finding.name === "section-missing");
    return `<section class="block missing"><h2>${escape(text)}</h2><p>${this.words.missing}</p>${this.notes(own)}</section>`;
  }

  /** The findings that `wanted` takes and that were not shown yet. */
  private take(wanted: (finding: Finding) => boolean): Finding[] {
    const own = this.report.findings.filter((finding) => !this.shown.has(finding) && wanted(finding));
    own.forEach((finding) => this.shown.add(finding));
    return own;
  }

  private wordsBlock(tag: "h1" | "h2" | "p", part: Words): string {
    const own = this.take((finding) => holds(part.range, finding.range.start) && finding.name !== "section-missing");
    const mark = severityOf(own);
    const inside = marked(part, own);
    return `<section class="block${mark}" ${place(part.range)}><${tag} tabindex="0">${inside}</${tag}>${this.notes(own)}</section>`;
  }

  private table(table: Table): string {
    const cells = table.rows.flat().filter((cell): cell is FigureCell => cell.kind === "figure");
    const byCell = new Map<FigureCell, Finding[]>();
    const own = this.take((finding) => holds(table.range, finding.range.start) && finding.name !== "section-missing");
    for (const finding of own) {
      const cell =
        cells.find((cell) => isOf(cell, finding)) ??
        cells.find((cell) => cell.range !== null && sameStart(cell.range, finding.range));
      if (cell !== undefined) {
        byCell.set(cell, [...(byCell.get(cell) ?? []), finding]);
      }
    }
    const rows = table.rows.map((row) => `<tr>${row.map((cell) => this.cell(table, cell, byCell)).join("")}</tr>`);
    return `<section class="block" ${place(table.range)}><div class="scroll"><table role="grid" class="table${table.table}"><tbody>${rows.join("")}</tbody></table></div>${this.notes(own)}</section>`;
  }

  private cell(table: Table, cell: Cell, findings: ReadonlyMap<FigureCell, Finding[]>): string {
    const reach = `${cell.across > 1 ? ` colspan="${cell.across}"` : ""}${cell.down > 1 ? ` rowspan="${cell.down}"` : ""}`;
    if (cell.kind !== "figure") {
      return `<th${reach} class="${cell.kind}">${escape(cell.text)}</th>`;
    }
    const own = findings.get(cell) ?? [];
    const { words } = this;
    const said = own.map((finding) => `${finding.message}（${finding.code}）`);
    if (own.length === 0 && cell.state === "missing") said.push(words.absent);
    if (own.length === 0 && cell.state === "unread") said.push(words.unread);
    if (own.length === 0 && cell.state === "blank") said.push(words.blank);
    if (cell.due !== null) said.push(words.due(cell.due));
    const name = [cell.row, cell.column].filter((part) => part !== null).join("，");
    const label = [name, cell.text === "" ? words.blank : cell.text, ...said].join("；");
    const state = cell.state === "number" ? "" : ` ${cell.state}`;
    const where = cell.range === null ? "" : ` ${place(cell.range)}`;
    const editable = this.options.editable === true && cell.range !== null && cell.column !== null;
    const address = `data-report="${this.index}" data-table="${table.table}" data-row="${escape(cell.row ?? "")}" data-column="${escape(cell.column ?? "")}"`;
    const due =
      cell.due !== null && cell.text !== cell.due
        ? `<span class="due" aria-hidden="true">${escape(cell.due)}</span>`
        : "";
    const title = said.length > 0 ? ` title="${escape(said.join("\n"))}"` : "";
    return `<td${reach} role="gridcell" tabindex="0" class="figure${state}${severityOf(own)}" ${address}${where}${editable ? ' data-editable="yes"' : ""} aria-label="${escape(label)}"${title}><span class="value">${escape(cell.text)}</span>${due}</td>`;
  }

  private notes(findings: readonly Finding[]): string {
    if (findings.length === 0) {
      return "";
    }
    const sorted = [...findings].sort(
      (a, b) => WORST.indexOf(a.severity) - WORST.indexOf(b.severity) || compare(a.range.start, b.range.start),
    );
    return `<ul class="notes">${sorted.map((finding) => this.note(finding)).join("")}</ul>`;
  }

  private note(finding: Finding): string {
    const number = this.report.findings.indexOf(finding);
    const fixes = this.options.fixes === true ? finding.fixes : [];
    const buttons = fixes.map(
      (fix, at) =>
        `<button type="button" data-report="${this.index}" data-finding="${number}" data-fix="${at}">${escape(fix.title)}</button>`,
    );
    return `<li class="${finding.severity}" tabindex="0" ${place(finding.range)}><span class="message">${escape(finding.message)}</span> <span class="code">${escape(finding.code)}</span>${buttons.join("")}</li>`;
  }
}

/** Where something is in the text, for a click. */
function place(range: Range): string {
  return `data-start="${range.start.line}:${range.start.character}" data-end="${range.end.line}:${range.end.character}"`;
}

function severityOf(findings: readonly Finding[]): string {
  const worst = WORST.find((severity) => findings.some((finding) => finding.severity === severity));
  return worst === undefined ? "" : ` ${worst}`;
}

/** Whether `finding` is about `cell`, by the names of its row and column. */
function isOf(cell: FigureCell, finding: Finding): boolean {
  const { row, column } = finding.place;
  return column !== undefined && (row ?? null) === cell.row && column === cell.column;
}

function sameStart(a: Range, b: Range): boolean {
  return compare(a.start, b.start) === 0;
}

/** The words of `part` with what the findings are about marked, where it is known which characters of the line that is. */
function marked(part: Words, findings: readonly Finding[]): string {
  const { range, text } = part;
  const isOneLine = range.start.line === range.end.line && range.end.character - range.start.character === text.length;
  if (!isOneLine) {
    return escape(text);
  }
  const spans = findings
    .filter(
      ({ range: { start, end } }) =>
        start.line === range.start.line && end.line === start.line && end.character > start.character,
    )
    .map(({ range: { start, end }, severity }) => ({
      start: start.character - range.start.character,
      end: end.character - range.start.character,
      severity,
    }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let html = "";
  let at = 0;
  for (const { start, end, severity } of spans) {
    if (start < at || end > text.length) {
      continue;
    }
    html += `${escape(text.slice(at, start))}<mark class="${severity}">${escape(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escape(text.slice(at));
}
