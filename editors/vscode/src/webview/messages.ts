// What the extension and the preview's page send each other.

import type { CellAddress, Fix, Range, Report } from "../preview/report";

/** What the extension sends. */
export type ToPage =
  | { readonly type: "reports"; readonly reports: readonly Report[] | null }
  | { readonly type: "reveal"; readonly line: number; readonly character: number }
  | { readonly type: "written"; readonly id: number; readonly refused?: string };

/** What the page sends. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly range: Range }
  | { readonly type: "setCell"; readonly id: number; readonly cell: CellAddress; readonly value: string }
  | { readonly type: "fix"; readonly fix: Fix };
