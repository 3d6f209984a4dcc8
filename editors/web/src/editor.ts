/** The editor of the text: what is wrong is underlined, what a word means is shown under the pointer. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Diagnostic, lintGutter, linter, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import {
  Annotation,
  type ChangeSet,
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  type Text,
} from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import type { Edit, Hover, Position, Range } from "@gongkai/wasm";
import { rendered } from "./markdown.js";
import { phrases } from "./phrases.js";
import { currentLanguage, say } from "./words.js";

/** An edit that shows what the core has: it is not sent there. */
const fromCore = Annotation.define<boolean>();

export interface EditorEvents {
  /** Something was typed, or a fix was made: there are edits to take. */
  edited(): void;
  /** The cursor moved. */
  moved(): void;
  /** What the word at `position` means. */
  hover(position: Position): Promise<Hover | null>;
  /** The reader wants what is wrong at the cursor put right. */
  fix(): boolean;
}

export class ReportEditor {
  readonly view: EditorView;
  readonly #events: EditorEvents;
  readonly #spoken = new Compartment();
  readonly #held = new Compartment();
  /** What was changed since edits were taken, and in which text. */
  #pending: { readonly before: Text; readonly changes: ChangeSet } | undefined;
  /** Grows with every change of the text. */
  version = 0;

  constructor(parent: HTMLElement, events: EditorEvents) {
    this.#events = events;
    // Styles that are made by the program are allowed inside a shadow root by the page's policy, and nowhere else.
    const root = parent.attachShadow({ mode: "open" });
    this.view = new EditorView({ parent: root, root, state: this.#state("") });
  }

  #state(text: string): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        search({ top: true }),
        EditorView.lineWrapping,
        EditorState.tabSize.of(4),
        // What is found comes from the core, and not from here.
        linter(null, { delay: 0 }),
        hoverTooltip((view, at) => this.#tooltip(view, at), { hoverTime: 250 }),
        keymap.of([
          { key: "Mod-.", run: () => this.#events.fix() },
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        this.#spoken.of(spoken()),
        this.#held.of([]),
        theme,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            this.version += 1;
            if (!update.transactions.some((transaction) => transaction.annotation(fromCore) === true)) {
              const { startState, changes } = update;
              this.#pending =
                this.#pending === undefined
                  ? { before: startState.doc, changes }
                  : { ...this.#pending, changes: this.#pending.changes.compose(changes) };
              this.#events.edited();
            }
          }
          if (update.docChanged || update.selectionSet) {
            this.#events.moved();
          }
        }),
      ],
    });
  }

