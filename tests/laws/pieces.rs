//! The pieces that edits insert and a fuzzer combines: words of reports and marks of their layouts.

use gongkai::statute::{Aspect, Edition, Outcome, Section, TITLE_TAIL, TableKind};
use std::sync::LazyLock;

/// Pieces that join or split the parts of a document, besides the names of the statute.
const SHAPES: &[&str] = &[
    "0",
    "7",
    "12",
    "305",
    "-1",
    "+3",
    "0.5",
    "1,204",
    "１２",
    "〇",
    "/",
    "—",
    "无",
    "件",
    "万元",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    " ",
    "  ",
    "\u{3000}",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "\u{2028}",
    "\u{c}",
    "|",
    "||",
    " | ",
    "| 0 ",
    "|\n",
    "|---|",
    ":-:",
    "| 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n",
    "\t0\t0\t0\t0\t0\t0\t0\n",
    " 0 0 0 0 0 0 0\n",
    "- 4 -\n",
    "# ",
    "## ",
    "一、",
    "二、",
    "四、",
    "六、",
    "七、",
    "（一）",
    "(三)",
    "（七）总计",
    "1.",
    "8．",
    "３、",
    "小计",
    "总计",
    "其他",
    "，",
    "。",
    "、",
    "：",
    "；",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "【",
    "2023年",
    "2022年度",
    "2024年1月31日",
    "自2023年1月1日至12月31日",
    "云岭市水务局",
    "云岭市水务局2022年政府信息公开工作年度报告\n",
    "新收",
    "上年结转",
    "共收到",
    "未收到",
    "全部办结",
    "答复",
    "依申请公开",
    "行政复议",
    "行政诉讼",
    "政府信息公开申请",
    "收取信息处理费",
    "主动公开",
    "规范性文件",
    "其中",
    "XX",
    "附件",
    "```\n",
    "**",
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "</p>",
    "<br/>",
    "<b>",
    "<span>",
    "</span>",
    "<td>",
    "</td>",
    "<td colspan=\"2\">",
    "<td rowspan=\"3\">",
    "<th>",
    "<tr>",
    "</tr>",
    "<table>",
    "</table>",
    "<thead>",
    "<h1>",
    "</h1>",
    "<div>",
    "</div>",
    "<li>",
    "</nav>",
    "<div style='display:none'>",
    "<p hidden>",
    "<sup>",
    "<tr style='display:none'>",
    "<td rowspan=3 colspan=2>",
    "<tfoot>",
    "<table><tr><td>1</td><td>2</td></tr></table>",
    "<h1>云岭市水务局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<nav>",
    "<pre>",
    "<title>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&nbsp;",
    "&#9;",
    "&#x31;",
    "&amp;",
    "&",
    "<!-- gongkai-disable GK303 -->\n",
    "<!-- gongkai-disable-next-line GK201: 如此 -->\n",
    "<!-- gongkai-disable-file -->\n",
];

/// The parts of messages of an editor.
const PROTOCOL: &[&str] = &[
    "Content-Length: ",
    "content-length:",
    "Content-Type: x\r\n",
    "\r\n\r\n",
    "{\"jsonrpc\":\"2.0\",",
    "\"id\":1,",
    "\"method\":\"",
    "\"params\":{",
    "\"result\":null",
    "\"error\":{",
    "initialize",
    "initialized",
    "shutdown",
    "exit",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "textDocument/hover",
    "textDocument/codeAction",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/diagnostic",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "$/cancelRequest",
    "\"uri\":\"file:///a.md\"",
    "\"version\":",
    "\"text\":\"",
    "\"contentChanges\":[",
    "\"range\":{\"start\":",
    "{\"line\":0,\"character\":0}",
    "\\ud842",
    "null",
    "true",
    "1e400",
    "-0",
    "[]",
    "{}",
    "[[[[",
    "\"capabilities\":{",
];

/// All pieces of reports.
pub(crate) fn pieces() -> &'static [String] {
    static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut pieces: Vec<String> = SHAPES.iter().map(|piece| (*piece).to_owned()).collect();
        pieces.push(TITLE_TAIL.to_owned());
        pieces.extend(Section::ALL.iter().map(|section| format!("{}\n", section.heading())));
        pieces.extend(Section::ALL.iter().map(|section| section.name().to_owned()));
        pieces.extend(Aspect::ALL.iter().map(|aspect| aspect.name().to_owned()));
        pieces.extend(Outcome::ALL.iter().map(|outcome| outcome.name().to_owned()));
        for edition in [Edition::F2019, Edition::F2021] {
            for spec in TableKind::ALL.map(|table| edition.format().table(table)) {
                for row in spec.rows {
                    pieces.push(row.label.to_owned());
                    pieces.extend(row.columns.iter().map(|column| column.name_in(edition).to_owned()));
                }
            }
        }
        pieces.retain(|piece| !piece.is_empty());
        pieces.sort();
        pieces.dedup();
        pieces
    });
    &PIECES
}

/// The pieces of reports and messages as a dictionary for libFuzzer: one a line, in quotes, with bytes outside ASCII in
/// hexadecimal and the words in a comment above.
pub(crate) fn dictionary() -> String {
    let mut dictionary =
        String::from("# Written by `UPDATE_DOCS=1 cargo test --test fuzz` from tests/laws/pieces.rs.\n");
    let messages = PROTOCOL.iter().map(|piece| (*piece).to_owned());
    for piece in pieces().iter().cloned().chain(messages) {
        if !piece.is_ascii() {
            dictionary.push_str(&format!("# {}\n", piece.escape_debug()));
        }
        let written = |byte: u8| match byte {
            b'"' | b'\\' => format!("\\{}", byte as char),
            b' '..=b'~' => (byte as char).to_string(),
            _ => format!("\\x{byte:02X}"),
        };
        dictionary.push_str(&format!("\"{}\"\n", piece.bytes().map(written).collect::<String>()));
    }
    dictionary
}
