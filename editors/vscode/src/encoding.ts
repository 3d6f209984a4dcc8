// Recognises a report in GB18030 that an editor opened as UTF-8. Knows nothing of VS Code.

/** What every report speaks of. */
const SUBJECT = "政府信息公开";

/** Whether `text` has characters that stand for bytes which were none in the encoding it was opened in. */
export function isGarbled(text: string): boolean {
  return text.includes("\uFFFD");
}

/** Whether `bytes` are a report in GB18030 (or GBK, which is a part of it), and no UTF-8. */
export function isGb18030Report(bytes: Uint8Array): boolean {
  return decode(bytes, "utf-8") === undefined && decode(bytes, "gb18030")?.includes(SUBJECT) === true;
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
