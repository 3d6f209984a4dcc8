// For Node: the module is read from its file at once. `await init()` is not needed, and does no harm: the same program then
// runs in a browser.

import { readFileSync } from "node:fs";
import { initSync } from "./gongkai.js";

initSync({ module: readFileSync(new URL("gongkai_bg.wasm", import.meta.url)) });

export * from "./gongkai.js";
export default async function init() {}
