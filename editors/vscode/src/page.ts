// The page that a preview is shown in: what it may load, its style and its script.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { STYLE } from "./preview/style";

/** Where the scripts of pages are. */
export function scripts(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, "dist");
}

/** The page in `webview`. It loads its script and its style, and nothing else from anywhere. */
export function page(webview: vscode.Webview, extension: vscode.Uri, { isReadOnly }: { isReadOnly: boolean }): string {
  const nonce = randomBytes(16).toString("base64");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(scripts(extension), "preview.js"));
  const language = vscode.env.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main class="gongkai" data-read-only="${isReadOnly ? "yes" : "no"}"></main>
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}
