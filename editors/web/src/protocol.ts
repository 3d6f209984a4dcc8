/** What the page and its worker say to each other. */

import type { Action, Edit, Hover, OpenFindings, Position, Range } from "@gongkai/wasm";
import type { CellAddress, Report } from "../../vscode/src/preview";

/** A document that was opened. */
export interface Opened {
  /** Its text, line ends as in the file. */
  readonly text: string;
  readonly isWord: boolean;
  /** The encoding of a file that is text. */
  readonly encoding: string | undefined;
}

/** What is found in a document, and whether it is a report at all. */
export interface Checked extends OpenFindings {
  readonly isReport: boolean;
}

/** What the worker can be asked for: the arguments, and what it answers. */
export interface Requests {
  start: { arguments: [wasm: ArrayBuffer]; answer: string };
  open: { arguments: [data: Uint8Array | string, name: string, language: string]; answer: Opened };
  /** Why the edits cannot be made, or nothing. */
  edit: { arguments: [edits: readonly Edit[]]; answer: string | undefined };
  /** The text as it is, after edits that were refused. */
  resume: { arguments: []; answer: string };
  /** Whether that is the report of the same body for the year before. */
  putBeside: { arguments: [data: Uint8Array, name: string]; answer: boolean };
  setLanguage: { arguments: [language: string]; answer: undefined };
  findings: { arguments: []; answer: Checked };
  hover: { arguments: [position: Position]; answer: Hover | null };
  actions: { arguments: [range: Range]; answer: Action[] };
  definitions: { arguments: [position: Position]; answer: Range[] };
  report: { arguments: []; answer: readonly Report[] };
  setCell: { arguments: [cell: CellAddress, value: string]; answer: Edit[] };
  fixAll: { arguments: []; answer: Edit[] };
  bytes: { arguments: [encoding: string | undefined]; answer: Uint8Array };
  letter: { arguments: []; answer: string };
  rule: { arguments: [code: string, language: string]; answer: string | undefined };
}

export type Method = keyof Requests;

export interface Request<M extends Method = Method> {
  readonly id: number;
  readonly method: M;
  readonly arguments: Requests[M]["arguments"];
}

export type Reply = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: string };
