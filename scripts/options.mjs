// The options of a script; one that it does not know ends it, as a wrong usage does everywhere here.

import { parseArgs } from "node:util";

/** The values that the command line of the script `name` gives its `options`. */
export function options(name, options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    process.exit(2);
  }
}
