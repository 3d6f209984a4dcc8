// Puts the page together: one file that needs nothing else.
//
//   scripts/web --out FILE.html [--core FOLDER] [--debug]
//
// The core is built by bindings/wasm, or is in FOLDER, unpacked, already; `--debug` builds it quickly, and large. The page's policy names every script and style
// in it by its hash: no other runs, and nothing is fetched from anywhere.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { options } from "../../scripts/options.mjs";
import { version } from "../../scripts/version.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const values = options("web", {
  out: { type: "string" },
  core: { type: "string" },
  debug: { type: "boolean", default: false },
});
const out = path.resolve(values.out ?? path.join(root, "dist/gongkai.html"));

if (values.core === undefined) {
  execFileSync(process.execPath, [path.join(root, "bindings/wasm/package.mjs"), ...(values.debug ? ["--debug"] : [])], {
    stdio: "inherit",
  });
}
const core = path.resolve(
  values.core ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "wasm/package"),
);

/** The program whose first file is `entry`, as one script. */
async function bundled(entry) {
  const made = await build({
    entryPoints: [path.join(here, "src", entry)],
    bundle: true,
    write: false,
    format: "iife",
    target: ["chrome97", "firefox113", "safari16.4"],
    minify: !values.debug,
    charset: "utf8",
    legalComments: "none",
    alias: { "@gongkai/wasm": path.join(core, "gongkai.js") },
    loader: { ".txt": "text" },
    // The module's own way to load itself is not used here.
    logOverride: { "empty-import-meta": "silent" },
  });
  // What ends a script in a page must not be in one.
  return made.outputFiles[0].text.trim().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The style of the letters, which the core writes: the frame that shows one obeys the page's policy. */
async function letterStyle() {
  const { letter } = await import(pathToFileURL(path.join(core, "node.js")).href);
  return /<style>(.*?)<\/style>/su.exec(
    letter("云岭市档案局2023年政府信息公开工作年度报告\n一、总体情况\n", "a.txt"),
  )[1];
}

const [script, worker] = [await bundled("main.ts"), await bundled("worker.ts")];
/** The style of the preview, which the VS Code extension shows too: what it says of the page around it is said here. */
async function previewStyle() {
  const made = await build({
    entryPoints: [path.join(here, "../vscode/src/preview/style.ts")],
    write: false,
    bundle: true,
    format: "esm",
  });
  const { STYLE } = await import(
    `data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString("base64")}`
  );
  return STYLE.slice(STYLE.indexOf("\n.gongkai"));
}

const style = `${await previewStyle()}${readFileSync(path.join(here, "src/style.css"), "utf8")}`.trim();
const policy = [
  "default-src 'none'",
  "connect-src 'none'",
  `script-src ${hash(script)} 'wasm-unsafe-eval'`,
  "worker-src blob:",
  `style-src ${hash(style)} ${hash(await letterStyle())}`,
  "img-src data:",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");
const wasm = gzipSync(readFileSync(path.join(core, "gongkai_bg.wasm")), { level: 9 }).toString("base64");
const parts = { policy, version, style, wasm, worker, script };
const page = readFileSync(path.join(here, "src/index.html"), "utf8").replace(
  /\{\{(\w+)\}\}/gu,
  (_, name) => parts[name],
);
mkdirSync(path.dirname(out), { recursive: true });
writeFileSync(out, page);
console.log(`${out}  ${(statSync(out).size / 1e6).toFixed(2)} MB`);
