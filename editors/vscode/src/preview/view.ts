// The preview in a page: shows reports, keeps what did not change, and says what the reader wants. It knows the DOM, and
// nothing of VS Code: a web page shows reports with it, too.

import { render, type RenderOptions } from "./render";
import { compare, type CellAddress, type Finding, type Fix, type Position, type Range, type Report } from "./report";
import { wordsOf } from "./words";

/** What a reader can ask for. What is absent is not offered. */
export interface PreviewHandlers {
  /** Show this place of the text. */
  reveal?(range: Range): void;
  /** Write `value` into a cell. What it gives is why that was not done. */
  setCell?(cell: CellAddress, value: string): Promise<string | undefined>;
  /** Apply a fix. */
  applyFix?(finding: Finding, fix: Fix): void;
}

export type PreviewOptions = Pick<RenderOptions, "language">;

/** Shows reports in `root`, an empty element of class `gongkai`. */
export class Preview {
  private reports: readonly Report[] | null = null;
  /** What is shown, by key. */
  private shown = new Map<string, { html: string; element: Element }>();
  /** The cell that is typed into. */
  private editor: { readonly cell: HTMLElement; readonly input: HTMLInputElement } | undefined;
  /** Reports that came while a figure was typed. */
  private waiting: { reports: readonly Report[] | null } | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly handlers: PreviewHandlers,
    private options: PreviewOptions,
  ) {
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("dblclick", (event) => this.edit(cellOf(event.target)));
    root.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** Shows `reports`, or that there is none. */
  update(reports: readonly Report[] | null, options: PreviewOptions = this.options): void {
    if (this.editor !== undefined) {
      this.waiting = { reports };
      return;
    }
    this.reports = reports;
    this.options = options;
    const focused = addressOf(cellOf(document.activeElement));
    const blocks = render(reports, {
      ...options,
      editable: this.handlers.setCell !== undefined,
      fixes: this.handlers.applyFix !== undefined,
    });
    const next = new Map<string, { html: string; element: Element }>();
    let previous: Element | null = null;
    for (const { key, html } of blocks) {
      const old = this.shown.get(key);
      const element = old !== undefined && old.html === html ? old.element : elementOf(html);
      const after: Element | null = previous === null ? this.root.firstElementChild : previous.nextElementSibling;
      if (after !== element) {
        this.root.insertBefore(element, after);
      }
      next.set(key, { html, element });
      previous = element;
    }
    const kept = new Set([...next.values()].map(({ element }) => element));
    [...this.root.children].filter((element) => !kept.has(element)).forEach((element) => element.remove());
    this.shown = next;
    if (focused !== undefined && document.activeElement === document.body) {
      this.cellAt(focused)?.focus({ preventScroll: true });
    }
  }

  /** Shows the part that `place` of the text is in. */
  reveal(place: Position): void {
    this.root.querySelectorAll(".here").forEach((element) => element.classList.remove("here"));
    const parts = [...this.root.querySelectorAll<HTMLElement>("td[data-start], section[data-start]")];
    const holding = parts.filter((part) => {
      const range = rangeOf(part);
      return range !== undefined && compare(range.start, place) <= 0 && compare(place, range.end) <= 0;
    });
    // The last is the innermost: a cell comes after the section it is in.
    const found = holding.at(-1);
    if (found !== undefined) {
      found.classList.add("here");
      found.scrollIntoView({ block: "nearest" });
    }
  }

  private clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>("button[data-fix]");
    if (button !== null && button !== undefined) {
      const finding = this.reports?.[Number(button.dataset["report"])]?.findings[Number(button.dataset["finding"])];
      const fix = finding?.fixes[Number(button.dataset["fix"])];
      if (finding !== undefined && fix !== undefined) {
        this.handlers.applyFix?.(finding, fix);
      }
      return;
    }
    if (target?.closest("input") === null) {
      this.go(target);
    }
  }

  private go(target: Element | null | undefined): void {
    const range = rangeOf(target?.closest<HTMLElement>("[data-start]") ?? undefined);
    if (range !== undefined) {
      this.handlers.reveal?.(range);
    }
  }

  private pressed(event: KeyboardEvent): void {
    if (this.editor !== undefined) {
      this.typed(event, this.editor);
      return;
    }
    const target = event.target instanceof Element ? event.target : null;
    const cell = cellOf(target);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (cell === undefined) {
      if (event.key === "Enter" && target?.closest("button") === null) {
        this.go(target);
      }
      return;
    }
    if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      if (!this.edit(cell)) {
        this.go(cell);
      }
    } else if (event.key in ARROWS) {
      event.preventDefault();
      this.move(cell, ARROWS[event.key as keyof typeof ARROWS]);
    } else if (isPlain && /^[-0-9.０-９]$/.test(event.key)) {
      event.preventDefault();
      this.edit(cell, event.key);
    } else if (isPlain && (event.key === "Delete" || event.key === "Backspace")) {
      event.preventDefault();
      void this.write(cell, "");
    }
  }

  /** A key while a figure is typed. */
  private typed(event: KeyboardEvent, editor: { readonly cell: HTMLElement; readonly input: HTMLInputElement }): void {
    event.stopPropagation();
    if (event.isComposing) {
      return;
    }
    if (event.key === "Escape") {
      this.close();
      editor.cell.focus();
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      const value = editor.input.value;
      this.close();
      void this.write(editor.cell, value);
      const way = event.key === "Tab" ? (event.shiftKey ? "left" : "right") : event.shiftKey ? "up" : "down";
      this.move(editor.cell, way);
    }
  }

  /** Opens `cell` for typing, if that can be done. */
  private edit(cell: HTMLElement | undefined, first?: string): boolean {
    if (cell?.dataset["editable"] !== "yes" || this.handlers.setCell === undefined || this.editor !== undefined) {
      return false;
    }
    const input = document.createElement("input");
    input.value = first ?? cell.querySelector(".value")?.textContent ?? "";
    input.inputMode = "decimal";
    input.setAttribute("aria-label", cell.getAttribute("aria-label") ?? "");
    cell.querySelector(".value")?.replaceChildren(input);
    this.editor = { cell, input };
    input.focus();
    if (first === undefined) {
      input.select();
    }
    input.addEventListener("blur", () => {
      if (this.editor?.input === input) {
        const value = input.value;
        this.close();
        void this.write(cell, value);
      }
    });
    return true;
  }

  /** Takes the field away. */
  private close(): void {
    const editor = this.editor;
    if (editor === undefined) {
      return;
    }
    this.editor = undefined;
    editor.cell.querySelector(".value")?.replaceChildren(this.textOf(editor.cell));
    if (this.waiting !== undefined) {
      const { reports } = this.waiting;
      this.waiting = undefined;
      this.update(reports);
    }
  }

  /** What the report has in `cell`. */
  private textOf(cell: HTMLElement): string {
    const address = addressOf(cell);
    const parts = address === undefined ? [] : (this.reports?.[address.report]?.parts ?? []);
    for (const part of parts) {
      if (part.kind === "table" && part.table === address?.table) {
        const found = part.rows
          .flat()
          .find((one) => one.kind === "figure" && one.row === address.row && one.column === address.column);
        return found?.text ?? "";
      }
    }
    return "";
  }

  private async write(cell: HTMLElement, value: string): Promise<void> {
    const address = addressOf(cell);
    if (address === undefined || cell.dataset["editable"] !== "yes" || value.trim() === this.textOf(cell)) {
      return;
    }
    const refused = await this.handlers.setCell?.(address, value.trim());
    if (refused !== undefined) {
      const note = document.createElement("p");
      note.className = "refused";
      note.setAttribute("role", "alert");
      note.textContent = wordsOf(this.options.language).refused + refused;
      this.cellAt(address)?.closest("section")?.append(note);
      setTimeout(() => note.remove(), 8000);
    }
  }

  /** Puts the focus on the next figure that way. */
  private move(cell: HTMLElement, way: "up" | "down" | "left" | "right"): void {
    const address = addressOf(cell);
    const from = address === undefined ? undefined : this.cellAt(address);
    const table = from?.closest("table");
    if (from === undefined || table === null || table === undefined) {
      return;
    }
    const cells = [...table.querySelectorAll<HTMLElement>("td.figure")];
    const here = from.getBoundingClientRect();
    const middle = (box: DOMRect) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    const at = middle(here);
    const index = cells.indexOf(from);
    if (way === "left" || way === "right") {
      cells[index + (way === "right" ? 1 : -1)]?.focus();
      return;
    }
    const sign = way === "down" ? 1 : -1;
    const distance = (other: HTMLElement) => {
      const { x, y } = middle(other.getBoundingClientRect());
      return Math.abs(y - at.y) * 10 + Math.abs(x - at.x);
    };
    const beyond = cells.filter((other) => (middle(other.getBoundingClientRect()).y - at.y) * sign > 2);
    beyond.sort((a, b) => distance(a) - distance(b))[0]?.focus();
  }

  private cellAt(address: CellAddress): HTMLElement | undefined {
    const cells = this.root.querySelectorAll<HTMLElement>(
      `td.figure[data-report="${address.report}"][data-table="${address.table}"]`,
    );
    return [...cells].find(
      (cell) => cell.dataset["row"] === (address.row ?? "") && cell.dataset["column"] === address.column,
    );
  }
}

const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" } as const;

function elementOf(html: string): Element {
  const template = document.createElement("template");
  template.innerHTML = html;
  const element = template.content.firstElementChild;
  if (element === null) {
    throw new Error("a block is an element");
  }
  return element;
}

function cellOf(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>("td.figure") ?? undefined) : undefined;
}

function addressOf(cell: HTMLElement | undefined): CellAddress | undefined {
  const { report, table, row, column } = cell?.dataset ?? {};
  if (report === undefined || table === undefined || column === undefined) {
    return undefined;
  }
  return { report: Number(report), table: Number(table), row: row === undefined || row === "" ? null : row, column };
}

function rangeOf(element: HTMLElement | undefined): Range | undefined {
  const read = (text: string | undefined): Position | undefined => {
    const [line, character] = (text ?? "").split(":").map(Number);
    return line === undefined || character === undefined ? undefined : { line, character };
  };
  const start = read(element?.dataset["start"]);
  const end = read(element?.dataset["end"]);
  return start === undefined || end === undefined ? undefined : { start, end };
}
