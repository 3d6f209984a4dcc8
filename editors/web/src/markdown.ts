/** Explanations, which are Markdown, as elements. Nothing in them leads anywhere. */

import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt("commonmark", { html: false }).enable("table");
const nothing = (): string => "";
for (const rule of ["link_open", "link_close", "image"]) {
  markdown.renderer.rules[rule] = nothing;
}
// Styles in attributes are against the page's policy.
for (const cell of ["th_open", "td_open"]) {
  markdown.renderer.rules[cell] = (tokens, index) => `<${tokens[index]?.tag ?? "td"}>`;
}

/** An element of `tag` that shows `source`. */
export function rendered(source: string): HTMLElement {
  const element = document.createElement("div");
  element.className = "explanation";
  element.innerHTML = markdown.render(source);
  return element;
}
