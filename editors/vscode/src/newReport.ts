// A new report: a few questions, and an untitled document in the format of its year, with what carries over from last year's.

import * as path from "node:path";
import * as vscode from "vscode";
import { reportsOf, type ReportReader } from "./previews";

/** What a report is called, whatever it is written in. */
const REPORTS = "**/*{年度报告,年报}*.{txt,md,markdown,html,htm,docx}";

/** Last year's report. */
interface LastYear {
  readonly uri: vscode.Uri;
  readonly body: string;
  readonly year: number;
}

/** Asks what the report is to be, and opens it. */
export async function newReport(server: ReportReader): Promise<void> {
  const last = await chooseSource(server);
  if (last === undefined) {
    return;
  }
  const year = await askYear(last === "blank" ? undefined : last.year + 1);
  if (year === undefined) {
    return;
  }
  const body = await vscode.window.showInputBox({
    title: vscode.l10n.t("New report"),
    prompt: vscode.l10n.t("The name of the body, as the title of the report has it"),
    value: last === "blank" ? "" : last.body,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === "" ? vscode.l10n.t("Name the body") : undefined),
  });
  if (body === undefined) {
    return;
  }
  const formats = [
    { label: vscode.l10n.t("Plain text (.txt)"), format: "txt" },
    { label: "Markdown (.md)", format: "md" },
  ];
  const chosen = await vscode.window.showQuickPick(formats, {
    title: vscode.l10n.t("New report"),
    ignoreFocusOut: true,
  });
  const { client } = server;
  if (chosen === undefined || client === undefined) {
    return;
  }
  const { format } = chosen;
  const from = last === "blank" ? {} : { from: client.code2ProtocolConverter.asUri(last.uri) };
  try {
    const { text } = await client.sendRequest<{ text: string }>("gongkai/newReport", {
      year,
      body: body.trim(),
      format,
      ...from,
    });
    await open(`${body.trim()}${year}年政府信息公开工作年度报告.${format}`, format, text);
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

/** Opens `text` as a document that is not saved yet and has a name for when it is. */
async function open(name: string, format: string, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  let document: vscode.TextDocument;
  if (folder === undefined) {
    document = await vscode.workspace.openTextDocument({
      content: text,
      language: format === "md" ? "markdown" : "gongkai-report",
    });
  } else {
    const uri = vscode.Uri.joinPath(folder, name).with({ scheme: "untitled" });
    document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(uri, all, text);
    await vscode.workspace.applyEdit(edit);
  }
  await vscode.window.showTextDocument(document);
}

/** Asks where the report starts from. */
async function chooseSource(server: ReportReader): Promise<LastYear | "blank" | undefined> {
  const found = await vscode.workspace.findFiles(REPORTS, "**/node_modules/**", 50);
  const names = found.map((uri) => ({
    label: path.posix.basename(uri.path),
    description: vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, "..")),
    uri,
  }));
  names.sort((a, b) => b.label.localeCompare(a.label));
  const blank = { label: `$(new-file) ${vscode.l10n.t("An empty report")}`, description: "", uri: undefined };
  const other = {
    label: `$(folder-opened) ${vscode.l10n.t("From last year's report in another folder…")}`,
    description: "",
    uri: undefined,
  };
  const heading = {
    label: vscode.l10n.t("From last year's report"),
    kind: vscode.QuickPickItemKind.Separator,
    uri: undefined,
  };
  const chosen = await vscode.window.showQuickPick([blank, other, heading, ...names], {
    title: vscode.l10n.t("New report"),
    placeHolder: vscode.l10n.t("Start from an empty report, or from last year's with what carries over filled in"),
    ignoreFocusOut: true,
  });
  if (chosen === undefined || chosen === blank) {
    return chosen === undefined ? undefined : "blank";
  }
  const uri = chosen.uri ?? (await browse());
  if (uri === undefined) {
    return undefined;
  }
  try {
    const report = (await reportsOf(server, uri))?.[0];
    if (report?.year == null) {
      throw new Error(vscode.l10n.t("No report with a year was recognised in “{0}”.", path.posix.basename(uri.path)));
    }
    return { uri, body: report.body ?? "", year: report.year };
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function browse(): Promise<vscode.Uri | undefined> {
  const filters = { [vscode.l10n.t("Reports")]: ["txt", "md", "markdown", "html", "htm", "docx"] };
  return (await vscode.window.showOpenDialog({ filters, title: vscode.l10n.t("Last year's report") }))?.[0];
}

/** Asks for the year; `due` is the one that follows from last year's report. */
async function askYear(due: number | undefined): Promise<number | undefined> {
  // A report is written in the January after its year.
  const usual = due ?? new Date().getFullYear() - 1;
  if (due !== undefined) {
    return due;
  }
  const years = [usual, usual + 1, usual - 1, usual - 2].map((year) => ({
    label: vscode.l10n.t("Report for {0}", year),
    year,
  }));
  const chosen = await vscode.window.showQuickPick(years, { title: vscode.l10n.t("New report"), ignoreFocusOut: true });
  return chosen?.year;
}
