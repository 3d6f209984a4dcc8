// Which server is started, and the messages about a server that cannot be started.

import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { expand, locate, version, VersionError, withOutput, type Surroundings, type VersionProblem } from "./server";

let folder: string;
let surroundings: Surroundings;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "gongkai-test-"));
  surroundings = {
    setting: "",
    extensionFolder: path.join(folder, "extension"),
    workspaceFolder: path.join(folder, "workspace"),
    home: path.join(folder, "home"),
    environment: { PATH: `${path.join(folder, "empty")}:${path.join(folder, "bin")}` },
    platform: "linux",
  };
});

afterEach(() => rm(folder, { recursive: true }));

async function program(name: string, script = "#!/bin/sh\necho gongkai 9.9.9\n"): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, script);
  await chmod(file, 0o755);
  return file;
}

test("the setting comes before the bundled server, and that before the PATH", async () => {
  const onPath = await program("bin/gongkai");
  assert.deepEqual(await locate(surroundings), { kind: "found", file: onPath, origin: "path" });
  const bundled = await program("extension/server/gongkai");
  assert.deepEqual(await locate(surroundings), { kind: "found", file: bundled, origin: "bundled" });
  const own = await program("own/gongkai");
  assert.deepEqual(await locate({ ...surroundings, setting: own }), { kind: "found", file: own, origin: "setting" });
});

test("a setting that names nothing is an error, although a bundled server is there", async () => {
  await program("extension/server/gongkai");
  const file = path.join(folder, "gone");
  assert.deepEqual(await locate({ ...surroundings, setting: file }), { kind: "setting-missing", file });
});

test("a setting that names a folder is an error of its own", async () => {
  await program("own/gongkai");
  const file = path.join(folder, "own");
  assert.deepEqual(await locate({ ...surroundings, setting: file }), { kind: "setting-folder", file });
});

test("when there is no server, what was looked for is known", async () => {
  const located = await locate(surroundings);
  assert.equal(located.kind, "nowhere");
  assert.ok(located.kind === "nowhere" && located.tried[0] === path.join(folder, "extension/server/gongkai"));
});

test("a folder of the PATH that is named gongkai is not a server", async () => {
  await mkdir(path.join(folder, "empty/gongkai"), { recursive: true });
  assert.equal((await locate(surroundings)).kind, "nowhere");
});

test("Windows looks for gongkai.exe", async () => {
  const file = await program("extension/server/gongkai.exe");
  assert.deepEqual(await locate({ ...surroundings, platform: "win32" }), { kind: "found", file, origin: "bundled" });
});

test("home, workspace and relative paths are expanded", () => {
  const check = (setting: string, expected: string) =>
    assert.equal(expand(setting, surroundings), path.join(folder, expected), setting);
  check("~/bin/gongkai", "home/bin/gongkai");
  check("${workspaceFolder}/tools/gongkai", "workspace/tools/gongkai");
  check("tools/gongkai", "workspace/tools/gongkai");
  check(path.join(folder, "a/../b"), "b");
});

test("the version of a server that runs", async () => {
  assert.equal(await version(await program("gongkai"), 5000), "gongkai 9.9.9");
});

test("another program that answers is not taken for the server", async () => {
  const check = async (script: string, detail: string) =>
    assert.rejects(version(await program("other", script), 5000), { kind: "other-program", detail });
  await check("#!/bin/sh\necho Python 3.12.1\n", "Python 3.12.1");
  await check("#!/bin/sh\nexit 0\n", "");
  await check("#!/bin/sh\necho gongkai-helper 1.0\n", "gongkai-helper 1.0");
});

test("a message holds what the program wrote to its stderr, and not too much of it", async () => {
  const script = "#!/bin/sh\necho first >&2\nprintf '\\033[31mGLIBC_2.36 not found\\033[0m\\n' >&2\nexit 1\n";
  const error: unknown = await version(await program("old", script), 5000).catch((error: unknown) => error);
  assert.ok(error instanceof VersionError && error.kind === "exit-code" && error.detail === "1");
  assert.equal(withOutput("it ended", error.stderr), "it ended (first / GLIBC_2.36 not found)");
  assert.ok(withOutput("x", `${"y".repeat(5000)}\n`).length < 400);
  assert.equal(withOutput("x", " \n\n"), "x");
});

test("why a server does not run", async () => {
  const check = async (file: string, timeout: number, kind: VersionProblem, detail: string) =>
    assert.rejects(version(file, timeout), { kind, detail });
  await check(await program("fails", "#!/bin/sh\nexit 3\n"), 5000, "exit-code", "3");
  await check(await program("hangs", "#!/bin/sh\nexec sleep 30\n"), 200, "no-answer", "0.2");
  await check(await program("foreign", "#!/no/such/loader\n"), 5000, "system", "ENOENT");
  const file = await program("forbidden");
  await chmod(file, 0o644);
  await check(file, 5000, "system", "EACCES");
});
