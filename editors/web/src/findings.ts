/** The list of what was found. */

import type { Fix, OpenFinding, Place, Severity } from "@gongkai/wasm";
import { button, element, make } from "./dom.js";
import type { Checked } from "./protocol.js";
import { type Language, currentLanguage, say } from "./words.js";

export interface FindingsEvents {
  /** The reader wants to see where it is. */
  show(finding: OpenFinding): void;
  fix(finding: OpenFinding, fix: Fix): void;
  why(finding: OpenFinding): void;
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];
/** So many are listed at first: a list of a thousand takes the browser a while. */
const LISTED = 200;

export class FindingsList {
  readonly #events: FindingsEvents;
  #checked: Checked | undefined;
  #isWord = false;
  #isEmpty = false;
  #only: Severity | undefined;
  #limit = LISTED;
  /** The one that was chosen: by what it is known by. */
  #current: string | undefined;
  /** What the list shows now: the same needs no new elements. */
  #shown = "";
  #listed: OpenFinding[] = [];

  constructor(events: FindingsEvents) {
    this.#events = events;
  }

  /** Shows what was found; nothing while it is not known. */
  update(checked: Checked | undefined, isWord = this.#isWord, isEmpty = false): void {
    this.#checked = checked;
    this.#isWord = isWord;
    this.#isEmpty = isEmpty;
    this.#draw();
  }

  /** Another report: nothing is chosen in it. */
  reset(): void {
    this.#only = undefined;
    this.#current = undefined;
    this.#limit = LISTED;
  }

  /** The finding after the chosen one, or before it, which then is the chosen one. */
  step(by: 1 | -1): OpenFinding | undefined {
    const all = this.#matching();
    const at = all.findIndex((finding) => keyOf(finding) === this.#current);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
    const finding = all[next];
    if (finding !== undefined) {
      this.#limit = Math.max(this.#limit, next + 1);
      this.choose(finding);
    }
    return finding;
  }

  /** Marks `finding` as the chosen one. */
  choose(finding: OpenFinding): void {
    this.#current = keyOf(finding);
    this.#draw();
    element("findings").querySelector(".current")?.scrollIntoView({ block: "nearest" });
  }

  #matching(): OpenFinding[] {
    const all = this.#checked?.findings ?? [];
    return this.#only === undefined ? all : all.filter(({ severity }) => severity === this.#only);
  }

