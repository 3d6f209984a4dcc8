// What is run when, and what is said of a server that cannot be run.

import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { expand, locate, version, type Surroundings } from "./server";

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

test("why a server does not run", async () => {
  const check = async (file: string, timeout: number, expected: RegExp) =>
    assert.rejects(version(file, timeout), { message: expected });
  await check(await program("fails", "#!/bin/sh\nexit 3\n"), 5000, /exit code 3/);
  await check(await program("hangs", "#!/bin/sh\nexec sleep 30\n"), 200, /no answer .* 0\.2 s/);
  await check(await program("foreign", "#!/no/such/loader\n"), 5000, /ENOENT/);
  const file = await program("forbidden");
  await chmod(file, 0o644);
  await check(file, 5000, /EACCES/);
});
