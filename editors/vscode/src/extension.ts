// The VS Code side of gongkai: finds the language server, starts it, says clearly when it cannot, and offers what the editor
// has and the protocol has not: pages, menus, the language and the encoding of a document.

import { spawn, type ChildProcess } from "node:child_process";
import { homedir } from "node:os";
import * as vscode from "vscode";
import {
  CloseAction,
  LanguageClient,
  RevealOutputChannelOn,
  type CloseHandlerResult,
  type ErrorHandler,
  type LanguageClientOptions,
  type WorkspaceEdit,
} from "vscode-languageclient/node";
import { DataPages } from "./data";
import { Documents } from "./documents";
import { checkFolder } from "./folder";
import { Lifecycle, TimeoutError, within, type Session } from "./lifecycle";
import { newReport } from "./newReport";
import { Previews, print } from "./previews";
import { explainRule } from "./rules";
import { StatusBar } from "./status";
import { CheckTasks } from "./tasks";
import { WordEditors } from "./word";
import { locate, version, VersionError, withOutput, type Located, type Origin } from "./server";

const LANGUAGES = ["gongkai-report", "plaintext", "markdown", "html"];
/** Generous: a cold binary on a slow disk, with a virus scanner looking on. */
const VERSION_TIMEOUT = 15_000;
const START_TIMEOUT = 30_000;
/** For how long a server that runs may take to end before its process is killed. */
const END_TIMEOUT = 2_000;
/** How long the end of a process may be known after its pipes broke. */
const EXIT_TIMEOUT = 2_000;
/** How long what a process that is gone wrote to its stderr may take: another one that it started may keep it open. */
const STDERR_TIMEOUT = 500;
/** So much of what the server writes to its stderr is kept. */
const STDERR_KEPT = 4_000;
/** The scheme of the pages of the rules, which are there without a network: `gongkai-rule:/GK303.md`. */
const RULE_SCHEME = "gongkai-rule";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("gongkai", { log: true });
  const running = new Server(context, log);
  server = running;
  const previews = new Previews(context.extensionUri, running, log);
  const word = new WordEditors(context.extensionUri, running, log);
  const data = new DataPages(running);
  /** What a command is about: what it was chosen on, else what is looked at. */
  const target = (uri: unknown) =>
    uri instanceof vscode.Uri ? uri : (vscode.window.activeTextEditor?.document.uri ?? word.uri);
  const command = (name: string, run: (uri: unknown) => unknown) =>
    vscode.commands.registerCommand(`gongkai.${name}`, run);
  context.subscriptions.push(
    log,
    new Documents(LANGUAGES, running, log),
    new StatusBar(LANGUAGES),
    vscode.commands.registerCommand("gongkai.fixAll", () =>
      vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.gongkai", apply: "first" }),
    ),
    vscode.commands.registerCommand("gongkai.showFindings", () =>
      vscode.commands.executeCommand("workbench.action.problems.focus"),
    ),
    command("restart", () => running.restart()),
    command("showOutput", () => log.show(true)),
    vscode.commands.registerCommand("gongkai.chooseSuppression", (choices: Choice[]) => running.choose(choices)),
    command("showPreview", async (uri) => {
      const about = target(uri);
      if (about !== undefined && about.toString() !== word.uri?.toString()) {
        previews.show(await vscode.workspace.openTextDocument(about));
      }
    }),
    command("print", async (uri) => {
      const about = target(uri);
      if (about !== undefined) {
        await print(running, about);
      }
    }),
    command("showData", async (uri) => {
      const about = target(uri);
      if (about !== undefined) {
        await data.show(about);
      }
    }),
    command("newReport", () => newReport(running)),
    command("checkFolder", (uri) => checkFolder(running.client, uri instanceof vscode.Uri ? uri : undefined, log)),
    command("explainRule", () => explainRule(running.file, rulePage)),
    command("fixWord", () => word.fix()),
    previews,
    vscode.window.registerCustomEditorProvider(WordEditors.viewType, word, {
      webviewOptions: { retainContextWhenHidden: true },
    }),
    vscode.workspace.registerTextDocumentContentProvider(DataPages.scheme, data),
    vscode.tasks.registerTaskProvider(CheckTasks.type, new CheckTasks(() => running.file)),
    vscode.workspace.registerTextDocumentContentProvider(RULE_SCHEME, running),
    vscode.window.onDidChangeActiveTextEditor((editor) => void showAsPage(editor)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("gongkai.server.path")) {
        void running.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void running.restart()),
  );
  // Not waited for: a server that does not answer must not keep the commands from working.
  void running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
  server = undefined;
}

