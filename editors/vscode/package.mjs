// Builds the language server and packs it with the extension into one VSIX.
//
//   node package.mjs [--debug] [--out FILE]                     for this system
//   node package.mjs --server FILE --target TARGET [--out FILE]  for any: linux-arm64, win32-x64, …
//
// On Linux the server is linked statically, so that it starts whatever C library the system has; that needs
// `rustup target add x86_64-unknown-linux-musl` and Debian's musl-tools. `--debug` packs the debug build for this machine,
// which is quicker to have. `--server` packs a program that was built before. CARGO_TARGET_DIR is honoured. The version is
// that of Cargo.toml.

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const { values } = parseArgs({
  options: {
    debug: { type: "boolean", default: false },
    out: { type: "string" },
    server: { type: "string" },
    target: { type: "string" },
  },
});

const target = values.target ?? `${process.platform}-${process.arch}`;
const name = target.startsWith("win32") ? "gongkai.exe" : "gongkai";
const out = path.resolve(values.out ?? path.join(here, `gongkai-${target}.vsix`));
const environment = { ...process.env };
const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: "inherit", env: environment });
const works = (command, args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;
if (values.target !== undefined && values.server === undefined) {
  console.error("package: --target needs --server, the program that was built for it");
  process.exit(2);
}
const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--format-version=1", "--no-deps", "--offline"], { cwd: root }),
);
const { version } = metadata.packages.find((one) => one.name === "gongkai");
const built = values.server === undefined ? build() : path.resolve(values.server);

/** Builds the server for this system and gives its path. */
function build() {
  const profile = values.debug ? "debug" : "release";
  // What is shipped runs elsewhere.
  const triple =
    process.platform === "linux" && !values.debug
      ? `${{ x64: "x86_64", arm64: "aarch64" }[process.arch]}-unknown-linux-musl`
      : undefined;
  if (!values.debug) environment.GONGKAI_PORTABLE = "1";
  if (triple) {
    const installed = spawnSync("rustup", ["target", "list", "--installed"], { encoding: "utf8" }).stdout ?? "";
    if (!installed.split(/\s+/).includes(triple) && !works("rustup", ["target", "add", triple])) {
      console.error(`package: the Rust target ${triple} is missing: rustup target add ${triple}`);
      process.exit(2);
    }
    const compiler = `CC_${triple.replaceAll("-", "_")}`;
    if (!environment[compiler] && !works("musl-gcc", ["--version"])) {
      // The allocator is C. It also compiles against glibc's headers.
      console.error("package: musl-gcc is missing (Debian: apt-get install musl-tools); trying gcc");
      environment[compiler] = "gcc";
    }
  }
  run(
    "cargo",
    ["build", "--locked", ...(values.debug ? [] : ["--release"]), ...(triple ? ["--target", triple] : [])],
    root,
  );
  const file = path.join(metadata.target_directory, triple ?? "", profile, name);
  if (triple) execFileSync(file, ["--version"], { stdio: "inherit" });
  return file;
}

if (target.startsWith("linux") && !values.debug) {
  // Versions of glibc's symbols are named in the program that needs them.
  const needed = readFileSync(built, "latin1").match(/GLIBC_(ABI_DT_RELR|\d+\.\d+)/g);
  if (needed) {
    console.error(`package: the server needs ${[...new Set(needed)].join(", ")}, and would not start on older systems`);
    process.exit(1);
  }
}

// An old server must not be packed if the copy fails.
rmSync(path.join(here, "server"), { recursive: true, force: true });
mkdirSync(path.join(here, "server"));
copyFileSync(built, path.join(here, "server", name));
chmodSync(path.join(here, "server", name), 0o755);
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) {
  copyFileSync(path.join(root, licence), path.join(here, licence));
}
mkdirSync(path.join(here, "schema"), { recursive: true });
copyFileSync(path.join(root, "docs/gongkai.schema.json"), path.join(here, "schema/gongkai.schema.json"));
mkdirSync(path.dirname(out), { recursive: true });
const vsce = path.join(here, "node_modules/@vscode/vsce/vsce");
const options = ["--no-dependencies", "--skip-license", "--allow-missing-repository", "--target", target, "--out", out];
run(process.execPath, [vsce, "package", version, "--no-git-tag-version", "--no-update-package-json", ...options], here);
