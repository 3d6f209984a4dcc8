// The version of the project: Cargo.toml has it, and nothing else does.

import { readFileSync } from "node:fs";

const manifest = readFileSync(new URL("../Cargo.toml", import.meta.url), "utf8");
const found = /^\[package\][^[]*?^version = "([^"]+)"/msu.exec(manifest);
if (found === null) {
  throw new Error("Cargo.toml says no version");
}

export const version = found[1];
