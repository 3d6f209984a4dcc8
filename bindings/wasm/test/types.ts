// Compiles if the types of the package are what its README says.
import init, { Document, type Finding, check, figures, fix, letter, rule, version } from "@gongkai/wasm";

await init();
const bytes: Uint8Array = fix(new Uint8Array([0x61]), "a.txt");
const text: string = fix("a");
const found: Finding[] = check(bytes, "a.txt", 'language = "en"');
const first: { row: number } | undefined = found[0]?.location;
const values: (number | null)[] = figures(text).map(({ value }) => value);
const document = new Document(text);
const refused: string | undefined = document.edit([{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, text: "b" }]);
const counted: number = document.findings().errors;
const shown: string | undefined = document.hover({ line: 0, character: 0 })?.markdown;
const saved: Uint8Array = document.bytes();
const explained: string | undefined = rule("GK303", "en");
export default [first, values, refused, counted, shown, saved, explained, letter(bytes), version()];
