/** The page: a report comes in as a file or as text, is checked, put right, and goes out again. */

import type { Diagnostic } from "@codemirror/lint";
import type { Action, Fix, OpenFinding, Position, Range } from "@gongkai/wasm";
import { type CellAddress, Preview } from "../../vscode/src/preview";
import { Core } from "./core.js";
import { ask, button, download, element, make, notice, translate } from "./dom.js";
import { ReportEditor } from "./editor.js";
import { FindingsList } from "./findings.js";
import { rendered } from "./markdown.js";
import type { Checked, Method, Opened, Requests } from "./protocol.js";
import { sample } from "./sample.js";
import { type Language, currentLanguage, say, setLanguage } from "./words.js";

/** The text is checked when nothing was typed for so long, in milliseconds. */
const PAUSE = 180;

type View = "source" | "preview" | "letter";
type Theme = "auto" | "light" | "dark";

/** The report at hand. */
interface OpenReport extends Opened {
  name: string;
  /** Whether there are changes that were not saved. */
  changed: boolean;
  /** The file with last year's report, if it is checked against that. */
  lastYear?: string;
}

const core = new Core(element("worker").textContent ?? "");
const editor = new ReportEditor(element("source"), {
  edited,
  moved: showPlace,
  hover: (position) => request("hover", position),
  fix: () => (void offerFixes(), true),
});
const list = new FindingsList({
  show: showFinding,
  fix: (finding, fix) => void applyFix(finding, fix),
  why: (finding) => void explain(finding),
});

const preview = new Preview(
  element("preview"),
  {
    reveal(range) {
      editor.show(range, false);
      const here = checked?.found.findings.find((finding) => startsIn(finding.range, range));
      if (here !== undefined) {
        list.choose(here);
      }
    },
    setCell,
    applyFix(_, { edits }) {
      editor.apply(edits.map(({ range, newText }) => ({ range, text: newText })));
      void check();
    },
  },
  { language: "zh" },
);

let report: OpenReport | undefined;
let view: View = "source";
let theme: Theme = "auto";
let timer = 0;
/** The version of the text that was checked last, and what was found in it. */
let checked: { version: number; found: Checked } | undefined;
/** How many safe fixes that makes. */
let safe = 0;

// --- a report comes in

async function openFile(file: File): Promise<void> {
  await openReport(new Uint8Array(await file.arrayBuffer()), file.name);
}

async function openReport(data: Uint8Array | string, name: string): Promise<void> {
  if (report?.changed === true) {
    const choice = await ask(
      [make("p", "", say("leave"))],
      [
        { label: say("discard"), value: true },
        { label: say("cancel"), value: false, main: true },
      ],
    );
    if (choice !== true) {
      return;
    }
  }
  let opened: Opened;
  try {
    opened = await core.request("open", data, name, currentLanguage());
  } catch (error) {
    await tell(say("cannotOpen", name), messageOf(error));
    return;
  }
  report = { ...opened, name, changed: false };
  checked = undefined;
  element("start").hidden = true;
  element("work").hidden = false;
  editor.hold(false);
  editor.open(opened.text);
  list.reset();
  list.update(undefined, opened.isWord);
  // What a Word file or a page is made of says little to a reader.
  showView(opened.isWord || /\.html?$/iu.test(name) ? "preview" : "source");
  showState();
  const found = await check();
  if (found?.isReport === false) {
    showView("source");
  }
  if (view === "source") {
    editor.view.focus();
  }
}

/** Has the report checked against last year's, which `file` holds. */
async function compareWith(file: File): Promise<void> {
  const of = report;
  if (of === undefined) {
    return;
  }
  try {
    const isLastYear = await request("putBeside", new Uint8Array(await file.arrayBuffer()), file.name);
    delete of.lastYear;
    if (isLastYear) {
      of.lastYear = file.name;
      notice(say("lastYearIs", file.name));
    } else {
      notice(say("notLastYear", file.name));
    }
    await check();
  } catch (error) {
    await tell(say("cannotOpen", file.name), messageOf(error));
  }
}

async function openFiles(files: Iterable<File>): Promise<void> {
  const [first, ...rest] = files;
  if (first !== undefined) {
    await openFile(first);
    if (rest.length > 0) {
      notice(say("oneFile", first.name));
    }
  }
}

// --- it is edited and checked

function edited(): void {
  if (report === undefined) {
    return;
  }
  if (!report.changed) {
    report.changed = true;
    showState();
  }
  // Whether a Word file takes an edit has to be known at once; what is typed into a text goes to the core in one, in a pause.
  if (report.isWord && !editor.view.composing) {
    sendEdits();
  }
  checkLater();
}

