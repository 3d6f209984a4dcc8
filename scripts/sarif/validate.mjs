// Holds the SARIF that the program writes against the schema and the rules of Microsoft's validator, GitHub's among them.
//
//   node scripts/sarif/validate.mjs GONGKAI
//
// GONGKAI is the program. It checks the example reports and files with odd names, from a subfolder too. Anything that the
// validator says fails the run, but that the tool has no home page: nothing points to an address that does not exist.

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const gongkai = path.resolve(process.argv[2] ?? path.join(root, "target/debug/gongkai"));
const allowed = "SARIF2005";

const platform = { linux: "linux", darwin: "darwin", win32: "win32" }[process.platform];
const validator = path.join(here, `node_modules/@microsoft/sarif-multitool-${platform}/Sarif.Multitool${platform === "win32" ? ".exe" : ""}`);
if (!existsSync(validator)) {
  console.error("validate: the validator is missing: (cd scripts/sarif && npm ci --ignore-scripts)");
  process.exit(2);
}
chmodSync(validator, 0o755);

const folder = mkdtempSync(path.join(tmpdir(), "gongkai-sarif-"));
let failed = false;
try {
  const reports = path.join(root, "tests/reports");
  const names = readdirSync(reports).filter((name) => /\.(txt|md|html)$/.test(name));
  const sub = path.join(folder, "sub folder");
  mkdirSync(sub);
  mkdirSync(path.join(folder, ".git"));
  for (const name of names) copyFileSync(path.join(reports, name), path.join(sub, name));
  const odd = process.platform === "win32" ? ["年报 1%.txt"] : ["年报 1%.txt", "a:b.txt", "c#d?.txt"];
  const source = readFileSync(path.join(reports, names.find((name) => name.endsWith(".txt"))), "utf8");
  for (const name of odd) writeFileSync(path.join(sub, name), source.replaceAll(/\d+/g, "7"));
  for (const [at, language] of [[folder, "zh"], [sub, "en"]]) {
    const log = path.join(folder, `${language}.sarif`);
    const checked = spawnSync(gongkai, ["check", "--fail-on=never", "--output-format=sarif", "--output-file", log, "--lang", language, "."], { cwd: at, encoding: "utf8" });
    if (checked.status !== 0) throw new Error(checked.stderr);
    const number = JSON.parse(readFileSync(log, "utf8")).runs[0].results.length;
    if (number === 0) throw new Error("nothing was found, and nothing validated");
    const found = path.join(folder, "found.sarif");
    execFileSync(validator, ["validate", log, "--output", found, "--log", "ForceOverwrite", "--rule-kind", "Sarif;Ghas", "--quiet", "true"], { stdio: "inherit" });
    const results = JSON.parse(readFileSync(found, "utf8")).runs.flatMap((run) => run.results ?? []);
    // What it cannot make anything of, the validator passes over in silence: what is always due shows that it looked.
    if (!results.some((result) => result.ruleId === allowed)) throw new Error("the validator could not read the log");
    const complaints = results.filter((result) => result.ruleId !== allowed && result.level !== "none");
    for (const { ruleId, level, message, locations } of complaints.slice(0, 20)) {
      console.error(`${level ?? "warning"} ${ruleId}: ${message.text ?? JSON.stringify(message)} ${JSON.stringify(locations?.[0]?.physicalLocation?.region ?? {})}`);
    }
    failed ||= complaints.length > 0;
    console.log(`${language}: ${number} results, ${complaints.length} complaints of the validator`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
