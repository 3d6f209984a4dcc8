// The item in the status bar: the numbers of errors and warnings in the visible report. A click lists them.

import * as vscode from "vscode";

const SOURCE = "gongkai";

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("gongkai.findings", vscode.StatusBarAlignment.Right, 90);
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly languages: readonly string[]) {
    this.item.name = vscode.l10n.t("Findings in the report");
    this.item.command = "gongkai.showFindings";
    this.disposables = [
      this.item,
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const open = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === open)) {
          this.update();
        }
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidOpenTextDocument(() => this.update()),
    ];
    this.update();
  }

  dispose(): void {
    this.disposables.forEach((disposable) => void disposable.dispose());
  }

  private update(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !this.languages.includes(document.languageId)) {
      this.item.hide();
      return;
    }
    const findings = vscode.languages.getDiagnostics(document.uri).filter((finding) => finding.source === SOURCE);
    const count = (severity: vscode.DiagnosticSeverity) =>
      findings.filter((finding) => finding.severity === severity).length;
    const errors = count(vscode.DiagnosticSeverity.Error);
    const warnings = count(vscode.DiagnosticSeverity.Warning);
    // Plain text and Markdown may be anything: there is no item for a document that is not a report.
    if (findings.length === 0 && document.languageId !== "gongkai-report") {
      this.item.hide();
      return;
    }
    this.item.text =
      errors > 0
        ? `$(error) ${errors === 1 ? vscode.l10n.t("Report: 1 error") : vscode.l10n.t("Report: {0} errors", errors)}`
        : warnings > 0
          ? `$(warning) ${warnings === 1 ? vscode.l10n.t("Report: 1 warning") : vscode.l10n.t("Report: {0} warnings", warnings)}`
          : `$(check) ${vscode.l10n.t("Report: no errors")}`;
    this.item.tooltip = vscode.l10n.t(
      "Errors: {0}, warnings: {1}, others: {2}. Click for the list.",
      errors,
      warnings,
      findings.length - errors - warnings,
    );
    this.item.show();
  }
}