/** The page of the rule `code`. */
function rulePage(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${code}.md` });
}

/** Something that can be done about a finding. */
interface Choice {
  readonly title: string;
  readonly edit: WorkspaceEdit;
}

/** The running server, if any. */
class Server implements vscode.TextDocumentContentProvider {
  private readonly lifecycle: Lifecycle;
  private session: ServerSession | undefined;
  private readonly opened = new vscode.EventEmitter<vscode.TextDocument>();
  /** Fires for every document that a server was told of, and so can be asked about. */
  readonly onDidOpen = this.opened.event;
  private readonly started = new vscode.EventEmitter<void>();
  /** Fires when a server runs. */
  readonly onDidStart = this.started.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.lifecycle = new Lifecycle({
      create: async () => (this.session = await this.create()),
      failed: (session, error) => (session as ServerSession).report(error),
      limit: START_TIMEOUT,
    });
  }

  async restart(): Promise<void> {
    await this.lifecycle.restart().catch((error: unknown) => this.log.error(String(error)));
    if (this.client !== undefined) {
      this.started.fire();
    }
  }

  stop(): Promise<void> {
    return this.lifecycle.stop();
  }

  /** The client of a server that runs. */
  get client(): LanguageClient | undefined {
    const client = this.session?.client;
    return client?.isRunning() === true ? client : undefined;
  }

  /** The program that runs. */
  get file(): string | undefined {
    return this.client === undefined ? undefined : this.session?.file;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const code = uri.path.replace(/^\//, "").replace(/\.md$/, "");
    const page = await this.client?.sendRequest<{ markdown: string }>("gongkai/ruleDocumentation", { code });
    return page?.markdown ?? "";
  }

  /** Lets the user choose, and does it. */
  async choose(choices: Choice[]): Promise<void> {
    const items = choices.map((choice) => ({ label: choice.title, choice }));
    const chosen = await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t("Choose what to ignore, and where"),
    });
    const edit = await this.client?.protocol2CodeConverter.asWorkspaceEdit(chosen?.choice.edit);
    if (edit === undefined || !(await vscode.workspace.applyEdit(edit))) {
      return;
    }
    // An entry of gongkai.toml has a reason to be written, and counts once it is saved.
    const other = edit.entries().find(([uri]) => uri.path.endsWith("/gongkai.toml"))?.[0];
    if (other !== undefined) {
      await vscode.window.showTextDocument(other, { preview: false });
    }
  }

  private async create(): Promise<ServerSession | undefined> {
    const located = await locate({
      setting: vscode.workspace.getConfiguration("gongkai").get("server.path", ""),
      extensionFolder: this.context.extensionPath,
      workspaceFolder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
      home: homedir(),
      environment: process.env,
      platform: process.platform,
    });
    if (located.kind !== "found") {
      complain(this.log, notFound(located));
      return undefined;
    }
    return new ServerSession(located.file, located.origin, this.log, (document) => this.opened.fire(document));
  }
}

/** The errors of the client library go to the log: what the user has to know is said once, by us. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** One process of the server, or several where the library starts it again after a crash. */
class ServerSession implements Session {
  readonly client: LanguageClient;
  private readonly usual: ErrorHandler;
  private process: ChildProcess | undefined;
  /** Resolves once the first process is gone and what it wrote to its stderr was read. */
  private readonly gone: Promise<void>;
  private isGone: () => void = () => undefined;
  /** How the process ended by itself, if it did. */
  private ended: { code: number | null; signal: NodeJS.Signals | null } | undefined;
  private stderr = "";
  private state: "starting" | "running" | "ended" = "starting";

  constructor(
    readonly file: string,
    private readonly origin: Origin,
    private readonly log: vscode.LogOutputChannel,
    private readonly opened: (document: vscode.TextDocument) => void,
  ) {
    this.gone = new Promise((resolve) => (this.isGone = resolve));
    const options: LanguageClientOptions = {
      documentSelector: [
        ...LANGUAGES.flatMap((language) => [
          { scheme: "file", language },
          { scheme: "untitled", language },
        ]),
        { scheme: "file", pattern: "**/gongkai.toml" },
      ],
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: settings,
      synchronize: { configurationSection: "gongkai" },
      middleware: {
        didOpen: async (document, next) => {
          await next(document);
          this.opened(document);
        },
      },
      // Said by `report`, with what to do.
      initializationFailedHandler: () => false,
      errorHandler: {
        error: (error, message, count) => this.usual.error(error, message, count),
        closed: () => this.closed(),
      },
    };
    this.client = new QuietClient("gongkai", "gongkai", () => Promise.resolve(this.spawn()), options);
    this.usual = this.client.createDefaultErrorHandler();
  }

  async start(): Promise<void> {
    this.log.info(`${await version(this.file, VERSION_TIMEOUT)}: ${this.file} (${this.origin})`);
    if (this.state === "ended") {
      throw new Error("ended");
    }
    try {
      // Where the process is gone before its first answer, the library may never notice, or take that for a start.
      const gone = this.gone.then(() => Promise.reject(new Error("ended")));
      await Promise.race([this.client.start(), gone]);
      if (!this.client.isRunning()) {
        throw new Error("ended");
      }
    } catch (error) {
      // A pipe that broke says nothing: how the process ended, and what it wrote, is known a moment later.
      await within(this.gone, EXIT_TIMEOUT).catch(() => undefined);
      this.ended = this.process && { code: this.process.exitCode, signal: this.process.signalCode };
      throw error;
    }
    if (this.state === "starting") {
      this.state = "running";
    }
  }

  async end(): Promise<void> {
    const wasRunning = this.state === "running";
    this.state = "ended";
    if (!wasRunning) {
      // It may never answer: only the end of the process ends the wait for it.
      this.process?.kill("SIGKILL");
    }
    await within(this.client.dispose(END_TIMEOUT), END_TIMEOUT + 500).catch((error: unknown) =>
      this.log.warn(String(error)),
    );
    this.process?.kill("SIGKILL");
  }

  /** Says once why the server does not run. */
  report(error: unknown): void {
    const { code, signal } = this.ended ?? { code: this.process?.exitCode ?? null, signal: null };
    const reason =
      code !== null
        ? vscode.l10n.t("it ended with exit code {0}", code)
        : signal !== null
          ? vscode.l10n.t("it was ended by the signal {0}", signal)
          : reasonOf(error);
    const stderr = error instanceof VersionError ? error.stderr : this.stderr;
    complain(this.log, notStarted(this.file, this.origin, withOutput(reason, stderr)));
  }

  private spawn(): ChildProcess {
    const child = spawn(this.file, ["server", "--stdio"], { windowsHide: true });
    this.process = child;
    // Not its "close": that waits for an output that may not be read any more.
    const said = new Promise<void>((resolve) => child.stderr.once("close", resolve));
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    void ended.then(() => within(said, STDERR_TIMEOUT)).then(this.isGone, this.isGone);
    child.once("error", this.isGone);
    this.stderr = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => (this.stderr = (this.stderr + text).slice(-STDERR_KEPT)));
    // An error here is seen as the end of the connection, too.
    child.on("error", (error) => this.log.error(String(error)));
    return child;
  }

  /** What to do when the connection closed. */
  private async closed(): Promise<CloseHandlerResult> {
    if (this.state !== "running") {
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    const result = await this.usual.closed();
    if (result.action === CloseAction.DoNotRestart) {
      this.report(new Error(vscode.l10n.t("it ended several times in a row")));
    }
    return { ...result, handled: true };
  }
}

/** Why a start failed, in the user's language. */
function reasonOf(error: unknown): string {
  if (error instanceof TimeoutError) {
    return vscode.l10n.t("it did not answer within {0} s", error.limit / 1000);
  }
  if (error instanceof VersionError) {
    switch (error.kind) {
      case "other-program":
        return vscode.l10n.t("it is another program, whose version is “{0}”", error.detail);
      case "no-answer":
        return vscode.l10n.t("it did not answer within {0} s", error.detail);
      case "exit-code":
        return vscode.l10n.t("it ended with exit code {0}", error.detail);
      case "system":
        return error.detail;
    }
  }
  return error instanceof Error ? error.message : String(error);
}

/** A page of a rule is shown as it is meant to be read, not as Markdown source. */
async function showAsPage(editor: vscode.TextEditor | undefined): Promise<void> {
  if (editor?.document.uri.scheme !== RULE_SCHEME) {
    return;
  }
  const { uri } = editor.document;
  await vscode.commands.executeCommand("markdown.showPreview", uri);
  const isSource = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap((group) => group.tabs.filter(isSource)));
}

/** Opens the settings where `name` is set: those of the folder, of the remote machine, or of the user. */
async function openSetting(name: string): Promise<void> {
  const setting = vscode.workspace.getConfiguration().inspect(name);
  const own = setting?.workspaceFolderValue ?? setting?.workspaceValue;
  // On a remote machine the user's settings do not show what is set for a machine.
  const scope =
    own !== undefined
      ? "openWorkspaceSettings"
      : vscode.env.remoteName !== undefined
        ? "openRemoteSettings"
        : "openSettings";
  await vscode.commands.executeCommand(`workbench.action.${scope}`, { query: name });
}

/** Shows what is wrong, with a way to the setting. Does not wait for the answer. */
function complain(log: vscode.LogOutputChannel, message: string): void {
  log.error(message);
  const open = vscode.l10n.t("Open Setting");
  const showOutput = vscode.l10n.t("Show Output");
  void vscode.window.showErrorMessage(message, open, showOutput).then((choice) => {
    if (choice === open) {
      void openSetting("gongkai.server.path");
    } else if (choice === showOutput) {
      log.show(true);
    }
  });
}

/** What the server is told at the start: the editor's settings, which also follow by pull and by push, and what this side can. */
function settings(): unknown {
  const configuration = vscode.workspace.getConfiguration("gongkai");
  const own = JSON.parse(JSON.stringify(configuration)) as Record<string, unknown>;
  return { ...own, documentationUrl: `${RULE_SCHEME}:/`, suppressionMenu: true };
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

function notStarted(file: string, origin: Origin, reason: string): string {
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
