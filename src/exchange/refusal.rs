//! Messages in the user's language that say why a file cannot be read or written, or a report not be made, and what to
//! do.

use crate::config::Language;
use crate::files::docx::Unreadable;
use crate::files::{NotText, OpenError, TextFile, Unwritable};
use crate::ide::NewReportProblem;
use crate::say;

/// A message that says why a file cannot be read, and what to do.
pub fn not_opened(error: OpenError, language: Language) -> String {
    match error {
        OpenError::NotText(NotText::Damaged { charset, at }) => {
            let name = charset.name();
            say!(
                language,
                "按 {name} 编码无法读取（第 {at} 字节处）：请另存为 UTF-8",
                "not text in {name} (byte {at} cannot be read): save the file as UTF-8"
            )
        }
        OpenError::NotText(NotText::Unknown { at }) => say!(
            language,
            "不是 UTF-8、UTF-16 或 GB18030 文本（第 {at} 字节处无法读取）：请确认它是文本文件，并另存为 UTF-8",
            "not text in UTF-8, UTF-16 or GB18030 (byte {at} cannot be read)"
        ),
        OpenError::Unreadable(error) => not_word(error, language),
    }
}

/// A message that says why a Word file cannot be read or copied, and what to do.
pub fn not_word(error: Unreadable, language: Language) -> String {
    let again = "请用 Word 或 WPS 打开、修复并重新保存";
    match (error, language) {
        (error, Language::English) => error.to_string(),
        (Unreadable::Damaged, _) => format!("Word 文件已损坏：{again}"),
        (Unreadable::Malformed(error), _) => {
            format!("Word 文件的正文已损坏（XML 第 {} 字节处无法读取）：{again}", error.at)
        }
        (Unreadable::Encrypted, _) => "文件设有密码：请在 Word 或 WPS 中取消密码后重新保存".into(),
        (Unreadable::TooLarge, _) => "文件解压后远大于一份报告，未读取：请将报告单独另存为新的 .docx 后再检查".into(),
        (Unreadable::NoDocument, _) => "文件中没有 Word 正文：请用 Word 或 WPS 将报告另存为 .docx".into(),
        (Unreadable::OldWord, _) => "旧版 Word 文件（.doc）：请用 Word 或 WPS 另存为 .docx 后再检查".into(),
        (Unreadable::Wps, _) => "WPS 文件（.wps）：请用 WPS 另存为 .docx 后再检查".into(),
        (Unreadable::Pdf, _) => "PDF 文件：请检查生成它的 Word 文件，或将文字另存为 .txt 后再检查".into(),
        (Unreadable::Rtf, _) => "RTF 文件：请用 Word 或 WPS 另存为 .docx 后再检查".into(),
    }
}

/// How a user gives the parameters of a new report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenBy {
    /// As options of the command line. Another command makes the formats that are not typed.
    Options,
    /// In the dialogues of an editor.
    Dialogues,
}

/// A message that says why there is no new report for `year`, and what to do where the parameters are `given`.
pub fn not_new(problem: NewReportProblem, year: u16, given: GivenBy, language: Language) -> String {
    match (problem, given) {
        (NewReportProblem::OtherYear(from), GivenBy::Options) => say!(
            language,
            "--from 是{from}年的报告，不是{year}年的上一年：请核对 --year 和 --from",
            "--from is the report for {from}, which is not the year before {year}: check --year and --from"
        ),
        (NewReportProblem::OtherYear(from), GivenBy::Dialogues) => say!(
            language,
            "所选的是{from}年的报告，不是{year}年的上一年：请核对年度",
            "the report that was chosen is for {from}, which is not the year before {year}: check the year"
        ),
        (NewReportProblem::NoBody, GivenBy::Options) => say!(
            language,
            "请用 --body 指明单位，或用 --from 指明上年度报告",
            "name the body with --body, or last year's report with --from"
        ),
        (NewReportProblem::NoBody, GivenBy::Dialogues) => say!(language, "请填写单位名称", "name the body"),
        (NewReportProblem::NoLayout, GivenBy::Options) => say!(
            language,
            "只能生成 .txt 和 .md；其他格式请再用 gongkai convert 转换",
            "only .txt and .md can be written; convert that with gongkai convert"
        ),
        (NewReportProblem::NoLayout, GivenBy::Dialogues) => {
            say!(language, "格式只能是 txt 或 md", "the format has to be txt or md")
        }
    }
}

/// The bytes of `file`, and the bytes of `text` in its encoding.
///
/// # Errors
///
/// A message that says why they must not be written.
pub fn encoded(file: &TextFile, text: &str, language: Language) -> Result<(Vec<u8>, Vec<u8>), String> {
    let name = file.charset.name();
    if !file.exact {
        return Err(say!(
            language,
            "含有不能按 {name} 原样写回的字节，未改动：请另存为 UTF-8 后再修正",
            "it holds bytes that cannot be written back as they are in {name}, and is left unchanged: save it as UTF-8 first"
        ));
    }
    let encode = |text: &str| {
        file.charset.encode(text).map_err(|Unwritable { character, .. }| {
            say!(
                language,
                "{name} 编码中没有“{character}”这个字符，未改动：请另存为 UTF-8 后再修正",
                "{name} has no character “{character}”; the file is left unchanged: save it as UTF-8 first"
            )
        })
    };
    Ok((encode(&file.text)?, encode(text)?))
}
