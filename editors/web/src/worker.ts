/**
 * The core, away from the page: whatever it does, typing goes on. Requests are answered one after the other, in the order
 * in which they were sent.
 */

import { Document, initSync, rule, version } from "@gongkai/wasm";
import type { Report } from "../../vscode/src/preview";
import type { Method, Opened, Reply, Request, Requests } from "./protocol.js";

type Handlers = { [M in Method]: (...given: Requests[M]["arguments"]) => Requests[M]["answer"] };

let open: Document | undefined;
/** Whether an edit was refused: what is typed on top of it has no place in the text. */
let refused = false;

function current(): Document {
  if (open === undefined) {
    throw new Error("no document is open");
  }
  return open;
}

const handlers: Handlers = {
  start(wasm) {
    initSync({ module: wasm });
    return version();
  },
  open(data, name, language): Opened {
    const document = new Document(data, name, `language = "${language}"`);
    open?.free();
    open = document;
    refused = false;
    return { text: document.text, isWord: document.isWord, encoding: document.encoding };
  },
  edit(edits) {
    if (refused) {
      return undefined;
    }
    const reason = current().edit(edits as never);
    refused = reason !== undefined;
    return reason;
  },
  resume() {
    refused = false;
    return current().text;
  },
  putBeside: (data, name) => current().putBeside(data, name),
  setLanguage(language) {
    current().setLanguage(language);
    return undefined;
  },
  findings() {
    const document = current();
    return { ...document.findings(), isReport: document.isReport };
  },
  hover: (position) => current().hover(position),
  actions: (range) => current().actions(range),
  definitions: (position) => current().definitions(position),
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- tsc requires it
  report: () => current().report() as unknown as readonly Report[],
  setCell: ({ report, table, row, column }, value) => current().setCell(report, table, row, column, value),
  fixAll: () => current().fixAll(),
  bytes: (encoding) => current().bytes(encoding),
  letter: () => current().letter(),
  rule: (code, language) => rule(code, language),
};

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  let reply: Reply;
  try {
    const handler = handlers[data.method] as (...given: readonly unknown[]) => unknown;
    reply = { id: data.id, answer: handler(...data.arguments) };
  } catch (error) {
    reply = { id: data.id, error: error instanceof Error ? error.message : String(error) };
  }
  postMessage(reply);
});
