// Which language server to run. Knows nothing of VS Code, so that it can be tested without one.

import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import * as path from "node:path";

/** Where a server was looked for. */
export type Origin = "setting" | "bundled" | "path";

/** What is known of the machine and the settings. */
export interface Surroundings {
  /** The setting `gongkai.server.path`, as the user wrote it. */
  readonly setting: string;
  /** The folder that this extension is installed in. */
  readonly extensionFolder: string;
  /** The first folder of the workspace. */
  readonly workspaceFolder: string | undefined;
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/** The server to run, or why there is none. */
export type Located =
  | { readonly kind: "found"; readonly file: string; readonly origin: Origin }
  | { readonly kind: "setting-missing"; readonly file: string }
  | { readonly kind: "setting-folder"; readonly file: string }
  | { readonly kind: "nowhere"; readonly tried: readonly string[] };

/**
 * The setting, then the server that came with the extension, then the PATH. A setting that names no file is an error
 * and not skipped: the user wants that server and no other.
 */
export async function locate(surroundings: Surroundings): Promise<Located> {
  const setting = surroundings.setting.trim();
  if (setting !== "") {
    const file = expand(setting, surroundings);
    switch (await kindOf(file)) {
      case "file":
        return { kind: "found", file, origin: "setting" };
      case "folder":
        return { kind: "setting-folder", file };
      case "nothing":
        return { kind: "setting-missing", file };
    }
  }
  const name = surroundings.platform === "win32" ? "gongkai.exe" : "gongkai";
  const bundled = path.join(surroundings.extensionFolder, "server", name);
  if ((await kindOf(bundled)) === "file") {
    return { kind: "found", file: bundled, origin: "bundled" };
  }
  for (const folder of searchPath(surroundings)) {
    const file = path.join(folder, name);
    if ((await kindOf(file)) === "file") {
      return { kind: "found", file, origin: "path" };
    }
  }
  return { kind: "nowhere", tried: [bundled, `${name} (PATH)`] };
}

/** `~`, `${workspaceFolder}` and relative paths, which start at the workspace's first folder. */
export function expand(setting: string, surroundings: Surroundings): string {
  let file = setting;
  if (file === "~" || file.startsWith("~/") || file.startsWith("~\\")) {
    file = surroundings.home + file.slice(1);
  }
  const folder = surroundings.workspaceFolder;
  if (folder !== undefined) {
    file = file.replaceAll("${workspaceFolder}", () => folder);
    file = path.resolve(folder, file);
  }
  return path.normalize(file);
}

/**
 * Runs `file --version` and gives what it says. Tells a wrong file, a missing permission, another program and a binary for
 * another system apart from a server that fails later on; with what the program wrote to its stderr.
 */
export function version(file: string, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, ["--version"], { timeout, windowsHide: true }, (error, stdout, stderr) => {
      const fail = (kind: VersionProblem, detail: string) => reject(new VersionError(kind, detail, stderr));
      if (error === null) {
        if (/^gongkai \d/.test(stdout)) {
          resolve(stdout.trim());
        } else {
          fail("other-program", lastLines(stdout));
        }
      } else if (error.killed === true) {
        fail("no-answer", String(timeout / 1000));
      } else if (typeof error.code === "number") {
        fail("exit-code", String(error.code));
      } else {
        // ENOENT for a file that exists: its loader does not (another C library, another processor).
        fail("system", String(error.code ?? error.message));
      }
    });
  });
}

/** Why a program did not tell its version, as the server does. */
export type VersionProblem = "other-program" | "no-answer" | "exit-code" | "system";

/** What came of asking for the version: `detail` is what the program said, the seconds, the exit code, or the system's error. */
export class VersionError extends Error {
  constructor(
    readonly kind: VersionProblem,
    readonly detail: string,
    readonly stderr: string,
  ) {
    super(`${kind}: ${detail}`);
  }
}

/** `message`, and the last of what a program wrote to its stderr. */
export function withOutput(message: string, stderr: string): string {
  const said = lastLines(stderr);
  return said === "" ? message : `${message} (${said})`;
}

/** The last lines of `output`, on one line and not too long for a message. */
function lastLines(output: string): string {
  // eslint-disable-next-line no-control-regex -- colours of a terminal start with ESC
  const plain = output.replaceAll(/\x1b\[[0-9;]*[A-Za-z]/g, "");
  const lines = plain
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const kept = lines.slice(-3).join(" / ");
  return kept.length > 300 ? `…${kept.slice(-300)}` : kept;
}

function searchPath(surroundings: Surroundings): string[] {
  const { environment, platform } = surroundings;
  const value = environment["PATH"] ?? (platform === "win32" ? environment["Path"] : undefined) ?? "";
  return value.split(platform === "win32" ? ";" : ":").filter((folder) => path.isAbsolute(folder));
}

async function kindOf(file: string): Promise<"file" | "folder" | "nothing"> {
  try {
    const found = await stat(file);
    return found.isDirectory() ? "folder" : "file";
  } catch {
    return "nothing";
  }
}