  async #tooltip(view: EditorView, at: number) {
    const version = this.version;
    const hover = await this.#events.hover(positionOf(view.state.doc, at)).catch(() => null);
    if (hover === null || version !== this.version) {
      return null;
    }
    const { from, to } = this.span(hover.range);
    return { pos: from, end: to, above: true, create: () => ({ dom: rendered(hover.markdown) }) };
  }

  /** The edits since they were taken the last time, as one: their ranges are those of the text at that time. */
  take(): Edit[] {
    const edits: Edit[] = [];
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.changes.iterChanges((from, to, _start, _end, text) => {
      edits.push({ range: rangeOf(pending.before, from, to), text: text.toString() });
    });
    return edits;
  }

  /** Shows another text. */
  open(text: string): void {
    this.version += 1;
    this.#pending = undefined;
    this.view.setState(this.#state(text));
  }

  /** Shows `text`, which is what the core has. */
  resume(text: string): void {
    this.#pending = undefined;
    const doc = this.view.state.toText(text);
    const change = difference(this.view.state.doc, doc);
    if (change !== undefined) {
      this.view.dispatch({ changes: change, annotations: fromCore.of(true), filter: false });
    }
  }

  /** Whether nothing may be typed for the moment. */
  hold(held: boolean): void {
    this.view.dispatch({ effects: this.#held.reconfigure(held ? EditorState.readOnly.of(true) : []) });
  }

  /** Words in the reader's language. */
  translate(): void {
    this.view.dispatch({ effects: this.#spoken.reconfigure(spoken()) });
  }

  /** Makes `edits`, all at once: one step back undoes them. */
  apply(edits: readonly Edit[]): void {
    const changes = edits.map((edit) => ({ ...this.span(edit.range), insert: this.view.state.toText(edit.text) }));
    this.view.dispatch({ changes, userEvent: "input.fix", scrollIntoView: edits.length === 1 });
  }

  /** Underlines what is wrong. */
  mark(diagnostics: readonly Diagnostic[]): void {
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  /** Shows and selects `range`. */
  show(range: Range, focus = true): void {
    const { from, to } = this.span(range);
    const selection = EditorSelection.single(from, to);
    this.view.dispatch({ selection, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    if (focus) {
      this.view.focus();
    }
  }

  /** What is selected. */
  selected(): Range {
    const { from, to } = this.view.state.selection.main;
    return rangeOf(this.view.state.doc, from, to);
  }

  /** The characters of `range`, from the start of the text. */
  span(range: Range): { from: number; to: number } {
    const { doc } = this.view.state;
    const from = offsetOf(doc, range.start);
    return { from, to: Math.max(from, offsetOf(doc, range.end)) };
  }
}

function spoken(): Extension {
  return [
    placeholder(say("pastePlaceholder")),
    EditorState.phrases.of(currentLanguage() === "zh" ? phrases : {}),
    EditorView.contentAttributes.of({
      "aria-label": say("editorLabel"),
      lang: "zh-CN",
      spellcheck: "false",
      autocorrect: "off",
      autocapitalize: "off",
      writingsuggestions: "false",
    }),
  ];
}

export function positionOf(doc: Text, at: number): Position {
  const line = doc.lineAt(at);
  return { line: line.number - 1, character: at - line.from };
}

function rangeOf(doc: Text, from: number, to: number): Range {
  return { start: positionOf(doc, from), end: positionOf(doc, to) };
}

function offsetOf(doc: Text, { line, character }: Position): number {
  if (line >= doc.lines) {
    return doc.length;
  }
  const { from, to } = doc.line(line + 1);
  return Math.min(from + character, to);
}

/** The one change that makes `after` of `before`, as small as it can be. */
function difference(before: Text, after: Text): { from: number; to: number; insert: Text } | undefined {
  const [old, fresh] = [before.toString(), after.toString()];
  if (old === fresh) {
    return undefined;
  }
  const most = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < most && old[start] === fresh[start]) {
    start += 1;
  }
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) {
    end += 1;
  }
  return { from: start, to: old.length - end, insert: after.slice(start, after.length - end) };
}

/** Colours and fonts are the page's own, which come in as variables. */
const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "15px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--text-font)", lineHeight: "1.75", fontVariantNumeric: "tabular-nums" },
  ".cm-content": { caretColor: "var(--ink)", padding: "12px 0 40vh" },
  ".cm-line": { padding: "0 20px 0 8px" },
  ".cm-placeholder": { color: "var(--faint)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selected)",
  },
  ".cm-activeLine": { backgroundColor: "var(--line)" },
  ".cm-gutters": { color: "var(--faint)", backgroundColor: "var(--paper)", border: "none", paddingLeft: "6px" },
  ".cm-activeLineGutter": { color: "var(--ink)", backgroundColor: "var(--line)" },
  ".cm-lintRange": {
    backgroundImage: "none",
    paddingBottom: "0",
    textDecoration: "underline wavy 1.5px",
    textUnderlineOffset: "4px",
  },
  ".cm-lintRange-error": { textDecorationColor: "var(--error)", backgroundColor: "var(--error-tint)" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--warning)", backgroundColor: "var(--warning-tint)" },
  ".cm-lintRange-info": { textDecorationColor: "var(--info)" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--error)" },
  ".cm-lintPoint-warning:after": { borderBottomColor: "var(--warning)" },
  ".cm-lintPoint-info:after": { borderBottomColor: "var(--info)" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-lint-marker": { content: "''", width: "8px", height: "8px", margin: "9px 3px", borderRadius: "50%" },
  ".cm-lint-marker-error": { content: "''", backgroundColor: "var(--error)", borderRadius: "1px" },
  ".cm-lint-marker-warning": { content: "''", backgroundColor: "var(--warning)" },
  ".cm-lint-marker-info": { content: "''", backgroundColor: "var(--info)" },
  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--raised)",
    border: "1px solid var(--edge)",
    borderRadius: "6px",
    boxShadow: "var(--shadow)",
    fontFamily: "var(--text-font)",
    fontSize: "14px",
    lineHeight: "1.6",
    maxWidth: "36rem",
    maxHeight: "50vh",
    overflow: "auto",
  },
  ".cm-tooltip .explanation": { padding: "4px 14px" },
  ".cm-tooltip .explanation p, .cm-tooltip .explanation ul": { margin: "6px 0" },
  ".cm-tooltip .explanation blockquote": {
    margin: "6px 0",
    paddingLeft: "10px",
    borderLeft: "3px solid var(--edge)",
    color: "var(--soft)",
  },
  ".cm-tooltip .explanation ul": { paddingLeft: "1.4em" },
  ".cm-tooltip .explanation table": { borderCollapse: "collapse" },
  ".cm-tooltip .explanation code": {
    fontFamily: "inherit",
    backgroundColor: "var(--line)",
    padding: "0 3px",
    borderRadius: "3px",
  },
  ".cm-diagnostic": { padding: "8px 14px", borderLeftWidth: "3px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--info)" },
  ".cm-diagnosticAction": {
    font: "inherit",
    color: "var(--accent)",
    backgroundColor: "transparent",
    border: "1px solid var(--edge)",
    borderRadius: "4px",
    padding: "1px 8px",
    margin: "6px 8px 0 0",
    cursor: "pointer",
  },
  ".cm-panels": { color: "var(--ink)", backgroundColor: "var(--raised)", borderColor: "var(--edge)" },
  ".cm-panels.cm-panels-top": { borderBottomColor: "var(--edge)" },
  ".cm-panel.cm-search": { fontFamily: "var(--text-font)", fontSize: "14px", padding: "8px 12px" },
  ".cm-textfield": {
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--edge)",
    borderRadius: "4px",
    padding: "3px 6px",
  },
  ".cm-button": {
    color: "var(--ink)",
    backgroundImage: "none",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--edge)",
    borderRadius: "4px",
  },
  ".cm-searchMatch": { backgroundColor: "var(--match)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--selected)" },
});
