// The lints of the extension (vscode/) and of the page (web/). Their layout is prettier's.

import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import typescript from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "**/node_modules/",
    "**/dist/",
    "**/out/",
    "vscode/e2e/output/",
    "vscode/e2e/workspace/",
    "web/test/output/",
  ]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["vscode/tsconfig.json", "vscode/tsconfig.preview.json", "web/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // The test runner awaits its tests itself.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: ["test"], package: "node:test" }] },
      ],
      // VS Code's interfaces return promises, also where there is nothing to await.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    // Scripts of Node; what they run in a page sees the page's names.
    files: ["**/*.mjs"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
);