  #draw(): void {
    const checked = this.#checked;
    this.#listed = this.#matching().slice(0, this.#limit);
    const language = currentLanguage();
    // Places move with every line that is typed; what is read does not.
    const place = (finding: OpenFinding): string => placeOf(finding, this.#isWord, language);
    const shown = JSON.stringify([
      language,
      this.#only,
      this.#current,
      this.#isEmpty,
      checked && [checked.isReport, checked.errors, checked.warnings, checked.infos],
      this.#listed.map((finding) => [place(finding), finding.message, finding.fixes.map(({ title }) => title)]),
    ]);
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    this.#drawKinds();
    this.#drawNone();
    const list = element("findings");
    const focused = list.contains(document.activeElement)
      ? document.activeElement?.closest("li")?.dataset["key"]
      : undefined;
    list.replaceChildren(...this.#listed.map((finding, index) => this.#item(finding, index, place(finding))));
    if (focused !== undefined) {
      const again = [...list.children].find((item) => (item as HTMLElement).dataset["key"] === focused);
      again?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
    }
    this.#drawMore();
  }

  #item(finding: OpenFinding, index: number, place: string): HTMLLIElement {
    const key = keyOf(finding);
    const isCurrent = key === this.#current;
    const mark = make("span", "mark", say(finding.severity));
    const go = button("", () => this.#act(index, (one) => (this.choose(one), this.#events.show(one))), "go");
    go.append(mark, make("span", "where", place), make("span", "message", finding.message));
    if (isCurrent) {
      go.setAttribute("aria-current", "true");
    }
    const item = make("li", `${finding.severity}${isCurrent ? " current" : ""}`, go);
    item.dataset["key"] = key;
    item.dataset["code"] = finding.code;
    const actions = make("div", "actions");
    finding.fixes.forEach((fix, at) => {
      // What is certain is offered at once; what needs a decision, to the one who looks at it.
      if (fix.safe || isCurrent) {
        const again = (one: OpenFinding): void => {
          const same = one.fixes[at];
          if (same !== undefined) {
            this.#events.fix(one, same);
          }
        };
        const apply = button(fix.title, () => this.#act(index, again), fix.safe ? "fix safe" : "fix");
        if (!fix.safe) {
          apply.append(" ", make("small", "", `（${say("judge")}）`));
        }
        actions.append(apply);
      }
    });
    if (isCurrent) {
      actions.append(
        button(`${say("why")} ${finding.code}`, () => this.#act(index, (one) => this.#events.why(one)), "link"),
      );
    }
    if (actions.childElementCount > 0) {
      item.append(actions);
    }
    return item;
  }

  /** Does `action` with the finding that is listed at `index` now: it has the places of the text as it is. */
  #act(index: number, action: (finding: OpenFinding) => void): void {
    const finding = this.#listed[index];
    if (finding !== undefined) {
      action(finding);
    }
  }

  #drawKinds(): void {
    const kinds = element("kinds");
    const checked = this.#checked;
    kinds.hidden = checked === undefined || !checked.isReport || checked.findings.length === 0;
    if (checked === undefined) {
      return;
    }
    const counts = { error: checked.errors, warning: checked.warnings, info: checked.infos };
    const choice = (severity: Severity | undefined, label: string, count: number): HTMLButtonElement => {
      const made = button(
        "",
        () => {
          this.#only = severity;
          this.#limit = LISTED;
          this.#draw();
          const again = element("kinds").querySelector<HTMLElement>('[aria-pressed="true"]');
          again?.focus();
        },
        severity ?? "all",
      );
      made.append(label, " ", make("b", "", String(count)));
      made.setAttribute("aria-pressed", String(this.#only === severity));
      return made;
    };
    const all = choice(undefined, say("filterAll"), checked.errors + checked.warnings + checked.infos);
    kinds.replaceChildren(all, ...SEVERITIES.map((severity) => choice(severity, say(severity), counts[severity])));
  }

  #drawNone(): void {
    const none = element("none");
    const checked = this.#checked;
    const [first, second] =
      checked === undefined
        ? [say("checking"), ""]
        : this.#isEmpty
          ? [say("pastePlaceholder"), ""]
          : !checked.isReport
            ? [say("notReport"), say("notReportMore")]
            : checked.findings.length === 0
              ? [say("clean"), say("cleanMore")]
              : this.#listed.length === 0
                ? [say("noneOfKind"), ""]
                : ["", ""];
    none.hidden = first === "";
    none.className = checked?.isReport === true && checked.findings.length === 0 ? "clean" : "";
    none.replaceChildren(make("p", "first", first), make("p", "", second));
  }

  #drawMore(): void {
    const more = element("more");
    const checked = this.#checked;
    const matching = this.#matching().length;
    const all = checked === undefined ? 0 : checked.errors + checked.warnings + checked.infos;
    more.replaceChildren();
    if (matching > this.#listed.length) {
      more.append(
        button(say("filterAll") + ` ${matching}`, () => {
          this.#limit = Infinity;
          this.#draw();
        }),
      );
    } else if (checked !== undefined && all > checked.findings.length && this.#only === undefined) {
      more.append(say("more", all, checked.findings.length));
    }
    more.hidden = more.childNodes.length === 0;
  }
}

/** What a finding is known by, whatever is typed elsewhere. */
export function keyOf(finding: OpenFinding): string {
  return `${finding.code} ${finding.fingerprint}`;
}

/** Where a finding is, in words. */
export function placeOf(finding: OpenFinding, isWord: boolean, language: Language): string {
  const { section, table, row, column }: Place = finding.place;
  const number = (value: number): string =>
    language === "zh" ? ("一二三四五六"[value - 1] ?? String(value)) : String(value);
  const parts: string[] = [];
  if (table !== undefined) {
    parts.push(say("table", number(table)));
  } else if (section !== undefined) {
    parts.push(say("section", number(section)));
  }
  if (row !== undefined) {
    parts.push(row.replace(/（[^（）]*[，。、；：][^（）]*）$/u, ""));
  }
  if (column !== undefined) {
    parts.push(column);
  }
  if (row === undefined) {
    parts.push(say(isWord ? "paragraph" : "line", finding.range.start.line + 1));
  }
  return parts.join(" · ");
}