/** Checks the text in a pause, and not while hanzi are chosen. */
function checkLater(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => (editor.view.composing ? checkLater() : void check()), PAUSE);
}

function sendEdits(): void {
  const edits = editor.take();
  if (edits.length > 0) {
    void core.request("edit", edits).then((reason) => (reason === undefined ? undefined : refused(reason)));
  }
}

/** Asks the core about the text as it is. */
function request<M extends Method>(method: M, ...given: Requests[M]["arguments"]): Promise<Requests[M]["answer"]> {
  sendEdits();
  return core.request(method, ...given);
}

/** An edit has no way into the file: the text is shown again as it is. */
async function refused(reason: string): Promise<void> {
  editor.hold(true);
  editor.resume(await core.request("resume"));
  editor.hold(false);
  notice(reason);
  await check();
}

/** Checks the text as it is; gives what was found, unless something was typed in the meantime. */
async function check(): Promise<Checked | undefined> {
  clearTimeout(timer);
  const version = editor.version;
  const found = await request("findings");
  // What was typed since is checked when it is done.
  if (version !== editor.version) {
    return undefined;
  }
  checked = { version, found };
  showFound(found);
  if (view !== "source") {
    await showOther();
  }
  return found;
}

function showFound(found: Checked): void {
  editor.mark(found.findings.map(diagnostic));
  list.update(found, report?.isWord, editor.view.state.doc.length === 0);
  safe = found.findings.filter(({ fixes }) => fixes.some((fix) => fix.safe)).length;
  const all = element<HTMLButtonElement>("fix-all");
  all.hidden = safe === 0;
  all.textContent = say("fixAll", safe);
  const lastYear = element("last-year");
  lastYear.hidden = !found.isReport;
  lastYear.textContent = report?.lastYear === undefined ? say("lastYear") : say("lastYearIs", report.lastYear);
  const summary = found.isReport ? say("counts", found.errors, found.warnings, found.infos) : say("notReport");
  element("findings-title").setAttribute("aria-label", `${say("findings")}：${summary}`);
}

function diagnostic(finding: OpenFinding): Diagnostic {
  const { from, to } = editor.span(finding.range);
  const actions = finding.fixes.map((fix) => ({
    name: fix.safe ? fix.title : `${fix.title}（${say("judge")}）`,
    apply: () => void applyFix(finding, fix),
  }));
  return { from, to, severity: finding.severity, message: finding.message, source: finding.code, actions };
}

// --- what is wrong is shown and put right

function showFinding(finding: OpenFinding): void {
  const inPreview = view === "preview";
  if (view === "letter") {
    showView("source");
  }
  editor.show(finding.range, !inPreview);
  if (inPreview) {
    preview.reveal(finding.range.start);
  }
}

/** Whether one range starts where the other is. */
function startsIn({ start }: Range, range: Range): boolean {
  const before = (a: Position, b: Position): boolean =>
    a.line < b.line || (a.line === b.line && a.character <= b.character);
  return before(range.start, start) && before(start, range.end);
}

