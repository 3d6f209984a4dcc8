// Builds the core for browsers and Node, and packs it for npm.
//
//   scripts/wasm --out FOLDER [--debug]
//
// Needs the Rust target wasm32-unknown-unknown. The JavaScript around the module is made by the folder `bundle`, with the
// version of wasm-bindgen that Cargo.lock names. `--debug` builds quickly, and large.

import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { options } from "../../scripts/options.mjs";
import { version } from "../../scripts/version.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const TARGET = "wasm32-unknown-unknown";
const values = options("wasm", { out: { type: "string" }, debug: { type: "boolean", default: false } });
const run = (command, args) => execFileSync(command, args, { cwd: here, stdio: "inherit" });

const installed = spawnSync("rustup", ["target", "list", "--installed"], { encoding: "utf8" }).stdout ?? "";
if (!installed.split(/\s+/u).includes(TARGET) && spawnSync("rustup", ["target", "add", TARGET], { stdio: "inherit" }).status !== 0) {
  console.error(`wasm: the Rust target ${TARGET} is missing: rustup target add ${TARGET}`);
  process.exit(2);
}
const folder = path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "wasm");
const profile = values.debug ? [] : ["--release"];
const built = ["build", "--locked", "--quiet", "--target-dir", folder];
run("cargo", [...built, "--target", TARGET, ...profile]);
run("cargo", [...built, "--package", "bundle"]);
const files = path.join(folder, "package");
rmSync(files, { recursive: true, force: true });
mkdirSync(files, { recursive: true });
const module = path.join(folder, TARGET, values.debug ? "debug" : "release", "gongkai_wasm.wasm");
run(path.join(folder, "debug", "bundle"), [module, files]);

// A program that is compiled for browsers without `using` has no such symbol.
const types = path.join(files, "gongkai.d.ts");
writeFileSync(types, readFileSync(types, "utf8").replaceAll(/^\s*\[Symbol\.dispose\]\(\): void;\n/gmu, ""));
for (const file of ["node.js", "README.md"]) {
  copyFileSync(path.join(here, file), path.join(files, file));
}
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) {
  copyFileSync(path.join(root, licence), path.join(files, licence));
}
const manifest = JSON.parse(readFileSync(path.join(here, "package.json"), "utf8"));
writeFileSync(path.join(files, "package.json"), `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`);
const wasm = readFileSync(path.join(files, "gongkai_bg.wasm"));
console.log(`gongkai_bg.wasm  ${(wasm.length / 1e6).toFixed(2)} MB, ${(gzipSync(wasm).length / 1e6).toFixed(2)} MB compressed`);
if (values.out !== undefined) {
  const out = path.resolve(values.out);
  mkdirSync(out, { recursive: true });
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", out], { cwd: files, encoding: "utf8" });
  const file = path.join(out, packed.trim());
  console.log(`${file}  ${(statSync(file).size / 1e6).toFixed(2)} MB`);
}
