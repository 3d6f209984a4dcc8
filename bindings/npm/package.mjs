// Makes the npm packages of programs that were built: one for each platform, and `gongkai`, which installs the one that is
// needed.
//
//   scripts/npm-packages --out FOLDER --binary TRIPLE=FILE [--binary TRIPLE=FILE …]

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { options } from "../../scripts/options.mjs";
import { version } from "../../scripts/version.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const licences = ["LICENSE-MIT", "LICENSE-APACHE"];

/** What npm calls the platforms. A static Linux program runs with any C library. */
const PLATFORMS = {
  "x86_64-unknown-linux-musl": { os: "linux", cpu: "x64" },
  "aarch64-unknown-linux-musl": { os: "linux", cpu: "arm64" },
  "x86_64-pc-windows-gnu": { os: "win32", cpu: "x64" },
  "x86_64-pc-windows-msvc": { os: "win32", cpu: "x64" },
  "aarch64-pc-windows-msvc": { os: "win32", cpu: "arm64" },
  "x86_64-apple-darwin": { os: "darwin", cpu: "x64" },
  "aarch64-apple-darwin": { os: "darwin", cpu: "arm64" },
};

const values = options("npm-packages", { out: { type: "string" }, binary: { type: "string", multiple: true } });
if (values.out === undefined || values.binary === undefined) {
  console.error("usage: scripts/npm-packages --out FOLDER --binary TRIPLE=FILE [--binary TRIPLE=FILE …]");
  process.exit(2);
}
const out = path.resolve(values.out);
mkdirSync(out, { recursive: true });
const scratch = mkdtempSync(path.join(tmpdir(), "gongkai-npm-"));
const common = JSON.parse(readFileSync(path.join(here, "package.json"), "utf8"));

/** Packs `folder`, whose manifest is `manifest`. */
function pack(folder, manifest) {
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  for (const licence of licences) {
    copyFileSync(path.join(root, licence), path.join(folder, licence));
  }
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", out], { cwd: folder, encoding: "utf8" });
  const file = path.join(out, packed.trim());
  console.log(`${file}  ${(statSync(file).size / 1e6).toFixed(1)} MB`);
}

try {
  const optionalDependencies = {};
  for (const binary of values.binary) {
    const [triple, file] = binary.split(/=(.*)/su);
    const platform = PLATFORMS[triple];
    if (platform === undefined || file === undefined) {
      console.error(`npm-packages: ${binary}: expected TRIPLE=FILE with one of ${Object.keys(PLATFORMS).join(", ")}`);
      process.exit(2);
    }
    const { os, cpu } = platform;
    const folder = path.join(scratch, `${os}-${cpu}`);
    const program = path.join(folder, "bin", os === "win32" ? "gongkai.exe" : "gongkai");
    mkdirSync(path.dirname(program), { recursive: true });
    copyFileSync(path.resolve(file), program);
    chmodSync(program, 0o755);
    const name = `@gongkai/${os}-${cpu}`;
    optionalDependencies[name] = version;
    pack(folder, {
      name,
      version,
      description: `The program of gongkai for ${os}-${cpu}`,
      license: common.license,
      os: [os],
      cpu: [cpu],
      files: ["bin", ...licences],
    });
  }
  const folder = path.join(scratch, "gongkai");
  for (const part of ["bin", "README.md"]) {
    cpSync(path.join(here, part), path.join(folder, part), { recursive: true });
  }
  pack(folder, { ...common, version, optionalDependencies });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
