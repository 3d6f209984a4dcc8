// The pages of the rules, chosen from a list; first the rules of what was found where the cursor is.

import * as vscode from "vscode";
import { execFile } from "node:child_process";

/** A rule, as `gongkai rule --output-format json` lists it. */
interface Rule {
  readonly code: string;
  readonly name: string;
  readonly title: string;
}

/** Lets the user choose a rule, and opens its page. */
export async function explainRule(file: string | undefined, pageOf: (code: string) => vscode.Uri): Promise<void> {
  if (file === undefined) {
    return;
  }
  const here = rulesHere();
  const rules = (await rulesOf(file)).map(({ code, name, title }) => ({
    label: `${code} ${title}`,
    description: name,
    code,
  }));
  rules.sort((a, b) => Number(here.has(b.code)) - Number(here.has(a.code)) || a.code.localeCompare(b.code));
  const chosen = await vscode.window.showQuickPick(rules, {
    title: vscode.l10n.t("Explain a rule"),
    placeHolder: vscode.l10n.t("Code, name or subject of a rule"),
    matchOnDescription: true,
  });
  if (chosen !== undefined) {
    await vscode.window.showTextDocument(pageOf(chosen.code), { preview: true });
  }
}

/** The rules of what was found at the cursor. */
function rulesHere(): Set<string> {
  const editor = vscode.window.activeTextEditor;
  const findings = editor === undefined ? [] : vscode.languages.getDiagnostics(editor.document.uri);
  const own = findings.filter(
    ({ source, range }) => source === "gongkai" && editor?.selection.intersection(range) !== undefined,
  );
  const codes = own.map(({ code }) => (typeof code === "object" ? code.value : code));
  return new Set(codes.map(String));
}

function rulesOf(file: string): Promise<Rule[]> {
  const language = vscode.env.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  return new Promise((resolve, reject) => {
    execFile(
      file,
      ["rule", "--output-format", "json", "--lang", language],
      { windowsHide: true, maxBuffer: 1 << 25 },
      (error, stdout) => {
        if (error === null) {
          resolve(JSON.parse(stdout) as Rule[]);
        } else {
          reject(new Error(error.message, { cause: error }));
        }
      },
    );
  });
}
