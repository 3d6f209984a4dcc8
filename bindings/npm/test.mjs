// Installs the packages of a folder into an empty place, and uses what was installed. No registry is asked.
//
//   node bindings/npm/test.mjs FOLDER

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { version } from "../../scripts/version.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const folder = path.resolve(process.argv[2] ?? "dist/npm");
const own = `gongkai-${process.platform}-${process.arch}-${version}.tgz`;
const packages = [`gongkai-${version}.tgz`, own].map((name) => path.join(folder, name));
for (const file of packages) {
  assert.ok(readdirSync(folder).includes(path.basename(file)), `${file} is missing`);
}

const scratch = mkdtempSync(path.join(tmpdir(), "gongkai-npm-test-"));
const prefix = path.join(scratch, "prefix");
const environment = { ...process.env, npm_config_cache: path.join(scratch, "cache"), HOME: scratch };
const npm = (...given) => spawnSync("npm", given, { encoding: "utf8", env: environment, cwd: scratch });
const windows = process.platform === "win32";
const command = path.join(prefix, windows ? "gongkai.cmd" : "bin/gongkai");
const gongkai = (...given) => spawnSync(command, given, { encoding: "utf8", cwd: scratch, shell: windows });

let checks = 0;
const check = (name, test) => {
  test();
  checks += 1;
  console.log(`ok ${checks} ${name}`);
};

try {
  const offline = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  // The other platforms' packages are not here: npm leaves out what is optional.
  const installed = npm("install", "--global", "--prefix", prefix, ...offline, ...packages);
  assert.equal(installed.status, 0, installed.stderr);

  check("says the version of the project", () => {
    assert.equal(gongkai("--version").stdout.trim(), `gongkai ${version}`);
  });
  const report = path.join(scratch, "报告 一.txt");
  const faulty = readFileSync(path.join(root, "editors/vscode/e2e/workspace/云岭市档案局2023年政府信息公开工作年度报告.txt"));
  check("finds what is wrong, with the exit code of the program", () => {
    writeFileSync(report, faulty);
    const found = gongkai("check", "--output-format", "json", report);
    assert.equal(found.status, 1, found.stderr);
    assert.ok(JSON.parse(found.stdout).some(({ code }) => code === "GK303"), found.stdout);
  });
  check("reads standard input", () => {
    const found = spawnSync(command, ["check", "-", "--output-format", "json"], { encoding: "utf8", input: faulty, shell: windows });
    assert.ok(JSON.parse(found.stdout).length > 0);
  });
  check("fixes a file", () => {
    gongkai("check", "--fix", report);
    assert.notDeepEqual(readFileSync(report), faulty);
  });
  check("says that it was used in a wrong way", () => {
    assert.equal(gongkai("check", "--no-such-option").status, 2);
  });
  await server();
  check("a package without the program says what to do", () => {
    rmSync(path.join(prefix, windows ? "node_modules" : "lib/node_modules", "@gongkai"), { recursive: true, force: true });
    rmSync(path.join(prefix, windows ? "node_modules" : "lib/node_modules", "gongkai/node_modules"), { recursive: true, force: true });
    const refused = gongkai("--version");
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /@gongkai\/|there is no program/u);
  });
  console.log(`${checks} checks passed`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The server answers through the launcher, and ends with it. */
async function server() {
  const child = spawn(command, ["server"], { stdio: ["pipe", "pipe", "inherit"], shell: windows });
  const message = (body) => {
    const json = JSON.stringify({ jsonrpc: "2.0", ...body });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  };
  let out = "";
  child.stdout.on("data", (part) => (out += part));
  message({ id: 1, method: "initialize", params: { capabilities: {}, processId: process.pid } });
  const deadline = Date.now() + 20_000;
  while (!out.includes('"capabilities"') && Date.now() < deadline) {
    await new Promise((later) => setTimeout(later, 20));
  }
  check("serves an editor", () => assert.match(out, /"capabilities"/u));
  const ended = new Promise((later) => child.on("exit", (code, signal) => later(signal ?? code)));
  if (!windows) {
    child.kill("SIGTERM");
    const end = await ended;
    check("ends when it is asked to", () => assert.ok(end === "SIGTERM" || typeof end === "number", String(end)));
  } else {
    child.stdin.end();
    await ended;
  }
}
