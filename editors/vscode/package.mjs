// Builds the language server and packs it with the extension into one VSIX for this system.
//
//   node package.mjs [--debug] [--out FILE]
//
// `--debug` packs the debug build, which is quicker to have. CARGO_TARGET_DIR is honoured.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const { values } = parseArgs({ options: { debug: { type: "boolean", default: false }, out: { type: "string" } } });

const target = `${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "gongkai.exe" : "gongkai";
const profile = values.debug ? "debug" : "release";
const out = path.resolve(values.out ?? path.join(here, `gongkai-${target}.vsix`));
const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: "inherit" });

run("cargo", ["build", "--locked", ...(values.debug ? [] : ["--release"])], root);
const metadata = execFileSync("cargo", ["metadata", "--format-version=1", "--no-deps", "--offline"], { cwd: root });
const built = path.join(JSON.parse(metadata.toString()).target_directory, profile, name);

// An old server must not be packed if the copy fails.
rmSync(path.join(here, "server"), { recursive: true, force: true });
mkdirSync(path.join(here, "server"));
copyFileSync(built, path.join(here, "server", name));
chmodSync(path.join(here, "server", name), 0o755);
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) {
  copyFileSync(path.join(root, licence), path.join(here, licence));
}
mkdirSync(path.dirname(out), { recursive: true });
const vsce = path.join(here, "node_modules/@vscode/vsce/vsce");
run(process.execPath, [vsce, "package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "--target", target, "--out", out], here);
