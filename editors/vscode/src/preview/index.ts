// The preview of reports: input is what `gongkai/report` answers. No file of this folder imports `vscode` or Node.
//
//   const preview = new Preview(element, { reveal, setCell, applyFix }, { language: "zh" });
//   preview.update(reports);
//
// `STYLE` belongs into the page, `renderDocument` gives one file to print.

export * from "./report";
export { render, renderDocument, type Block, type RenderOptions } from "./render";
export { STYLE } from "./style";
export { Preview, type PreviewHandlers, type PreviewOptions } from "./view";
export { wordsOf, type Language, type PreviewWords } from "./words";
