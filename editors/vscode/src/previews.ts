// The preview of an open report, beside its text: the official form, live, with a way to the text and back, and figures that
// can be typed into the tables.

import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { LanguageClient, WorkspaceEdit } from "vscode-languageclient/node";
import { page, scripts } from "./page";
import { renderDocument } from "./preview/render";
import type { Range, Report } from "./preview/report";
import { STYLE } from "./preview/style";
import type { FromPage, ToPage } from "./webview/messages";

/** So many milliseconds pass after an edit before the page follows it. */
const PAUSE = 60;

/** Who reads reports. */
export interface ReportReader {
  readonly client: LanguageClient | undefined;
  /** Fires once the server knows a document, after a restart, too. */
  readonly onDidOpen: vscode.Event<vscode.TextDocument>;
}

/** The reports in the document `uri`; null where there is none. */
export async function reportsOf(server: ReportReader, uri: vscode.Uri): Promise<Report[] | null> {
  const { client } = server;
  if (client === undefined) {
    return null;
  }
  const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) };
  return client.sendRequest<Report[] | null>("gongkai/report", { textDocument });
}

/** The previews that are open, one for a document. */
export class Previews implements vscode.Disposable, vscode.WebviewPanelSerializer {
  static readonly viewType = "gongkai.preview";
  private readonly panels = new Map<string, PreviewPanel>();
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: ReportReader,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.disposables = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.of(document.uri)?.refreshLater()),
      server.onDidOpen((document) => this.of(document.uri)?.refreshLater()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.of(uri)?.dispose()),
      // Settings, or what other files say, may give other findings.
      vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.forEach((uri) => this.of(uri)?.refreshLater())),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (kind !== undefined) {
          this.of(textEditor.document.uri)?.reveal(textEditor.selection.active);
        }
      }),
      vscode.window.registerWebviewPanelSerializer(Previews.viewType, this),
    ];
  }

  dispose(): void {
    this.panels.forEach((panel) => panel.dispose());
    this.disposables.forEach((disposable) => void disposable.dispose());
  }

  /** Shows the preview of `document` beside it. */
  show(document: vscode.TextDocument): void {
    const open = this.of(document.uri);
    if (open !== undefined) {
      open.panel.reveal(undefined, true);
      return;
    }
    const title = vscode.l10n.t("Preview {0}", path.posix.basename(document.uri.path));
    const options = {
      enableScripts: true,
      localResourceRoots: [scripts(this.extension)],
      retainContextWhenHidden: true,
    };
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.add(vscode.window.createWebviewPanel(Previews.viewType, title, column, options), document);
  }

  /** A window that is loaded again has no document to its panels: they go. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    panel.dispose();
  }

  private of(uri: vscode.Uri): PreviewPanel | undefined {
    return this.panels.get(uri.toString());
  }

  private add(panel: vscode.WebviewPanel, document: vscode.TextDocument): void {
    const key = document.uri.toString();
    panel.iconPath = vscode.Uri.joinPath(this.extension, "icon.png");
    const added = new PreviewPanel(panel, document, this.extension, this.server, this.log);
    this.panels.set(key, added);
    panel.onDidDispose(() => this.panels.delete(key));
  }
}

class PreviewPanel {
  private timer: NodeJS.Timeout | undefined;
  private isReady = false;
  /** The number of the newest request: an answer that comes late is not shown. */
  private newest = 0;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly document: vscode.TextDocument,
    extension: vscode.Uri,
    private readonly server: ReportReader,
    private readonly log: vscode.LogOutputChannel,
  ) {
    panel.webview.onDidReceiveMessage((message: FromPage) => {
      this.receive(message).catch((error: unknown) => this.log.warn(String(error)));
    });
    panel.onDidDispose(() => clearTimeout(this.timer));
    panel.webview.html = page(panel.webview, extension, { isReadOnly: false });
  }

  dispose(): void {
    this.panel.dispose();
  }

  refreshLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), PAUSE);
  }

  reveal({ line, character }: vscode.Position): void {
    this.send({ type: "reveal", line, character });
  }

  private async refresh(): Promise<void> {
    this.newest += 1;
    const own = this.newest;
    try {
      const reports = await reportsOf(this.server, this.document.uri);
      if (own === this.newest) {
        this.send({ type: "reports", reports });
      }
    } catch (error) {
      // The server may be about to start again; what it says then is shown.
      this.log.warn(String(error));
    }
  }

  private send(message: ToPage): void {
    if (this.isReady) {
      void this.panel.webview.postMessage(message);
    }
  }

  private async receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        this.isReady = true;
        await this.refresh();
        break;
      case "reveal":
        await this.go(message.range);
        break;
      case "setCell": {
        const { id, cell, value } = message;
        const refused = await this.write({ ...cell, value });
        this.send(refused === undefined ? { type: "written", id } : { type: "written", id, refused });
        break;
      }
      case "fix": {
        const edit = new vscode.WorkspaceEdit();
        edit.set(
          this.document.uri,
          message.fix.edits.map(({ range, newText }) => vscode.TextEdit.replace(rangeOf(range), newText)),
        );
        await vscode.workspace.applyEdit(edit);
        break;
      }
    }
  }

  /** Shows `range` of the text, in the editor that has it open. */
  private async go(range: Range): Promise<void> {
    const selection = rangeOf(range);
    const open = vscode.window.visibleTextEditors.find(({ document }) => document === this.document);
    const shown = await vscode.window.showTextDocument(this.document, {
      viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
      preserveFocus: true,
      selection,
    });
    shown.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Writes a figure into the text; gives why that was not done. */
  private async write(cell: object): Promise<string | undefined> {
    const { client } = this.server;
    if (client === undefined) {
      return vscode.l10n.t("the language server does not run");
    }
    const { version } = this.document;
    const textDocument = { uri: client.code2ProtocolConverter.asUri(this.document.uri) };
    try {
      const answer = await client.sendRequest<WorkspaceEdit>("gongkai/setCell", { ...cell, textDocument });
      const edit = await client.protocol2CodeConverter.asWorkspaceEdit(answer);
      if (this.document.version !== version || edit === undefined || !(await vscode.workspace.applyEdit(edit))) {
        return vscode.l10n.t("the text changed meanwhile: try again");
      }
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

export function rangeOf({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Opens the report as a page of its own in the browser, which prints it. */
export async function print(server: ReportReader, uri: vscode.Uri): Promise<void> {
  const reports = await reportsOf(server, uri);
  const language = vscode.env.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  const name = path.posix.basename(uri.path).replace(/\.[^.]*$/, "");
  const file = path.join(tmpdir(), `${name}-${process.pid}.html`);
  await writeFile(file, renderDocument(reports, { language }, STYLE));
  await vscode.env.openExternal(vscode.Uri.file(file));
}
