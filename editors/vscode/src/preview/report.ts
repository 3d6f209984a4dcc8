// The shape of what `gongkai/report` answers: the reports of a document as typed data. Positions are those of the protocol:
// lines and UTF-16 units, from 0.

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Words {
  readonly text: string;
  readonly range: Range;
}

/** A report of the document. */
export interface Report {
  readonly range: Range;
  readonly body: string | null;
  readonly year: number | null;
  /** The year in the name of the official format: 2019 or 2021. */
  readonly edition: number | null;
  readonly title: Words | null;
  readonly parts: readonly Part[];
  /** Sections of the format that the report lacks. */
  readonly missing: readonly { readonly section: number; readonly text: string }[];
  readonly findings: readonly Finding[];
}

export type Part = Heading | Paragraph | Table;

export interface Heading extends Words {
  readonly kind: "heading";
  /** 1 to 6, or null for a heading that is none of the six. */
  readonly section: number | null;
}

export interface Paragraph extends Words {
  readonly kind: "paragraph";
  readonly section: number | null;
}

/** A table in its official form, whatever the document looks like. */
export interface Table {
  readonly kind: "table";
  /** 2 to 4. */
  readonly table: number;
  readonly edition: number;
  readonly layout: string | null;
  readonly range: Range;
  /** The cells that start in each row. */
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = PrintedCell | FigureCell;

/** A cell that the form prints: words over columns, or the name of a row. */
export interface PrintedCell {
  readonly kind: "header" | "label";
  readonly across: number;
  readonly down: number;
  readonly text: string;
}

export interface FigureCell {
  readonly kind: "figure";
  readonly across: number;
  readonly down: number;
  /** What the report has there. */
  readonly text: string;
  /** The row's label; null in 表四, whose row has none. */
  readonly row: string | null;
  readonly column: string | null;
  readonly state: "number" | "blank" | "placeholder" | "other" | "unread" | "missing";
  /** Null where the report has no such cell. */
  readonly range: Range | null;
  readonly value: number | null;
  /** What it should be by the sums, where that is certain and something else. */
  readonly due: string | null;
}

export type Severity = "error" | "warning" | "info";

export interface Finding {
  readonly code: string;
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly place: {
    readonly section?: number;
    readonly table?: number;
    readonly row?: string;
    readonly column?: string;
  };
  readonly fixes: readonly Fix[];
}

export interface Fix {
  readonly title: string;
  /** Whether it is right wherever it is offered. */
  readonly safe: boolean;
  readonly preferred: boolean;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

/** A cell as the form names it: what `gongkai/setCell` takes. */
export interface CellAddress {
  /** Which of the document's reports, from 0. */
  readonly report: number;
  readonly table: number;
  readonly row: string | null;
  readonly column: string;
}

export function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Whether `place` is in `range`, its ends included. */
export function holds(range: Range, place: Position): boolean {
  return compare(range.start, place) <= 0 && compare(place, range.end) <= 0;
}
