// How the preview looks: an official document on paper. Colours are the editor's where there is one, and the system's
// elsewhere, light and dark; on paper black on white and without notes.

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: var(--vscode-editor-background, light-dark(#ffffff, #1e1e1e));
  --ink: var(--vscode-editor-foreground, light-dark(#1b1b1b, #d8d8d8));
  --line: var(--vscode-editorWidget-border, light-dark(#8a8a8a, #6b6b6b));
  --faint: var(--vscode-descriptionForeground, light-dark(#5f5f5f, #a0a0a0));
  --error: var(--vscode-editorError-foreground, light-dark(#b3261e, #f2776f));
  --warning: var(--vscode-editorWarning-foreground, light-dark(#8a5a00, #d9a648));
  --info: var(--vscode-editorInfo-foreground, light-dark(#1a5fb4, #6ea8e8));
  --focus: var(--vscode-focusBorder, light-dark(#0067c0, #4aa3ff));
}
body.vscode-light { color-scheme: light; }
body.vscode-dark { color-scheme: dark; }
body { margin: 0; padding: 0; background: var(--paper); color: var(--ink); }
.gongkai { max-width: 54rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; font: 16px/1.75 "FangSong", "FangSong_GB2312", "STFangsong", "Noto Serif CJK SC", "SimSun", serif; }
.gongkai h1 { font-size: 1.45rem; line-height: 1.4; text-align: center; margin: 1rem 0; }
.gongkai h2 { font: 600 1.1rem/1.6 "SimHei", "STHeiti", "Noto Sans CJK SC", sans-serif; margin: 1.2rem 0 .4rem; }
.gongkai p { margin: .2rem 0; text-indent: 2em; overflow-wrap: anywhere; }
.gongkai .none { text-indent: 0; color: var(--faint); }
.gongkai .summary { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line); padding: .3rem 0; font: 13px/1.6 system-ui, sans-serif; }
.gongkai .summary .error, .gongkai .notes .error .code { color: var(--error); }
.gongkai .summary .warning, .gongkai .notes .warning .code { color: var(--warning); }
.gongkai .summary .info, .gongkai .notes .info .code { color: var(--info); }
.gongkai .summary .notes { max-height: 9rem; overflow: auto; }
.gongkai .missing h2, .gongkai .missing p { color: var(--error); }
.gongkai table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: 13px; line-height: 1.4; table-layout: auto; }
.gongkai th, .gongkai td { border: 1px solid var(--line); padding: .25rem .35rem; text-align: center; vertical-align: middle; font-weight: normal; }
.gongkai th.label { text-align: left; min-width: 4.5em; }
.gongkai .scroll { overflow-x: auto; }
.gongkai td.figure { min-width: 2.2rem; font-variant-numeric: tabular-nums; cursor: cell; }
.gongkai td.blank, .gongkai td.placeholder, .gongkai td.other { background: color-mix(in srgb, var(--warning) 14%, transparent); }
.gongkai td.missing, .gongkai td.unread { background: repeating-linear-gradient(45deg, transparent 0 4px, color-mix(in srgb, var(--faint) 22%, transparent) 4px 6px); }
.gongkai td.error { background: color-mix(in srgb, var(--error) 20%, transparent); box-shadow: inset 0 0 0 1px var(--error); }
.gongkai td.warning { background: color-mix(in srgb, var(--warning) 18%, transparent); box-shadow: inset 0 0 0 1px var(--warning); }
.gongkai td.info { box-shadow: inset 0 0 0 1px var(--info); }
.gongkai td .due { display: block; font-size: 11px; line-height: 1.1; color: var(--faint); }
.gongkai td .due::before { content: "→ "; }
.gongkai td input { width: 100%; min-width: 3rem; box-sizing: border-box; font: inherit; text-align: center; color: inherit; background: var(--paper); border: 1px solid var(--focus); padding: 0; }
.gongkai mark { background: none; color: inherit; text-decoration: underline wavy var(--info); text-underline-offset: .2em; }
.gongkai mark.error { text-decoration-color: var(--error); }
.gongkai mark.warning { text-decoration-color: var(--warning); }
.gongkai [tabindex]:focus-visible { outline: 2px solid var(--focus); outline-offset: -1px; }
.gongkai .here { background: color-mix(in srgb, var(--focus) 12%, transparent); }
.gongkai .notes { list-style: none; margin: .2rem 0 .6rem; padding: 0; font: 12.5px/1.55 system-ui, "Noto Sans CJK SC", sans-serif; }
.gongkai .notes li { border-left: 3px solid var(--info); padding: .1rem .5rem; margin: .15rem 0; cursor: pointer; overflow-wrap: anywhere; }
.gongkai .notes li.error { border-color: var(--error); }
.gongkai .notes li.warning { border-color: var(--warning); }
.gongkai .notes .code { font-size: 11px; }
.gongkai .notes button { font: inherit; font-size: 12px; margin-left: .5rem; padding: 0 .5rem; cursor: pointer; color: var(--vscode-button-foreground, #ffffff); background: var(--vscode-button-background, #0067c0); border: 0; border-radius: 2px; }
.gongkai .refused { color: var(--error); font: 12.5px system-ui, sans-serif; }
@page { size: A4; margin: 22mm 18mm; }
@media print {
  :root, body, body.vscode-light, body.vscode-dark { --paper: #ffffff; --ink: #000000; --line: #000000; --faint: #000000; color-scheme: light; background: #ffffff; color: #000000; }
  .gongkai { max-width: none; padding: 0; font-size: 12pt; }
  .gongkai .summary, .gongkai .notes, .gongkai td .due, .gongkai .missing { display: none; }
  .gongkai td.figure { background: none; box-shadow: none; }
  .gongkai mark { text-decoration: none; }
  .gongkai h1, .gongkai h2 { break-after: avoid; }
  .gongkai tr { break-inside: avoid; }
  .gongkai .scroll { overflow: visible; }
  .gongkai table { font-size: 9pt; }
  .gongkai .here { background: none; }
}
`;
