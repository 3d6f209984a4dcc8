/** Elements of the page. */

import { type Word, say } from "./words.js";

/** The element `id`, which the page has. */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** A new element. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}

/** A button that does `action`. */
export function button(label: string, action: () => void, className = ""): HTMLButtonElement {
  const made = make("button", className, label);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

/** Says everything in the page that has words of its own in the reader's language. */
export function translate(): void {
  for (const one of document.querySelectorAll<HTMLElement>("[data-say]")) {
    const words = say(one.dataset["say"] as Word);
    one.textContent = words;
    if (one.dataset["key"] !== undefined) {
      one.title = `${words} (${one.dataset["key"]})`;
    }
  }
  for (const one of document.querySelectorAll<HTMLElement>("[data-label]")) {
    one.setAttribute("aria-label", say(one.dataset["label"] as Word));
  }
  for (const one of document.querySelectorAll<HTMLElement>("[data-title]")) {
    one.title = say(one.dataset["title"] as Word);
  }
}

let fading = 0;

/** Says something for a moment. */
export function notice(words: string): void {
  const shown = element("notice");
  shown.textContent = words;
  shown.classList.add("shown");
  clearTimeout(fading);
  fading = window.setTimeout(() => shown.classList.remove("shown"), 6000);
}

/** Asks, or tells, in the middle of the page; gives the choice, or nothing if the reader goes away. */
export function ask<T>(
  content: readonly (Node | string)[],
  choices: readonly { label: string; value: T; main?: boolean }[],
): Promise<T | undefined> {
  const dialog = element<HTMLDialogElement>("dialog");
  if (dialog.open) {
    dialog.close();
  }
  dialog.querySelector(".content")?.replaceChildren(...content);
  return new Promise((answer) => {
    let chosen: T | undefined;
    const buttons = choices.map(({ label, value, main }) =>
      button(
        label,
        () => {
          chosen = value;
          dialog.close();
        },
        main === true ? "main" : "",
      ),
    );
    dialog.querySelector(".choices")?.replaceChildren(...buttons);
    dialog.addEventListener("close", () => answer(chosen), { once: true });
    dialog.showModal();
    (buttons.find((one) => one.className === "main") ?? buttons[0])?.focus();
  });
}

/** Hands `content` to the browser to save as `name`. */
export function download(content: Uint8Array | string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has to have read it before.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
