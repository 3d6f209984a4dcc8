/** A report to look at: an invented one, with faults. */

import text from "../../vscode/e2e/workspace/云岭市档案局2023年政府信息公开工作年度报告.txt";

export const sample: string = text;
