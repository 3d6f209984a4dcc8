// The script of the preview's page: shows what the extension sends, and sends what the reader does.

import { Preview, type CellAddress, type Language } from "../preview";
import type { FromPage, ToPage } from "./messages";

interface Api {
  postMessage(message: FromPage): void;
}

declare function acquireVsCodeApi(): Api;

const api = acquireVsCodeApi();
const root = document.querySelector<HTMLElement>("main.gongkai");
if (root !== null) {
  const language: Language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  // A Word file is shown, and not written into.
  const isReadOnly = root.dataset["readOnly"] === "yes";
  const writing = new Map<number, (refused: string | undefined) => void>();
  let last = 0;
  const setCell = (cell: CellAddress, value: string) =>
    new Promise<string | undefined>((resolve) => {
      last += 1;
      writing.set(last, resolve);
      api.postMessage({ type: "setCell", id: last, cell, value });
    });
  const preview = new Preview(
    root,
    isReadOnly
      ? {}
      : {
          reveal: (range) => api.postMessage({ type: "reveal", range }),
          setCell,
          applyFix: (_, fix) => api.postMessage({ type: "fix", fix }),
        },
    { language },
  );
  window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
    switch (data.type) {
      case "reports":
        preview.update(data.reports);
        break;
      case "reveal":
        preview.reveal({ line: data.line, character: data.character });
        break;
      case "written":
        writing.get(data.id)?.(data.refused);
        writing.delete(data.id);
        break;
    }
  });
  api.postMessage({ type: "ready" });
}