/** Writes `value` into a cell; gives why that cannot be done. */
async function setCell(cell: CellAddress, value: string): Promise<string | undefined> {
  const version = editor.version;
  try {
    const edits = await request("setCell", cell, value);
    if (version === editor.version) {
      editor.apply(edits);
      await check();
    }
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Applies `fix`, which is one of `finding`, to the text as it is now. */
async function applyFix(finding: OpenFinding, fix: Fix): Promise<void> {
  if (checked?.version !== editor.version) {
    // The places are those of an older text.
    await check();
    const again = checked?.found.findings.find(
      ({ code, fingerprint }) => code === finding.code && fingerprint === finding.fingerprint,
    );
    const same = again?.fixes.find(({ title }) => title === fix.title);
    if (same === undefined) {
      return;
    }
    fix = same;
  }
  editor.apply(fix.edits);
  await check();
}

async function fixAll(): Promise<void> {
  const before = safe;
  const edits = await request("fixAll");
  if (edits.length === 0) {
    notice(say("nothingSafe"));
    return;
  }
  editor.apply(edits);
  await check();
  notice(say("fixedAll", Math.max(1, before - safe)));
}

/** Offers what can be done about the place of the cursor. */
async function offerFixes(): Promise<void> {
  const actions = await request("actions", editor.selected());
  if (actions.length === 0) {
    return;
  }
  const dialog = element<HTMLDialogElement>("dialog");
  let chosen: Action | undefined;
  const choices = actions.map((action) =>
    button(action.title, () => {
      chosen = action;
      dialog.close();
    }),
  );
  await ask([make("div", "stacked", ...choices)], [{ label: say("cancel"), value: undefined }]);
  if (chosen !== undefined) {
    editor.apply(chosen.edits);
    await check();
  }
  editor.view.focus();
}

async function explain({ code, title }: OpenFinding): Promise<void> {
  const documentation = await core.request("rule", code, currentLanguage());
  if (documentation !== undefined) {
    // The title comes before; what a configuration can set is of no use here.
    const parts = documentation
      .split(/^(?=## )/mu)
      .slice(1)
      .filter((part) => !/^## (?:配置|Configuration)/u.test(part));
    const heading = make("h1", "", title, " ", make("small", "", code));
    const content = make("div", "explanation", heading, rendered(parts.join("\n")));
    await ask([content], [{ label: say("close"), value: undefined, main: true }]);
  }
}

function step(by: 1 | -1): void {
  const finding = list.step(by);
  if (finding !== undefined) {
    showFinding(finding);
  }
}

// --- it goes out again

async function save(encoding?: string): Promise<void> {
  if (report === undefined) {
    return;
  }
  const { name, isWord } = report;
  try {
    const bytes = await request("bytes", encoding);
    download(
      bytes,
      name,
      isWord ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document" : "application/octet-stream",
    );
    report.changed = false;
    showState();
    notice(say("saved", name));
  } catch (error) {
    const instead = isWord || encoding !== undefined ? [] : [{ label: say("saveAsUtf8"), value: "utf-8", main: true }];
    const content = [make("h2", "", say("cannotSave")), make("p", "", messageOf(error))];
    const choice = await ask<string | undefined>(content, [...instead, { label: say("close"), value: undefined }]);
    if (choice !== undefined) {
      await save(choice);
    }
  }
}

function letterName(name: string): string {
  return name.replace(/\.[^.]*$/u, "") + say("letterEnd");
}

// --- what is shown

function showView(to: View): void {
  view = to;
  for (const one of ["source", "preview", "letter"] as const) {
    const tab = element(`tab-${one}`);
    tab.setAttribute("aria-selected", String(one === to));
    tab.tabIndex = one === to ? 0 : -1;
    element(one).hidden = one !== to;
  }
  if (to === "source") {
    editor.view.requestMeasure();
  } else {
    void showOther();
  }
}

/** Brings the view that is not the text up to date. */
async function showOther(): Promise<void> {
  if (report === undefined) {
    return;
  }
  if (view === "preview") {
    preview.update(await request("report"), { language: currentLanguage() });
  } else if (view === "letter") {
    const page = await request("letter");
    const frame = element<HTMLIFrameElement>("letter-page");
    if (frame.srcdoc !== page) {
      frame.srcdoc = page;
    }
  }
}

function showState(): void {
  if (report === undefined) {
    return;
  }
  element("name").textContent = report.name;
  const kind = report.isWord ? say("wordFile") : (report.encoding ?? "");
  element("state").textContent = report.changed ? `${kind} · ${say("changed")}` : kind;
  const save = element<HTMLButtonElement>("save");
  save.disabled = false;
  save.classList.toggle("main", report.changed);
  document.title = `${report.changed ? "● " : ""}${report.name} – ${say("title")}`;
  showPlace();
}

function showPlace(): void {
  const place = element("place");
  if (report === undefined) {
    place.textContent = "";
    return;
  }
  const { line } = editor.selected().start;
  place.textContent = say(report.isWord ? "paragraph" : "line", line + 1);
}

function speak(language: Language): void {
  setLanguage(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  translate();
  showTheme();
  editor.translate();
  showState();
  remember("language", language);
  if (report !== undefined) {
    void request("setLanguage", language).then(() => check());
  }
}

function showTheme(): void {
  const dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.toggleAttribute("data-dark", dark);
  const words = say(theme === "auto" ? "themeAuto" : theme === "light" ? "themeLight" : "themeDark");
  element("theme").textContent = `${say("theme")}${currentLanguage() === "zh" ? "：" : ": "}${words}`;
}

async function showKeys(): Promise<void> {
  const keys: readonly [string, string][] = [
    ["Ctrl+O", say("keyOpen")],
    ["Ctrl+S", say("keySave")],
    ["F8 / Shift+F8", say("keyNext")],
    ["Ctrl+.", say("keyFix")],
    ["Ctrl+F", say("keyFind")],
  ];
  const rows = keys.flatMap(([key, words]) => [make("dt", "", make("kbd", "", key)), make("dd", "", words)]);
  await ask(
    [make("h2", "", say("keys")), make("dl", "", ...rows)],
    [{ label: say("close"), value: undefined, main: true }],
  );
}

async function tell(title: string, message: string): Promise<void> {
  await ask([make("h2", "", title), make("p", "", message)], [{ label: say("close"), value: undefined, main: true }]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the reader chose is kept for the next time, where the browser allows it for a file. */
function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`gongkai.${key}`, value);
  } catch {
    // Then it is chosen again.
  }
}

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`gongkai.${key}`);
  } catch {
    return null;
  }
}

// --- what the reader does

function listen(): void {
  const file = element<HTMLInputElement>("file");
  const choose = (): void => file.click();
  file.addEventListener("change", () => {
    void openFiles([...(file.files ?? [])]);
    file.value = "";
  });
  const other = element<HTMLInputElement>("other-file");
  other.addEventListener("change", () => {
    const [first] = other.files ?? [];
    if (first !== undefined) {
      void compareWith(first);
    }
    other.value = "";
  });
  element("last-year").addEventListener("click", () => other.click());
  element("open").addEventListener("click", choose);
  element("choose").addEventListener("click", choose);
  element("paste").addEventListener("click", () => void openReport("", say("pastedName")));
  element("sample").addEventListener("click", () => void openReport(sample, say("sampleName")));
  element("save").addEventListener("click", () => void save());
  element("fix-all").addEventListener("click", () => void fixAll());
  element("keys").addEventListener("click", () => void showKeys());
  element("language").addEventListener("click", () => speak(currentLanguage() === "zh" ? "en" : "zh"));
  element("theme").addEventListener("click", () => {
    theme = theme === "auto" ? "light" : theme === "light" ? "dark" : "auto";
    remember("theme", theme);
    showTheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  element("print").addEventListener("click", () => element<HTMLIFrameElement>("letter-page").contentWindow?.print());
  element("save-letter").addEventListener("click", () => {
    if (report !== undefined) {
      const name = letterName(report.name);
      void request("letter").then((page) => (download(page, name, "text/html"), notice(say("saved", name))));
    }
  });
  listenToTabs();
  listenToDrops();
  addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "F8") {
      step(event.shiftKey ? -1 : 1);
    } else if (control && event.key.toLowerCase() === "s") {
      void save();
    } else if (control && event.key.toLowerCase() === "o") {
      choose();
    } else {
      return;
    }
    event.preventDefault();
  });
  addEventListener("beforeunload", (event) => {
    if (report?.changed === true) {
      event.preventDefault();
    }
  });
}

function listenToTabs(): void {
  const views: readonly View[] = ["source", "preview", "letter"];
  views.forEach((one, index) => {
    const tab = element(`tab-${one}`);
    tab.addEventListener("click", () => showView(one));
    tab.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const next = views[(index + by + views.length) % views.length];
      if (by !== 0 && next !== undefined) {
        showView(next);
        element(`tab-${next}`).focus();
      }
    });
  });
}

