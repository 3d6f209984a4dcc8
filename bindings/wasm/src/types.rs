//! What crosses over to JavaScript, and its types there.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct PositionJson {
    pub(crate) line: usize,
    pub(crate) character: usize,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct RangeJson {
    pub(crate) start: PositionJson,
    pub(crate) end: PositionJson,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct EditJson {
    pub(crate) range: RangeJson,
    pub(crate) text: String,
}

#[derive(Serialize)]
pub(crate) struct ActionJson {
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<&'static str>,
    pub(crate) preferred: bool,
    pub(crate) edits: Vec<EditJson>,
}

#[derive(Serialize)]
pub(crate) struct FixJson {
    pub(crate) title: String,
    pub(crate) safe: bool,
    pub(crate) preferred: bool,
    pub(crate) edits: Vec<EditJson>,
}

#[derive(Serialize)]
pub(crate) struct HoverJson {
    pub(crate) range: RangeJson,
    pub(crate) markdown: String,
}

#[derive(Serialize)]
pub(crate) struct RelatedJson {
    pub(crate) message: String,
    pub(crate) range: RangeJson,
}

#[derive(Serialize)]
pub(crate) struct PlaceJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) section: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) table: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) row: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct OpenFindingJson {
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) message: String,
    pub(crate) range: RangeJson,
    pub(crate) place: PlaceJson,
    pub(crate) fingerprint: String,
    pub(crate) related: Vec<RelatedJson>,
    pub(crate) fixes: Vec<FixJson>,
}

#[derive(Serialize)]
pub(crate) struct FindingsJson {
    pub(crate) findings: Vec<OpenFindingJson>,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) infos: usize,
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export type Severity = "error" | "warning" | "info";

/** A place in a file: row and column from 1; the column counts Unicode scalar values. In a Word file the row is the paragraph. */
export interface Location { row: number; column: number }

/** Where a person looks, as far as that is known. */
export interface Place { section?: number; table?: number; row?: string; column?: string }

/** A finding, as `gongkai check --output-format json` writes it. */
export interface Finding {
    filename: string;
    code: string;
    name: string;
    severity: Severity;
    message: string;
    location: Location;
    end_location: Location;
    place: Place;
    fingerprint: string;
    related: { message: string; location: Location; end_location: Location }[];
    fixes: {
        message: string;
        applicability: "safe" | "unsafe";
        preferred: boolean;
        edits: { content: string; location: Location; end_location: Location }[];
    }[];
}

/** A figure of a table, as `gongkai extract` writes it. */
export interface Figure {
    file: string;
    body: string | null;
    year: number | null;
    format: number;
    table: number;
    row: string;
    column: string;
    value: number | null;
    text: string;
    line: number;
    character: number;
}

/** A place in an open document: line and character from 0, the character in units of UTF-16. */
export interface Position { line: number; character: number }
export interface Range { start: Position; end: Position }
export interface Edit { range: Range; text: string }
export interface Action { title: string; code?: string; preferred: boolean; edits: Edit[] }
/** A way to put a finding right. A safe one is right wherever it is offered; any other is for a person to judge. */
export interface Fix { title: string; safe: boolean; preferred: boolean; edits: Edit[] }
export interface Hover { range: Range; markdown: string }

/** A finding in an open document. */
export interface OpenFinding {
    code: string;
    title: string;
    severity: Severity;
    message: string;
    range: Range;
    place: Place;
    fingerprint: string;
    related: { message: string; range: Range }[];
    fixes: Fix[];
}

/** What there is to say of an open document: at most as many findings as are shown, and how many there are in all. */
export interface OpenFindings { findings: OpenFinding[]; errors: number; warnings: number; infos: number }

/** A cell of a table in its official form. A figure has the names of its row and column, and what the report has there. */
export interface Cell {
    kind: "header" | "label" | "figure";
    across: number;
    down: number;
    text: string;
    row?: string | null;
    column?: string | null;
    state?: "number" | "blank" | "placeholder" | "other" | "unread" | "missing";
    range?: Range | null;
    value?: number | null;
    due?: string | null;
}

/** A report as data; `gongkai/report` of the language server answers the same. */
export interface Report {
    range: Range;
    body: string | null;
    year: number | null;
    edition: number | null;
    title: { text: string; range: Range } | null;
    parts: (
        | { kind: "heading" | "paragraph"; section: number | null; text: string; range: Range }
        | { kind: "table"; table: number; edition: number; layout: string | null; range: Range; rows: Cell[][] }
    )[];
    missing: { section: number; text: string }[];
    findings: {
        code: string;
        name: string;
        title: string;
        severity: Severity;
        message: string;
        range: Range;
        place: Place;
        fixes: { title: string; safe: boolean; preferred: boolean; edits: { range: Range; newText: string }[] }[];
    }[];
}

/** A file with its safe fixes applied, in its own encoding. */
export function fix(data: string, filename?: string | null, config?: string | null): string;
export function fix(data: Uint8Array, filename?: string | null, config?: string | null): Uint8Array;
"#;
