// The VS Code side of gongkai: finds the language server, starts it, and says clearly when it cannot.

import { homedir } from "node:os";
import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, TransportKind } from "vscode-languageclient/node";
import { locate, version, type Located, type Origin } from "./server";

const LANGUAGES = ["gongkai-report", "plaintext", "markdown", "html"];
/** Generous: a cold binary on a slow disk, with a virus scanner looking on. */
const VERSION_TIMEOUT = 15_000;

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("gongkai", { log: true });
  server = new Server(context, log);
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("gongkai.restart", () => server?.restart()),
    vscode.commands.registerCommand("gongkai.showOutput", () => log.show(true)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("gongkai.server.path")) {
        void server?.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void server?.restart()),
  );
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
  server = undefined;
}

/** The running server, if any. Starts and stops queue up, so that two quick restarts cannot leave two servers. */
class Server {
  private client: LanguageClient | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  private enqueue(task: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(task).catch((error: unknown) => this.log.error(String(error)));
    return this.queue;
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A server that is starting, hung or gone must not keep the next one from starting.
    await client?.dispose(2000).catch((error: unknown) => this.log.warn(String(error)));
  }

  private async startNow(): Promise<void> {
    const located = await locate({
      setting: vscode.workspace.getConfiguration("gongkai").get("server.path", ""),
      extensionFolder: this.context.extensionPath,
      workspaceFolder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
      home: homedir(),
      environment: process.env,
      platform: process.platform,
    });
    if (located.kind !== "found") {
      this.complain(notFound(located));
      return;
    }
    const { file, origin } = located;
    try {
      this.log.info(`${await version(file, VERSION_TIMEOUT)}: ${file} (${origin})`);
    } catch (error) {
      this.complain(notStarted(file, origin, error));
      return;
    }
    const client = new LanguageClient(
      "gongkai",
      "gongkai",
      { command: file, args: ["server"], transport: TransportKind.stdio },
      {
        documentSelector: [
          ...LANGUAGES.flatMap((language) => [
            { scheme: "file", language },
            { scheme: "untitled", language },
          ]),
          { scheme: "file", pattern: "**/gongkai.toml" },
        ],
        outputChannel: this.log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: settings,
        synchronize: { configurationSection: "gongkai" },
        // Said below, with what to do.
        initializationFailedHandler: () => false,
      },
    );
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.client = undefined;
      await client.dispose(2000).catch(() => undefined);
      this.complain(notStarted(file, origin, error));
    }
  }

  /** Shows what is wrong, with a way to the setting. Does not wait for the answer. */
  private complain(message: string): void {
    this.log.error(message);
    const openSetting = vscode.l10n.t("Open Setting");
    const showOutput = vscode.l10n.t("Show Output");
    void vscode.window.showErrorMessage(message, openSetting, showOutput).then((choice) => {
      if (choice === openSetting) {
        void vscode.commands.executeCommand("workbench.action.openSettings", "gongkai.server.path");
      } else if (choice === showOutput) {
        this.log.show(true);
      }
    });
  }
}

/** What the server is told of the editor's settings at the start; changes follow by pull and by push. */
function settings(): unknown {
  const configuration = vscode.workspace.getConfiguration("gongkai");
  return JSON.parse(JSON.stringify(configuration));
}

function notFound(located: Exclude<Located, { kind: "found" }>): string {
  switch (located.kind) {
    case "setting-missing":
      return vscode.l10n.t(
        "The gongkai language server was not found: the setting gongkai.server.path is “{0}”, and there is no such file. Correct the path, or clear the setting to use the server that comes with the extension.",
        located.file,
      );
    case "setting-folder":
      return vscode.l10n.t(
        "The gongkai language server cannot be used: the setting gongkai.server.path is “{0}”, which is a folder. Give the path of the executable in it, or clear the setting to use the server that comes with the extension.",
        located.file,
      );
    case "nowhere":
      return vscode.l10n.t(
        "The gongkai language server was not found. Looked for: {0}. Install gongkai so that it is on the PATH, or set gongkai.server.path.",
        located.tried.join(", "),
      );
  }
}

function notStarted(file: string, origin: Origin, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return origin === "setting"
    ? vscode.l10n.t(
        "The setting gongkai.server.path is “{0}”, which cannot be started: {1}. Correct the path, or clear the setting to use the server that comes with the extension.",
        file,
        reason,
      )
    : vscode.l10n.t(
        "The gongkai language server “{0}” cannot be started: {1}. Make sure that it is executable and made for this system.",
        file,
        reason,
      );
}
