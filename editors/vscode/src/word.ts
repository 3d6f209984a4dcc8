// Word files: shown as they will be published, with what was found in them. They are not written into here; safe fixes are
// applied by the program, after a confirmation, which changes the document alone and leaves every other part as it is.

import { execFile } from "node:child_process";
import * as path from "node:path";
import * as vscode from "vscode";
import { page, scripts } from "./page";
import { reportsOf, type ReportReader } from "./previews";
import type { Report } from "./preview/report";
import type { FromPage, ToPage } from "./webview/messages";

/** How long a file may take to be fixed. */
const LIMIT = 60_000;

/** Who reads Word files, and the program that fixes them. */
export interface WordReader extends ReportReader {
  /** The program that runs as the server. */
  readonly file: string | undefined;
  /** Fires when a server runs. */
  readonly onDidStart: vscode.Event<void>;
}

class WordDocument implements vscode.CustomDocument {
  constructor(readonly uri: vscode.Uri) {}

  dispose(): void {}
}

export class WordEditors implements vscode.CustomReadonlyEditorProvider<WordDocument> {
  static readonly viewType = "gongkai.word";
  /** The file that is looked at. */
  private active: WordPanel | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: WordReader,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  openCustomDocument(uri: vscode.Uri): WordDocument {
    return new WordDocument(uri);
  }

  resolveCustomEditor(document: WordDocument, panel: vscode.WebviewPanel): void {
    panel.webview.options = { enableScripts: true, localResourceRoots: [scripts(this.extension)] };
    const added = new WordPanel(document.uri, panel, this.server, this.log);
    this.active = added;
    panel.onDidChangeViewState(() => {
      if (panel.active) {
        this.active = added;
      }
    });
    panel.onDidDispose(() => {
      if (this.active === added) {
        this.active = undefined;
      }
    });
    panel.webview.html = page(panel.webview, this.extension, { isReadOnly: true });
  }

  /** The file that is looked at. */
  get uri(): vscode.Uri | undefined {
    return this.active?.uri;
  }

  /** Applies the safe fixes of the file that is looked at. */
  async fix(): Promise<void> {
    await this.active?.fix();
  }
}

class WordPanel {
  private reports: readonly Report[] | null = null;
  private isReady = false;

  constructor(
    readonly uri: vscode.Uri,
    private readonly panel: vscode.WebviewPanel,
    private readonly server: WordReader,
    private readonly log: vscode.LogOutputChannel,
  ) {
    // Word writes a file beside it and puts that in its place.
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), "*.docx");
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const changed = (other: vscode.Uri) => {
      if (other.toString() === uri.toString()) {
        void this.refresh();
      }
    };
    const disposables = [
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      server.onDidStart(() => void this.refresh()),
      panel.webview.onDidReceiveMessage((message: FromPage) => {
        if (message.type === "ready") {
          this.isReady = true;
          void this.refresh();
        }
      }),
    ];
    panel.onDidDispose(() => disposables.forEach((disposable) => void disposable.dispose()));
  }

  async refresh(): Promise<void> {
    if (!this.isReady || this.server.client === undefined) {
      return;
    }
    try {
      this.reports = await reportsOf(this.server, this.uri);
      const message: ToPage = { type: "reports", reports: this.reports };
      void this.panel.webview.postMessage(message);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.warn(reason);
      void vscode.window.showErrorMessage(`${path.posix.basename(this.uri.path)}: ${reason}`);
    }
  }

  async fix(): Promise<void> {
    const name = path.posix.basename(this.uri.path);
    const isSafe = ({ fixes }: Report["findings"][number]) => fixes.some((fix) => fix.safe);
    const count = (this.reports ?? []).flatMap((report) => report.findings).filter(isSafe).length;
    if (count === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("“{0}” has nothing that can be fixed safely.", name));
      return;
    }
    const apply = vscode.l10n.t("Apply and save");
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t("Apply the {0} safe fixes to “{1}” and save the file?", count, name),
      {
        modal: true,
        detail: vscode.l10n.t("Only the words and figures concerned change. Close the file in Word first."),
      },
      apply,
    );
    if (chosen !== apply || this.server.file === undefined) {
      return;
    }
    try {
      const said = await run(this.server.file, [
        "check",
        "--fix",
        "--fail-on",
        "never",
        "--output-format",
        "concise",
        this.uri.fsPath,
      ]);
      this.log.info(said);
      await this.refresh();
      void vscode.window.showInformationMessage(said.trim().split("\n").at(-1) ?? "");
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Runs the program; gives what it says beside the findings, and fails with that. */
export function run(file: string, args: readonly string[]): Promise<string> {
  const language = vscode.env.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  return new Promise((resolve, reject) => {
    execFile(file, [...args, "--lang", language], { timeout: LIMIT, windowsHide: true }, (error, _, stderr) => {
      if (error === null) {
        resolve(stderr);
      } else {
        reject(new Error(stderr.trim() === "" ? error.message : stderr.trim()));
      }
    });
  });
}
