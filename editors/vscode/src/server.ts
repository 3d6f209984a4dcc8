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
 * and not passed over: whoever set it wants that server, not another.
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
 * Runs `file --version` and gives what it says. Tells a wrong file, a missing permission and a binary for another
 * system apart from a server that fails later on.
 */
export function version(file: string, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, ["--version"], { timeout, windowsHide: true }, (error, stdout) => {
      if (error === null) {
        resolve(stdout.trim());
      } else if (error.killed === true) {
        reject(new Error(`no answer to --version in ${timeout / 1000} s`));
      } else if (typeof error.code === "number") {
        reject(new Error(`--version ended with exit code ${error.code}`));
      } else {
        // ENOENT for a file that exists: its loader does not (another C library, another processor).
        reject(new Error(String(error.code ?? error.message)));
      }
    });
  });
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
