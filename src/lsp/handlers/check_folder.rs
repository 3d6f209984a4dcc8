//! `gongkai/checkFolder`
//!
//! A separate `gongkai check` process checks the folder. So the findings are those that the command line prints,
//! reports are compared with those of other years and bodies, typing in an open report stays fast, and a cancelled run
//! ends at once.

use super::super::diagnostics::{Audience, SOURCE};
use super::super::message::Params;
use super::super::session::Session;
use super::super::{convert, uris};
use crate::config::Language;
use crate::files;
use crate::say;
use crate::text::{Encoding, Position, Text};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    ProgressParams, ProgressParamsValue, ProgressToken, Range, Url, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCancelParams, WorkDoneProgressEnd, WorkDoneProgressReport, notification,
};

/// The folder, and the token under which progress is reported.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct CheckFolderParams {
    uri: Url,
    work_done_token: Option<ProgressToken>,
}

/// The summary of a run.
#[derive(Debug, Default, Serialize)]
pub(in super::super) struct FolderSummary {
    /// The number of files with findings.
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    /// The final messages of the command line: how many files it checked, and which it could not read.
    messages: Vec<String>,
}

/// A finding as `--output-format json-lines` writes it.
#[derive(Deserialize)]
struct FindingLine {
    filename: String,
    code: String,
    severity: String,
    message: String,
    location: FindingPlace,
    end_location: FindingPlace,
    related: Vec<RelatedPlace>,
}

#[derive(Deserialize)]
struct RelatedPlace {
    message: String,
    location: FindingPlace,
    end_location: FindingPlace,
}

/// From 1; columns are Unicode scalar values.
#[derive(Clone, Copy, Deserialize)]
struct FindingPlace {
    row: usize,
    column: usize,
}

/// A line of the process's output.
enum CheckOutput {
    Finding(Box<FindingLine>),
    Message(String),
}

/// `window/workDoneProgress/cancel`
pub(in super::super) fn cancel(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let WorkDoneProgressCancelParams { token } = params.read()?;
    session.folder_checks.cancel(&token);
    Ok(())
}

/// Checks the folder and publishes what is found in files that are not open.
pub(in super::super) async fn handle(session: &Session, params: CheckFolderParams) -> Result<FolderSummary> {
    let language = session.settings().language;
    let folder = uris::path(&params.uri).filter(|folder| folder.is_dir());
    let folder =
        folder.ok_or_else(|| Error::invalid_params(say!(language, "没有这个文件夹", "there is no such folder")))?;
    let failed = |error: &dyn std::fmt::Display| Error {
        message: say!(language, "无法检查文件夹：{error}", "the folder cannot be checked: {error}").into(),
        ..Error::internal_error()
    };
    let mut child =
        command(session, &folder).map_err(|error| failed(&error))?.spawn().map_err(|error| failed(&error))?;
    let mut lines = read(&mut child);
    let token = params.work_done_token;
    let running = session.folder_checks.start(token.clone(), child);
    let progress = FolderProgress { client: &session.client, token };
    progress.begin(say!(language, "检查年度报告", "Checking the reports"), &folder).await;
    let mut publication =
        Publication { session, summary: FolderSummary::default(), file: None, published: BTreeSet::new() };
    while let Some(line) = lines.recv().await {
        match line {
            CheckOutput::Finding(finding) => {
                if publication.file.as_ref().is_none_or(|file| file.name != finding.filename) {
                    progress.report(&finding.filename).await;
                }
                publication.add(*finding).await;
            }
            CheckOutput::Message(message) => publication.summary.messages.push(message),
        }
    }
    publication.flush().await;
    let is_complete = running.finish();
    let Publication { summary, published, .. } = publication;
    // Files whose findings are gone.
    let is_below = |uri: &Url| uris::path(uri).is_some_and(|path| path.starts_with(&folder));
    let gone = match is_complete {
        true => session.folder_checks.replace(is_below, published),
        false => {
            session.folder_checks.add(published);
            Vec::new()
        }
    };
    for uri in gone {
        session.client.publish_diagnostics(uri, Vec::new(), None).await;
    }
    progress.end().await;
    // The published diagnostics go out before the answer.
    tokio::task::yield_now().await;
    if is_complete { Ok(summary) } else { Err(Error::request_cancelled()) }
}

/// The command that checks `folder` with the settings of this session.
fn command(session: &Session, folder: &Path) -> std::io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["check", "--output-format", "json-lines", "--fail-on", "never", "--color", "never"]);
    let language = match session.settings().language {
        Language::Chinese => "zh",
        Language::English => "en",
    };
    command.arg("--editor-settings").arg(json!({ "language": language }).to_string());
    for options in session.options() {
        command.arg("--editor-settings").arg(options.to_string());
    }
    command.arg("--").arg(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Ok(command)
}

/// The output of the process, line by line. The process waits while the channel is full.
fn read(child: &mut Child) -> mpsc::Receiver<CheckOutput> {
    let (sender, receiver) = mpsc::channel(64);
    let findings =
        |line: String| serde_json::from_str(&line).ok().map(|finding| CheckOutput::Finding(Box::new(finding)));
    follow(child.stdout.take(), sender.clone(), findings);
    follow(child.stderr.take(), sender, |line| Some(CheckOutput::Message(line)));
    receiver
}

