// The report as data: what programs are given, as a read-only page of JSON.

import * as vscode from "vscode";
import { reportsOf, type ReportReader } from "./previews";

export class DataPages implements vscode.TextDocumentContentProvider {
  static readonly scheme = "gongkai-data";

  constructor(private readonly server: ReportReader) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const reports = await reportsOf(this.server, vscode.Uri.parse(uri.query, true));
    return `${JSON.stringify(reports, null, 2)}\n`;
  }

  /** Opens the data of the document `uri`. */
  async show(uri: vscode.Uri): Promise<void> {
    // The time makes each page the newest.
    const page = vscode.Uri.from({
      scheme: DataPages.scheme,
      path: `${uri.path}.json`,
      query: uri.toString(),
      fragment: String(Date.now()),
    });
    const document = await vscode.workspace.openTextDocument(page);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, "json"), {
      preview: true,
    });
  }
}
