// What is done about a document that was just opened: a report whose name does not tell becomes one, and a report in GB18030
// that was opened as UTF-8 is offered to be opened again.

import * as path from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { isGarbled, isGb18030Report } from "./encoding";

const REPORT = "gongkai-report";
/** After so many milliseconds without an edit a document is looked at again. */
const PAUSE = 800;
/** Longer documents, in characters, are left alone. */
const LONGEST = 5_000_000;

/** Who knows what a document is. */
interface Server {
  readonly client: LanguageClient | undefined;
  /** Fires for every document that the server was told of. */
  readonly onDidOpen: vscode.Event<vscode.TextDocument>;
}

export class Documents implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[];
  /** Those that became reports: whoever makes one plain text again has a reason. */
  private readonly recognised = new Set<string>();
  /** Those that were asked about. */
  private readonly asked = new Set<string>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly languages: readonly string[],
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.disposables = [
      // Without a server, too: a garbled report must not be saved.
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      server.onDidOpen((document) => this.look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.lookLater(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.asked.delete(uri.toString())),
    ];
    vscode.workspace.textDocuments.forEach((document) => void this.checkEncoding(document));
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.disposables.forEach((disposable) => void disposable.dispose());
  }

  private look(document: vscode.TextDocument): void {
    this.checkEncoding(document).catch((error: unknown) => this.log.warn(String(error)));
    this.recognise(document).catch((error: unknown) => this.log.warn(String(error)));
  }

  private lookLater(document: vscode.TextDocument): void {
    if (!this.mayBeRecognised(document)) {
      return;
    }
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    const look = () => {
      this.timers.delete(key);
      this.look(document);
    };
    this.timers.set(key, setTimeout(look, PAUSE));
  }

  private mayBeRecognised(document: vscode.TextDocument): boolean {
    return (
      document.languageId === "plaintext" &&
      ["file", "untitled"].includes(document.uri.scheme) &&
      !this.recognised.has(document.uri.toString()) &&
      vscode.workspace.getConfiguration("gongkai", document).get("recognizeReports", true)
    );
  }

  /** Makes a report of plain text that the server recognises as one: it is silent, and has no outline, where there is none. */
  private async recognise(document: vscode.TextDocument): Promise<void> {
    const client = this.server.client;
    if (client === undefined || !this.mayBeRecognised(document) || document.getText().length > LONGEST) {
      return;
    }
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const outline = await client.sendRequest<unknown[] | null>("textDocument/documentSymbol", {
      textDocument: { uri },
    });
    if (outline !== null && outline.length > 0 && !document.isClosed && this.mayBeRecognised(document)) {
      this.recognised.add(document.uri.toString());
      await vscode.languages.setTextDocumentLanguage(document, REPORT);
    }
  }

  /** Offers to open `document` again in GB18030, if that is what the file is in. */
  private async checkEncoding(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    if (
      document.uri.scheme !== "file" ||
      !this.languages.includes(document.languageId) ||
      document.isDirty ||
      this.asked.has(key) ||
      !isGarbled(document.getText()) ||
      !isGb18030Report(await vscode.workspace.fs.readFile(document.uri)) ||
      this.asked.has(key)
    ) {
      return;
    }
    this.asked.add(key);
    const reopen = vscode.l10n.t("Reopen as GB18030");
    const message = vscode.l10n.t(
      "“{0}” is encoded in GB18030 (GBK), but was opened as UTF-8 and cannot be read. Do not save it like this.",
      path.posix.basename(document.uri.path),
    );
    if ((await vscode.window.showWarningMessage(message, reopen)) === reopen) {
      await openAs(document, "gb18030");
    }
  }
}

/** Opens `document` again in another encoding. VS Code before 1.100 can only show the list to choose from. */
async function openAs(document: vscode.TextDocument, encoding: string): Promise<void> {
  await vscode.window.showTextDocument(document);
  if ("encoding" in document) {
    const open = vscode.workspace.openTextDocument as (
      uri: vscode.Uri,
      options: { encoding: string },
    ) => Thenable<vscode.TextDocument>;
    await vscode.window.showTextDocument(await open(document.uri, { encoding }));
  } else {
    await vscode.commands.executeCommand("workbench.action.editor.changeEncoding");
  }
}