fn follow(
    stream: Option<impl Read + Send + 'static>,
    sender: mpsc::Sender<CheckOutput>,
    line_of: impl Fn(String) -> Option<CheckOutput> + Send + 'static,
) {
    let Some(stream) = stream else { return };
    let reading = move || {
        for line in BufReader::new(stream).lines().map_while(std::io::Result::ok) {
            if let Some(line) = line_of(line)
                && sender.blocking_send(line).is_err()
            {
                return;
            }
        }
    };
    // If no thread can be started, the stream ends here.
    let _ = std::thread::Builder::new().name("folder".to_owned()).spawn(reading);
}

/// Publishes findings file by file.
struct Publication<'a> {
    session: &'a Session,
    summary: FolderSummary,
    file: Option<CheckedFile>,
    published: BTreeSet<Url>,
}

/// A file with the findings in it so far.
struct CheckedFile {
    name: String,
    uri: Option<Url>,
    text: Text,
    diagnostics: Vec<Diagnostic>,
}

impl Publication<'_> {
    async fn add(&mut self, finding: FindingLine) {
        if self.file.as_ref().is_none_or(|file| file.name != finding.filename) {
            self.flush().await;
            self.file = Some(CheckedFile::open(finding.filename.clone()));
        }
        let Some(file) = &mut self.file else { return };
        let count = match finding.severity.as_str() {
            "error" => &mut self.summary.errors,
            "warning" => &mut self.summary.warnings,
            _ => &mut self.summary.infos,
        };
        *count += 1;
        let diagnostic = file.diagnostic(self.session, finding);
        file.diagnostics.push(diagnostic);
    }

    /// Publishes the findings of the current file.
    async fn flush(&mut self) {
        let Some(CheckedFile { uri, diagnostics, .. }) = self.file.take() else { return };
        self.summary.files += 1;
        // For an open document the server publishes the findings of the editor's text.
        if let Some(uri) = uri.filter(|uri| self.session.documents.get(uri).is_none()) {
            self.published.insert(uri.clone());
            self.session.client.publish_diagnostics(uri, diagnostics, None).await;
        }
    }
}

impl CheckedFile {
    /// The file at the path `name`; its text is needed to convert columns.
    fn open(name: String) -> CheckedFile {
        let path = PathBuf::from(&name);
        let opened = std::fs::read(&path).ok().and_then(|bytes| files::open(bytes, &name, None).ok());
        let text = Text::new(opened.as_ref().map_or("", |opened| opened.text()));
        CheckedFile { uri: Url::from_file_path(&path).ok(), name, text, diagnostics: Vec::new() }
    }

    fn range(&self, start: FindingPlace, end: FindingPlace, encoding: Encoding) -> Range {
        let position = |place: FindingPlace| {
            let place = Position { line: place.row.saturating_sub(1), column: place.column.saturating_sub(1) };
            convert::position(&self.text, self.text.offset(place, Encoding::Utf32), encoding)
        };
        Range::new(position(start), position(end))
    }

    fn diagnostic(&self, session: &Session, finding: FindingLine) -> Diagnostic {
        let client = session.capabilities();
        let severity = match finding.severity.as_str() {
            "error" => DiagnosticSeverity::ERROR,
            "warning" => DiagnosticSeverity::WARNING,
            _ => DiagnosticSeverity::INFORMATION,
        };
        let audience = self.uri.as_ref().map(|uri| Audience::of(session, uri));
        let page = audience.and_then(|audience| Url::parse(&audience.page(&finding.code)?).ok());
        let uri = self.uri.as_ref().filter(|_| client.related_information && !finding.related.is_empty());
        let related = uri.map(|uri| {
            let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
                location: Location {
                    uri: uri.clone(),
                    range: self.range(related.location, related.end_location, client.encoding),
                },
                message: related.message.clone(),
            });
            related.collect()
        });
        Diagnostic {
            range: self.range(finding.location, finding.end_location, client.encoding),
            severity: Some(severity),
            code: Some(NumberOrString::String(finding.code)),
            code_description: page.map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message: finding.message,
            related_information: related,
            tags: None,
            data: None,
        }
    }
}

/// Reports the progress of a run, if the client sent a token.
struct FolderProgress<'a> {
    client: &'a Client,
    token: Option<ProgressToken>,
}

impl FolderProgress<'_> {
    async fn begin(&self, title: String, folder: &Path) {
        let message = Some(folder.display().to_string());
        let begin = WorkDoneProgressBegin { title, cancellable: Some(true), message, percentage: None };
        self.send(WorkDoneProgress::Begin(begin)).await;
    }

    async fn report(&self, message: &str) {
        let message = Some(message.to_owned());
        let report = WorkDoneProgressReport { cancellable: Some(true), message, percentage: None };
        self.send(WorkDoneProgress::Report(report)).await;
    }

    async fn end(&self) {
        self.send(WorkDoneProgress::End(WorkDoneProgressEnd { message: None })).await;
    }

    async fn send(&self, progress: WorkDoneProgress) {
        if let Some(token) = &self.token {
            let params = ProgressParams { token: token.clone(), value: ProgressParamsValue::WorkDone(progress) };
            self.client.send_notification::<notification::Progress>(params).await;
        }
    }
}
