// A report in GBK is recognised; nothing else is taken for one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isGarbled, isGb18030Report } from "./encoding";

/** 政府信息公开 in GBK. */
const SUBJECT = [0xd5, 0xfe, 0xb8, 0xae, 0xd0, 0xc5, 0xcf, 0xa2, 0xb9, 0xab, 0xbf, 0xaa];

test("a report in GBK is recognised", () => {
  const bytes = Uint8Array.from([0x0a, ...SUBJECT, 0x31]);
  assert.ok(isGb18030Report(bytes));
  assert.ok(isGarbled(new TextDecoder("utf-8").decode(bytes)));
});

test("what is UTF-8, another text, or no text is left alone", () => {
  const utf8 = new TextEncoder().encode("政府信息公开工作年度报告");
  assert.ok(!isGb18030Report(utf8) && !isGarbled("政府信息公开工作年度报告"));
  assert.ok(!isGb18030Report(Uint8Array.from(SUBJECT.slice(0, 6))), "no report");
  assert.ok(!isGb18030Report(Uint8Array.from([...SUBJECT, 0xff, 0xff])), "not GB18030 either");
  assert.ok(!isGb18030Report(new Uint8Array()));
});