function listenToDrops(): void {
  const over = element("over");
  const has = (event: DragEvent, kind: string): boolean => event.dataTransfer?.types.includes(kind) === true;
  addEventListener("dragover", (event) => {
    if (has(event, "Files") || (report === undefined && has(event, "text/plain"))) {
      event.preventDefault();
      over.hidden = false;
    }
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) {
      over.hidden = true;
    }
  });
  addEventListener(
    "drop",
    (event) => {
      over.hidden = true;
      const files = [...(event.dataTransfer?.files ?? [])];
      const text = event.dataTransfer?.getData("text/plain") ?? "";
      if (files.length > 0) {
        event.preventDefault();
        event.stopPropagation();
        void openFiles(files);
      } else if (report === undefined && text !== "") {
        event.preventDefault();
        void openReport(text, say("pastedName"));
      }
    },
    { capture: true },
  );
  addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (report === undefined && (text !== "" || files.length > 0)) {
      event.preventDefault();
      void (text !== "" ? openReport(text, say("pastedName")) : openFiles(files));
    }
  });
}

// --- it begins

async function unpacked(base64: string): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function begin(): Promise<void> {
  const kept = remembered("theme");
  theme = kept === "light" || kept === "dark" ? kept : "auto";
  const spoken = remembered("language") ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  speak(spoken === "en" ? "en" : "zh");
  listen();
  try {
    await core.request("start", await unpacked(element("wasm").textContent ?? ""));
    document.documentElement.dataset["ready"] = "";
  } catch (error) {
    await tell(say("broken"), messageOf(error));
  }
}

void begin();
