/** The words of the page, in Chinese and in English. What the core says comes in the same language. */

const words = {
  title: ["政府信息公开工作年度报告检查", "Annual report on government information disclosure: check"],
  open: ["打开文件", "Open a file"],
  paste: ["粘贴文字", "Paste text"],
  sample: ["看一份示例", "Look at a sample"],
  save: ["保存改后的文件", "Save the changed file"],
  saveShort: ["保存", "Save"],
  language: ["English", "中文"],
  languageLabel: ["切换为英文", "Switch to Chinese"],
  theme: ["深浅色", "Light or dark"],
  themeAuto: ["跟随系统", "as the system"],
  themeLight: ["浅色", "light"],
  themeDark: ["深色", "dark"],
  dropTitle: ["把年度报告拖到这里", "Drop the annual report here"],
  dropKinds: [
    "Word（.docx）、网页（.html）、文本（.txt、.md）均可，编码自动识别",
    "Word (.docx), web page (.html) or text (.txt, .md), in any encoding",
  ],
  dropNow: ["松开即可打开", "Let go to open it"],
  privacy: [
    "本页不连接网络，文件只在这台电脑上处理。",
    "This page makes no connection. The file stays on this computer.",
  ],
  source: ["原文", "Text"],
  preview: ["报告预览", "Preview"],
  letter: ["审核意见", "Letter of findings"],
  views: ["查看方式", "Views"],
  findings: ["检查结果", "Findings"],
  error: ["须修改", "To change"],
  warning: ["请核实", "To check"],
  info: ["提示", "Hint"],
  fixAll: ["一键改正可以确定的 {} 处", "Fix the {} that are certain"],
  nothingSafe: ["没有可以一键改正的问题", "Nothing can be fixed for certain"],
  fixedAll: ["已改正 {} 处，可按 Ctrl+Z 撤销", "{} places changed; Ctrl+Z undoes it"],
  lastYear: ["与上年报告核对…", "Check against last year’s report…"],
  lastYearIs: ["已与上年报告核对：{}", "Checked against last year: {}"],
  notLastYear: [
    "“{}”不是同一单位上一年的报告，没有可核对的内容",
    "“{}” is not the same body’s report of the year before",
  ],
  clean: ["未发现问题。", "Nothing was found."],
  cleanMore: [
    "数字之间、文字与表格之间均相符，格式齐全。",
    "The figures agree, the text agrees with the tables, the format is complete.",
  ],
  notReport: ["没有识别出年度报告", "No annual report was recognised"],
  notReportMore: [
    "请确认标题含“政府信息公开工作年度报告”，且正文包含“一、总体情况”等部分。",
    "The title should hold “政府信息公开工作年度报告”, and the text its sections, such as “一、总体情况”.",
  ],
  checking: ["正在检查……", "Checking…"],
  counts: ["须修改 {} 处，请核实 {} 处，提示 {} 条", "{} to change, {} to check, {} hints"],
  more: ["共 {} 条，这里显示最重要的 {} 条。", "{} in all; the gravest {} are shown."],
  filterAll: ["全部", "All"],
  noneOfKind: ["这一类没有问题。", "None of this kind."],
  why: ["依据和说明", "Why"],
  goTo: ["定位", "Go there"],
  judge: ["需人工判断", "for you to judge"],
  close: ["关闭", "Close"],
  print: ["打印", "Print"],
  saveLetter: ["保存审核意见", "Save the letter"],
  letterFrame: ["审核意见正文", "The letter"],
  editorLabel: ["报告原文", "The text of the report"],
  previewLabel: ["报告预览", "Preview of the report"],
  pastePlaceholder: ["在这里粘贴年度报告全文（Ctrl+V）", "Paste the whole report here (Ctrl+V)"],
  pastedName: ["粘贴的报告.txt", "pasted-report.txt"],
  sampleName: ["示例报告.txt", "sample-report.txt"],
  letterEnd: [".审核意见.html", ".审核意见.html"],
  wordFile: ["Word 文件", "Word file"],
  changed: ["有改动未保存", "changed, not saved"],
  saved: ["已交给浏览器保存：{}", "Handed to the browser to save: {}"],
  cannotOpen: ["无法打开 {}", "{} cannot be opened"],
  cannotSave: ["无法保存", "It cannot be saved"],
  saveAsUtf8: ["改用 UTF-8 保存", "Save it as UTF-8"],
  oneFile: ["一次检查一份报告，已打开：{}", "One report at a time; opened: {}"],
  leave: [
    "换一份报告会丢掉未保存的改动，是否继续？",
    "Another report takes the place of changes that are not saved. Go on?",
  ],
  discard: ["继续，不保存", "Go on without saving"],
  cancel: ["取消", "Cancel"],
  line: ["第 {} 行", "line {}"],
  paragraph: ["第 {} 段", "paragraph {}"],
  table: ["表{}", "Table {}"],
  section: ["第{}部分", "Section {}"],
  broken: [
    "这个浏览器不能运行检查程序：请用新版 Edge、Chrome、Firefox 或 360 浏览器（极速模式）打开。",
    "This browser cannot run the check: open the page in a recent Edge, Chrome, Firefox or Safari.",
  ],
  keys: ["快捷键", "Keys"],
  keyOpen: ["打开文件", "open a file"],
  keySave: ["保存", "save"],
  keyNext: ["下一处、上一处问题", "next finding, the one before"],
  keyFix: ["改正光标处的问题", "fix what the cursor is in"],
  keyFind: ["查找、替换", "find and replace"],
  keyLeave: ["离开编辑框（按 Tab 移到下一项之前）", "leave the editor (before Tab moves on)"],
  loading: ["正在准备……", "Getting ready…"],
} as const satisfies Record<string, readonly [string, string]>;

export type Word = keyof typeof words;
export type Language = "zh" | "en";

let language: Language = "zh";

export function currentLanguage(): Language {
  return language;
}

export function setLanguage(to: Language): void {
  language = to;
}

/** The words for the reader; `{}` in them is replaced by `values`, one after the other. */
export function say(word: Word, ...values: readonly (string | number)[]): string {
  let next = 0;
  return words[word][language === "zh" ? 0 : 1].replaceAll("{}", () => String(values[next++] ?? ""));
}
