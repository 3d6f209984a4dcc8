#!/usr/bin/env node
// Runs the program that was installed for this platform, and ends as it ends.

"use strict";

const { spawn } = require("node:child_process");

const platform = `${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "gongkai.exe" : "gongkai";

/** Where the program is. */
function program() {
  try {
    return require.resolve(`@gongkai/${platform}/bin/${name}`);
  } catch {
    const optional = Object.keys(require("../package.json").optionalDependencies ?? {});
    const known = optional.map((one) => one.replace("@gongkai/", ""));
    process.stderr.write(
      known.includes(platform)
        ? `gongkai: 缺少 @gongkai/${platform}，请重新安装，不要使用 --omit=optional 或 --no-optional。\n` +
            `gongkai: @gongkai/${platform} is missing: install again without --omit=optional or --no-optional.\n`
        : `gongkai: 没有 ${platform} 平台的程序（有：${known.join("、")}）；可改用 @gongkai/wasm，或从源码构建。\n` +
            `gongkai: there is no program for ${platform} (there is for ${known.join(", ")}); use @gongkai/wasm, or build it.\n`,
    );
    process.exit(2);
  }
}

const child = spawn(program(), process.argv.slice(2), { stdio: "inherit", windowsHide: true });
// A terminal sends Ctrl+C to both; this process ends when the program does.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) {
      child.kill(signal);
    }
  });
}
child.on("error", (error) => {
  process.stderr.write(`gongkai: ${error.message}\n`);
  process.exit(2);
});
child.on("exit", (code, signal) => {
  if (signal === null) {
    process.exit(code);
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
