//! `gongkai convert`: a report in another form, its figures unchanged.

use super::Exit;
use super::arguments::{Convert, TextLayout};
use super::files::{Input, Source, display};
use super::terminal::{print_error, say_line};
use crate::analysis::Analysis;
use crate::config::{Language, Settings};
use crate::exchange::not_word;
use crate::files::docx::{WordFile, new_file};
use crate::files::{OpenedFile, open};
use crate::ide::{ReportOutline, figures};
use crate::say;
use crate::syntax::Layout;
use anyhow::{Context, bail};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Writes the report that `arguments` name in the form given by the extension of the output file.
pub(super) fn convert(arguments: &Convert, language: Language) -> anyhow::Result<Exit> {
    let settings = Arc::new(Settings { language, ..Settings::default() });
    let name = display(&arguments.input);
    let input = Input { name, source: Source::File(arguments.input.clone()), is_named: true };
    let opened = match input.read(arguments.encoding, language) {
        Ok(opened) => opened,
        Err(failure) => {
            print_error(language, &format!("{}: {}", failure.name, failure.message));
            return Ok(Exit::Trouble);
        }
    };
    let analysis = analysis(&opened, &settings);
    if !analysis.is_report() {
        bail!(say!(
            language,
            "{}: 未识别出年度报告，未转换",
            "{}: no report was recognised, and nothing is converted",
            input.name
        ));
    }
    let outline = ReportOutline::of(&analysis);
    let out = &arguments.output;
    let extension = out.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    let bytes = match extension.as_str() {
        "docx" => new_file(&outline.word()).map_err(|error| anyhow::anyhow!(not_word(error, language)))?,
        "html" | "htm" => outline.html().into_bytes(),
        "md" | "markdown" => outline.text(Layout::Markdown).unwrap_or_default().into_bytes(),
        "txt" => outline.text(arguments.layout.into()).unwrap_or_default().into_bytes(),
        _ => bail!(say!(
            language,
            "{}: 只能转换为 .docx、.html、.md 和 .txt",
            "{}: only .docx, .html, .md and .txt can be written",
            out.display()
        )),
    };
    // The output is read again, and written only if its figures are the same.
    let written = open(bytes.clone(), &display(out), None).ok().map(|opened| self::analysis(&opened, &settings));
    let (before, after) = (figures(&analysis), written.as_ref().map(figures));
    if after.as_ref() != Some(&before) {
        let after = after.unwrap_or_default();
        let differing = before.iter().filter(|figure| !after.contains(figure)).count();
        let differing = differing.max(after.iter().filter(|figure| !before.contains(figure)).count());
        bail!(say!(
            language,
            "{}: 转换后有 {differing} 个数字与原文件不同，未写入：请先按检查结果修正原文件，或转换为其他格式",
            "{}: {differing} figures would not be what they are, and nothing is written: put right what check finds first, or convert to another form",
            out.display()
        ));
    }
    let count = |analysis: &Analysis| analysis.findings().len();
    let (found, found_after) = (count(&analysis), written.as_ref().map_or(0, count));
    put(out, &bytes, arguments.force, language)?;
    say_line(&say!(
        language,
        "已写入 {}：{} 个数字不变",
        "written to {}: {} figures, none changed",
        out.display(),
        before.len()
    ));
    if found != found_after {
        say_line(&say!(
            language,
            "检查结果的数目由 {found} 处变为 {found_after} 处，请核对",
            "the number of findings changed from {found} to {found_after}: look at both"
        ));
    }
    Ok(Exit::Clean)
}

fn analysis(opened: &OpenedFile, settings: &Arc<Settings>) -> Analysis {
    match opened {
        OpenedFile::Text(file) => Analysis::new(&file.text, Arc::clone(settings)),
        OpenedFile::Word(file) => WordFile::analysis(file, settings),
    }
}

/// Writes `bytes` to `path` whole or not at all. It overwrites an existing, non-empty file only with `force`.
fn put(path: &Path, bytes: &[u8], force: bool, language: Language) -> anyhow::Result<()> {
    let shown = path.display();
    let holds_something = path.metadata().is_ok_and(|metadata| metadata.len() > 0);
    if holds_something && !force {
        bail!(say!(
            language,
            "{shown}: 文件已存在，未改动；要覆盖请加 --force",
            "{shown}: the file is there already and is left unchanged; --force overwrites it"
        ));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".gongkai-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // The permissions of any new file, reduced by the user's mask.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().with_context(|| say!(language, "{shown}: 无法写入", "{shown}: cannot be written"))
}

impl From<TextLayout> for Layout {
    fn from(layout: TextLayout) -> Layout {
        match layout {
            TextLayout::Tabs => Layout::Tabs,
            TextLayout::Pipes => Layout::Pipes,
            TextLayout::CellLines => Layout::CellLines,
            TextLayout::PipedLines => Layout::PipedLines,
        }
    }
}
