// What the preview says itself, in both languages.

export type Language = "zh" | "en";

const WORDS = {
  zh: {
    none: "未识别出年度报告",
    errors: (count: number) => `错误 ${count}`,
    warnings: (count: number) => `警告 ${count}`,
    infos: (count: number) => `提示 ${count}`,
    clean: "没有问题",
    missing: "（报告中缺少这一部分）",
    due: (value: string) => `按勾稽关系应为 ${value}`,
    blank: "未填",
    absent: "报告中没有这一行",
    unread: "这一行的数与各栏对不上，未能读取",
    findings: "全部问题",
    edit: "按 Enter 填写",
    refused: "未改动：",
  },
  en: {
    none: "No report was recognised",
    errors: (count: number) => `${count} errors`,
    warnings: (count: number) => `${count} warnings`,
    infos: (count: number) => `${count} more`,
    clean: "Nothing found",
    missing: "(the report lacks this section)",
    due: (value: string) => `by the sums: ${value}`,
    blank: "blank",
    absent: "the report has no such row",
    unread: "the values of this row do not fit its columns and were not read",
    findings: "All findings",
    edit: "press Enter to fill in",
    refused: "Not changed: ",
  },
} as const;

export type PreviewWords = (typeof WORDS)[Language];

export function wordsOf(language: Language): PreviewWords {
  return WORDS[language];
}
