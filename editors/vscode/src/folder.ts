// Checks the reports of a folder, also those that are not open, into the list of problems.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

/** What a check of a folder came to. */
interface FolderSummary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly messages: readonly string[];
}

/** Checks `folder`, or one that the user chooses. */
export async function checkFolder(
  client: LanguageClient | undefined,
  folder: vscode.Uri | undefined,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const chosen = folder ?? (await choose());
  if (chosen === undefined || client === undefined) {
    return;
  }
  const title = vscode.l10n.t("Checking the reports in “{0}”", vscode.workspace.asRelativePath(chosen));
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
  const summary = await vscode.window.withProgress(options, async (progress, cancelled) => {
    const workDoneToken = `gongkai-folder-${Date.now()}`;
    const said = client.onNotification(
      "$/progress",
      ({ token, value }: { token: string; value: { kind: string; message?: string } }) => {
        if (token === workDoneToken && value.kind === "report" && value.message !== undefined) {
          progress.report({ message: value.message.replace(/^.*[\\/]/, "") });
        }
      },
    );
    try {
      const uri = client.code2ProtocolConverter.asUri(chosen);
      return await client.sendRequest<FolderSummary>("gongkai/checkFolder", { uri, workDoneToken }, cancelled);
    } catch (error) {
      if (!cancelled.isCancellationRequested) {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
      return undefined;
    } finally {
      said.dispose();
    }
  });
  if (summary === undefined) {
    return;
  }
  summary.messages.forEach((message) => log.info(message));
  const { files, errors, warnings, infos } = summary;
  const show = vscode.l10n.t("Show Output");
  if (errors + warnings + infos > 0) {
    await vscode.commands.executeCommand("workbench.action.problems.focus");
  }
  const message = vscode.l10n.t("Files: {3}. Errors: {0}, warnings: {1}, others: {2}.", errors, warnings, infos, files);
  if ((await vscode.window.showInformationMessage(message, show)) === show) {
    log.show(true);
  }
}

/** The folder of the workspace; where there are several, one that the user chooses. */
async function choose(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    return (await vscode.window.showWorkspaceFolderPick())?.uri;
  }
  return (
    folders[0]?.uri ?? (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false }))?.[0]
  );
}
