// Installs VS Code (as code-server), its node and the browser's driver, if they are not there. Needs npm and a network.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const vscode = path.join(here, "node_modules/code-server/lib/vscode");
// Lies in node_modules, so that a fresh `npm ci` takes it away. Holds the lock file that was installed.
const marker = path.join(here, "node_modules/.gongkai-installed");
const lock = readFileSync(path.join(here, "package-lock.json"), "utf8");

/** Does nothing when all is there. */
export function setUp() {
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) {
    return;
  }
  // Warnings of other projects' packages are of no use here.
  const npm = (args, cwd) => execFileSync("npm", [...args, "--loglevel=error"], { cwd, stdio: "inherit" });
  npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], here);
  // VS Code's own modules; not `npm ci`, its lock file does not fit what is published.
  npm(["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], vscode);
  writeFileSync(marker, lock);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp();
}
