// A browser with the page in it, as in an office: from a file, without a network.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

/** The browser to test in. */
export function chromiumFile() {
  const known = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = known.find((file) => file !== undefined && existsSync(file));
  if (found === undefined) {
    throw new Error("Chromium is missing: apt-get install chromium fonts-noto-cjk");
  }
  return found;
}

export function launch() {
  return chromium.launch({
    executablePath: chromiumFile(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
