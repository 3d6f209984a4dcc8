//! Reports are compared with those in other files of the open folder: edits of one, and changes of files on the disk, update
//! the findings of another.

use crate::client::{Client, TIMEOUT};
use crate::fixture;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// An open folder with reports, and a client of its server.
struct Workspace {
    _keep: TempDir,
    folder: PathBuf,
    client: Client,
    version: i32,
}

const THIS: &str = "2023/水务局.md";
const LAST: &str = "2022/水务局.md";

/// The row of this year's report with the figures carried over from last year.
const CARRIED_IN: &str = "| 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |";
/// The row of last year's report with the figures carried over to this year: equal ones, and others.
const LEFT_1: &str = "| 四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |";
const LEFT_2: &str = "| 四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |";

fn this_year() -> String {
    let report = fixture::report();
    assert!(report.contains(CARRIED_IN) && report.contains(LEFT_2));
    report
}

/// Last year's report with the row `left`.
fn last_year(left: &str) -> String {
    let documents = ("| 行政规范性文件 | 1 | 0 | 4 |", "| 行政规范性文件 | 1 | 0 | 3 |");
    fixture::report().replace("2023", "2022").replace(documents.0, documents.1).replace(LEFT_2, left)
}

fn uri(folder: &Path, name: &str) -> String {
    let path = folder.join(name);
    // The names in these tests need no encoding.
    format!("file://{}", path.to_str().unwrap())
}

impl Workspace {
    /// A folder with `files`, and a client with `capabilities`.
    fn with(files: &[(&str, &str)], capabilities: Value) -> Workspace {
        let keep = tempfile::tempdir().unwrap();
        let folder = keep.path().canonicalize().unwrap();
        for (name, text) in files {
            write(&folder, name, text);
        }
        let root = json!({"uri": uri(&folder, ""), "name": "x"});
        let params = json!({"processId": null, "capabilities": capabilities, "workspaceFolders": [root]});
        let client = Client::start_with(params).0;
        Workspace { _keep: keep, folder, client, version: 1 }
    }

    fn new(files: &[(&str, &str)]) -> Workspace {
        // A client that watches files: the server reads a file again only after its notification.
        Workspace::with(files, json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}))
    }

    fn uri(&self, name: &str) -> String {
        uri(&self.folder, name)
    }

    fn open(&mut self, name: &str, text: &str) {
        self.client.open_as(&self.uri(name), 1, text);
    }

    /// Replaces the whole text of an open document.
    fn type_in(&mut self, name: &str, text: &str) {
        self.version += 1;
        let document = json!({"uri": self.uri(name), "version": self.version});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.client.notify("textDocument/didChange", params);
    }

    /// Replaces `old` by `new` in the text of an open document, which is `text`.
    fn replace(&mut self, name: &str, text: &str, old: &str, new: &str) -> String {
        let at = text.find(old).unwrap();
        let line = text[..at].matches('\n').count();
        let column = text[..at].rsplit('\n').next().unwrap().encode_utf16().count();
        let end = column + old.encode_utf16().count();
        self.version += 1;
        let range = json!({"start": {"line": line, "character": column}, "end": {"line": line, "character": end}});
        let document = json!({"uri": self.uri(name), "version": self.version});
        let params = json!({"textDocument": document, "contentChanges": [{"range": range, "text": new}]});
        self.client.notify("textDocument/didChange", params);
        text.replacen(old, new, 1)
    }

    fn close(&mut self, name: &str) {
        let uri = self.uri(name);
        self.client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// Writes or removes a file, and notifies the server as an editor's watcher does.
    fn change_file(&mut self, name: &str, text: Option<&str>) {
        let path = self.folder.join(name);
        let kind = match (path.exists(), text) {
            (true, Some(_)) => 2,
            (false, Some(_)) => 1,
            (_, None) => 3,
        };
        match text {
            Some(text) => write(&self.folder, name, text),
            None => fs::remove_file(&path).unwrap(),
        }
        let change = json!({"uri": self.uri(name), "type": kind});
        self.client.notify("workspace/didChangeWatchedFiles", json!({"changes": [change]}));
    }

    /// The findings of the group GK5 in the first of the next diagnostics of `name` that `wanted` accepts; those before
    /// it are dropped.
    #[track_caller]
    fn until(&mut self, name: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = self.uri(name);
        loop {
            let message = self.client.wait(&format!("diagnostics of {name}"), |message| {
                message["method"] == "textDocument/publishDiagnostics"
                    && message["params"]["uri"].as_str().is_some_and(|it| decoded(it) == uri)
            });
            let diagnostics = message["params"]["diagnostics"].as_array().unwrap().iter();
            let found: Vec<Value> = diagnostics.filter(|one| is_of_years(one)).cloned().collect();
            if wanted(&found) {
                return found;
            }
        }
    }

    /// Waits until the rule `code` reports something in `name` and returns the message.
    #[track_caller]
    fn reports(&mut self, name: &str, code: &str) -> String {
        let found = self.until(name, |found| found.iter().any(|one| one["code"] == code));
        let finding = found.iter().find(|one| one["code"] == code).unwrap();
        finding["message"].as_str().unwrap().to_owned()
    }

    /// Waits until no rule of the group reports anything in `name`.
    #[track_caller]
    fn is_silent(&mut self, name: &str) {
        self.until(name, <[Value]>::is_empty);
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn is_of_years(diagnostic: &Value) -> bool {
    diagnostic["code"].as_str().is_some_and(|code| code.starts_with("GK5"))
}

/// `uri` with its percent-encoding undone.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        let hex = if byte == b'%' { rest.next().zip(rest.next()) } else { None };
        let hex = hex.and_then(|(a, b)| u8::from_str_radix(&String::from_utf8(vec![a, b]).ok()?, 16).ok());
        bytes.push(hex.unwrap_or(byte));
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn typing_in_last_years_report_updates_the_findings_of_this_years() {
    let (this, last) = (this_year(), last_year(LEFT_2));
    let mut workspace = Workspace::new(&[(THIS, &this), (LAST, &last)]);
    workspace.open(THIS, &this);
    // First the findings of the report by itself.
    workspace.is_silent(THIS);
    let message = workspace.reports(THIS, "GK501");
    assert!(message.contains("总计 1（上年报告为 2）"), "{message}");
    workspace.open(LAST, &last);
    let last = workspace.replace(LAST, &last, LEFT_2, LEFT_1);
    workspace.is_silent(THIS);
    // Not saved: the file still has the old figure.
    let last = workspace.replace(LAST, &last, LEFT_1, "| 四、结转下年度继续办理 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |");
    assert!(workspace.reports(THIS, "GK501").contains("总计 1（上年报告为 3）"));
    workspace.type_in(LAST, &last_year(LEFT_1));
    workspace.is_silent(THIS);
    drop(last);
    // Closed without saving: the file counts again.
    workspace.close(LAST);
    workspace.reports(THIS, "GK501");
}

#[test]
fn a_file_that_changes_appears_or_goes_changes_the_findings() {
    let this = this_year();
    let mut workspace = Workspace::new(&[(THIS, &this)]);
    workspace.open(THIS, &this);
    workspace.is_silent(THIS);
    workspace.change_file(LAST, Some(&last_year(LEFT_2)));
    workspace.reports(THIS, "GK501");
    workspace.change_file(LAST, Some(&last_year(LEFT_1)));
    workspace.is_silent(THIS);
    workspace.change_file(LAST, Some(&last_year(LEFT_2)));
    workspace.reports(THIS, "GK501");
    workspace.change_file(LAST, None);
    workspace.is_silent(THIS);
}

#[test]
fn a_new_title_makes_a_document_another_report() {
    let (this, last) = (this_year(), last_year(LEFT_2));
    let mut workspace = Workspace::new(&[(THIS, &this), (LAST, &last)]);
    workspace.open(THIS, &this);
    workspace.reports(THIS, "GK501");
    let text = workspace.replace(THIS, &this, "云溪区水务局2023", "云溪区民政局2023");
    workspace.is_silent(THIS);
    workspace.replace(THIS, &text, "云溪区民政局2023", "云溪区水务局2023");
    workspace.reports(THIS, "GK501");
}

#[test]
fn ignored_and_excluded_files_do_not_count() {
    let (this, last) = (this_year(), last_year(LEFT_2));
    let others = [("旧稿/a.md", &*last), ("temp/b.md", &*last), (THIS, &*this)];
    let configuration = [("gongkai.toml", "exclude = ['旧稿']\n"), (".ignore", "temp\n")];
    let files: Vec<(&str, &str)> = others.into_iter().chain(configuration).collect();
    let mut workspace = Workspace::new(&files);
    workspace.open(THIS, &this);
    // The draft has other figures and is excluded.
    workspace.change_file(LAST, Some(&last_year("| 四、结转下年度继续办理 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |")));
    assert!(workspace.reports(THIS, "GK501").contains("上年报告为 5"));
    workspace.change_file(LAST, None);
    workspace.is_silent(THIS);
    workspace.change_file(".ignore", Some(""));
    assert!(workspace.reports(THIS, "GK501").contains("上年报告为 2"));
    fs::write(workspace.folder.join(".ignore"), "temp\n").unwrap();
    workspace.change_file("gongkai.toml", Some("exclude = ['旧稿', 'temp']\n"));
    workspace.is_silent(THIS);
}

#[test]
fn the_configuration_names_the_body_of_a_report() {
    let this = this_year();
    let last = last_year(LEFT_2).replace("云溪区水务局2022年", "云溪区水利局2022年");
    let mut workspace = Workspace::new(&[(THIS, &this), ("旧/a.md", &last)]);
    workspace.open(THIS, &this);
    workspace.is_silent(THIS);
    let stated = "[[report]]\npath = '旧/a.md'\nbody = '云溪区水务局'\nyear = 2022\n";
    workspace.change_file("gongkai.toml", Some(stated));
    workspace.reports(THIS, "GK501");
    workspace.change_file("gongkai.toml", None);
    workspace.is_silent(THIS);
}

#[test]
fn a_report_outside_the_open_folder_is_compared_with_no_other() {
    let (this, last) = (this_year(), last_year(LEFT_2));
    let mut workspace = Workspace::new(&[(LAST, &last)]);
    let elsewhere = tempfile::tempdir().unwrap();
    let outside = elsewhere.path().canonicalize().unwrap().join("a.md");
    fs::write(&outside, &this).unwrap();
    let outside = format!("file://{}", outside.display());
    workspace.client.open_as(&outside, 1, &this);
    workspace.open(LAST, &last);
    // After this message the folder has been read.
    workspace.change_file(THIS, Some(&this));
    workspace.open(THIS, &this);
    workspace.reports(THIS, "GK501");
    let received = workspace.client.received();
    let of_outside = |message: &&Value| message["params"]["uri"].as_str().is_some_and(|uri| decoded(uri) == outside);
    let published: Vec<&Value> = received.iter().filter(of_outside).collect();
    assert!(!published.is_empty());
    for message in published {
        assert!(!message["params"]["diagnostics"].as_array().unwrap().iter().any(is_of_years), "{message}");
    }
}

/// Text for sections 一 and 五 that is long enough to be compared.
const LONG: &str = "全年围绕供水改造更新办事指南和收费目录，及时发布水价补贴发放结果；组织三次业务培训，逐条整改第三方评估指出的问题。\
    公众号每周推送节水图解，热线来电逐件登记并在五个工作日内回复，旧管网改造项目的进度按月张贴到社区公告栏。\
    修订主动公开目录后新增防汛值守栏目，对接政务数据平台自动更新机构信息，退回格式不规范的稿件。";
const OTHER: &str = "答复文书统一使用新版模板，与司法行政部门会商疑难申请四次，并把败诉案例编成手册发到各科室。";

/// Checks that replacing `old` by `new` in `other` makes the rule `code` report something in `shown`, and that undoing the
/// edit removes it.
#[track_caller]
fn moves(code: &str, files: &[(&str, &str)], shown: &str, other: &str, (old, new): (&str, &str)) {
    let text = |name: &str| files.iter().find(|(file, _)| *file == name).unwrap().1;
    assert!(text(other).contains(old), "{code}: {old}");
    let mut workspace = Workspace::new(files);
    workspace.open(other, text(other));
    workspace.open(shown, text(shown));
    let none = |found: &[Value]| found.iter().all(|one| one["code"] != code);
    workspace.until(shown, none);
    let changed = workspace.replace(other, text(other), old, new);
    workspace.reports(shown, code);
    workspace.replace(other, &changed, new, old);
    workspace.until(shown, none);
}

/// The report in the format of 2019 of `year`, with the `figures` of licences.
fn of_2019(year: u16, figures: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let year_text = year.to_string();
    let mut command = std::process::Command::new(crate::client::program());
    let run = command.args(["new", "--year", &year_text, "--body", "云溪区水务局"]).arg(&path).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains("行政许可\t\t\t"), "{text}");
    text.replace("行政许可\t\t\t", &format!("行政许可\t{figures}"))
}

#[test]
fn every_rule_about_other_reports_follows_edits_of_them() {
    let (this, last) = (this_year(), last_year(LEFT_1));
    let both = [(THIS, &*this), (LAST, &*last)];
    moves("GK501", &both, THIS, LAST, (LEFT_1, LEFT_2));
    moves("GK502", &both, THIS, LAST, ("| 行政规范性文件 | 1 | 0 | 3 |", "| 行政规范性文件 | 1 | 0 | 9 |"));
    moves("GK504", &both, THIS, LAST, ("| 行政许可 | 25 | | |", "| 行政许可 | 2500 | | |"));
    let (of_2020, of_2019) = (of_2019(2020, "95\t0\t7"), of_2019(2019, "100\t-5\t7"));
    moves("GK503", &[("2020.txt", &of_2020), ("2019.txt", &of_2019)], "2020.txt", "2019.txt", ("100\t-5", "101\t-5"));
    let with = |report: &str, words: &str| report.replace("全年发布供水与防汛信息36条。", words);
    let (this_long, last_other) = (with(&this, LONG), with(&last, OTHER));
    let files = [(THIS, &*this_long), (LAST, &*last_other)];
    moves("GK505", &files, THIS, LAST, (OTHER, LONG));
    let sibling = with(&this, OTHER).replace("云溪区水务局", "云溪区民政局");
    let files = [(THIS, &*this_long), ("2023/民政局.md", &*sibling)];
    moves("GK506", &files, THIS, "2023/民政局.md", (OTHER, LONG));
}

const REGION: &str = "[region]\nreport = '2023/云溪区.md'\nlevel = 'county'\nmembers = ['*/*局.md']\n";

#[test]
fn a_regions_report_follows_its_members() {
    let this = this_year();
    let region = this.replace("云溪区水务局", "云溪区");
    let name = "2023/云溪区.md";
    let files = [(name, &*region), (THIS, &*this), ("gongkai.toml", REGION)];
    moves("GK507", &files, name, THIS, ("| 行政许可 | 25 | | |", "| 行政许可 | 20 | | |"));
    // A member that had a report last year.
    let other = last_year(LEFT_1).replace("云溪区水务局", "云溪区民政局");
    let mut workspace = Workspace::new(&files);
    workspace.open(name, &region);
    workspace.is_silent(name);
    workspace.change_file("2022/民政局.md", Some(&other));
    assert!(workspace.reports(name, "GK508").contains("云溪区民政局"));
    workspace.change_file("2023/民政局.md", Some(&this.replace("云溪区水务局", "云溪区民政局")));
    workspace.until(name, |found| found.iter().all(|one| one["code"] != "GK508"));
}

#[test]
fn members_without_a_report_are_named_in_the_configuration() {
    let this = this_year();
    let other = last_year(LEFT_1).replace("云溪区水务局", "云溪区民政局");
    let files = [(THIS, &*this), ("2022/民政局.md", &*other), ("gongkai.toml", REGION)];
    let mut workspace = Workspace::new(&files);
    workspace.open("gongkai.toml", REGION);
    workspace.open(THIS, &this);
    assert!(workspace.reports("gongkai.toml", "GK508").contains("云溪区民政局"));
    workspace.change_file("2023/民政局.md", Some(&this.replace("云溪区水务局", "云溪区民政局")));
    workspace.is_silent("gongkai.toml");
}

#[test]
fn findings_are_those_of_the_command_line() {
    let (this, last) = (this_year(), last_year(LEFT_2));
    let (sibling, region) = (this.replace("云溪区水务局", "云溪区民政局"), this.replace("云溪区水务局", "云溪区"));
    let sibling = sibling.replace("全年发布供水与防汛信息36条。", LONG);
    let this = this.replace("全年发布供水与防汛信息36条。", LONG);
    let last = last.replace("全年发布供水与防汛信息36条。", LONG).replace("| 行政许可 | 25 |", "| 行政许可 | 2 |");
    let gone = last.replace("云溪区水务局", "云溪区体育局");
    let names = [THIS, LAST, "2023/民政局.md", "2023/云溪区.md", "2022/体育局.md"];
    let texts = [&*this, &last, &sibling, &region, &gone];
    let files: Vec<(&str, &str)> = names.into_iter().zip(texts).chain([("gongkai.toml", REGION)]).collect();
    let mut workspace = Workspace::new(&files);
    let mut command = std::process::Command::new(crate::client::program());
    command.args(["check", "--output-format", "json", "--fail-on", "never", "--select", "GK5", "--lang", "zh", "."]);
    let run = command.current_dir(&workspace.folder).output().unwrap();
    let expected: Vec<Value> = serde_json::from_slice(&run.stdout).unwrap();
    assert!(expected.len() >= 6, "{expected:#?}");
    for (name, text) in names.into_iter().zip(texts) {
        workspace.open(name, text);
        let due: Vec<&Value> = expected.iter().filter(|one| one["filename"] == name).collect();
        let words = |found: &[&Value]| -> Vec<(String, String)> {
            let word = |value: &Value| value.as_str().unwrap().to_owned();
            found.iter().map(|one| (word(&one["code"]), word(&one["message"]))).collect()
        };
        let found = workspace.until(name, |found| found.len() == due.len());
        assert_eq!(words(&found.iter().collect::<Vec<_>>()), words(&due), "{name}");
    }
}

#[test]
fn a_client_that_pulls_gets_a_refresh() {
    let (this, last) = (this_year(), last_year(LEFT_1));
    let capabilities = json!({
        "textDocument": {"diagnostic": {}, "inlayHint": {}, "codeLens": {}},
        "workspace": {
            "diagnostics": {"refreshSupport": true},
            "inlayHint": {"refreshSupport": true},
            "codeLens": {"refreshSupport": true},
        },
    });
    let mut workspace = Workspace::with(&[(THIS, &this), (LAST, &last)], capabilities);
    let pull = |workspace: &mut Workspace, previous: &Value| {
        let params = json!({"textDocument": {"uri": workspace.uri(THIS)}, "previousResultId": previous});
        workspace.client.call("textDocument/diagnostic", params)
    };
    let of_years = |report: &Value| report["items"].as_array().unwrap().iter().filter(|one| is_of_years(one)).count();
    let refreshed = |workspace: &mut Workspace, what: &str| {
        let method = format!("workspace/{what}/refresh");
        let request = workspace.client.wait(&method, |message| message["method"] == method);
        workspace.client.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": null}));
    };
    workspace.open(THIS, &this);
    let first = pull(&mut workspace, &Value::Null);
    assert_eq!(of_years(&first), 0);
    for what in ["diagnostic", "inlayHint", "codeLens"] {
        refreshed(&mut workspace, what);
    }
    workspace.open(LAST, &last);
    workspace.replace(LAST, &last, LEFT_1, LEFT_2);
    refreshed(&mut workspace, "diagnostic");
    let second = pull(&mut workspace, &first["resultId"]);
    assert_eq!((second["kind"].as_str(), of_years(&second)), (Some("full"), 1));
}

/// The capabilities for navigation and hints.
fn navigating() -> Value {
    json!({
        "textDocument": {"definition": {}, "references": {}, "inlayHint": {}},
        "workspace": {"symbol": {}, "didChangeWatchedFiles": {"dynamicRegistration": true}},
    })
}

impl Workspace {
    /// The answer to `method` about the figure after `row` in `name`, whose text is `text`: file, line and text of that
    /// line for each place.
    fn places(&mut self, method: &str, name: &str, text: &str, row: &str) -> Vec<(String, String)> {
        let at = text.find(row).unwrap();
        let line = text[..at].matches('\n').count();
        let column = text.lines().nth(line).unwrap().encode_utf16().count() - 3;
        let params = json!({
            "textDocument": {"uri": self.uri(name)},
            "position": {"line": line, "character": column},
            "context": {"includeDeclaration": false},
        });
        let found = self.client.call(method, params);
        let places = found.as_array().cloned().unwrap_or_default().into_iter().map(|place| {
            let uri = decoded(place["uri"].as_str().unwrap());
            let path = PathBuf::from(uri.strip_prefix("file://").unwrap());
            let line = place["range"]["start"]["line"].as_u64().unwrap() as usize;
            let file = path.strip_prefix(&self.folder).unwrap().to_str().unwrap().to_owned();
            (file, fs::read_to_string(path).unwrap().lines().nth(line).unwrap().to_owned())
        });
        places.collect()
    }

    fn symbols(&mut self, query: &str) -> Vec<(String, String)> {
        let found = self.client.call("workspace/symbol", json!({"query": query}));
        let found = found.as_array().unwrap().iter().map(|symbol| {
            let uri = decoded(symbol["location"]["uri"].as_str().unwrap());
            let file = uri.strip_prefix(&self.uri("")).unwrap().to_owned();
            (symbol["name"].as_str().unwrap().to_owned(), file)
        });
        found.collect()
    }

    fn hints(&mut self, name: &str) -> Vec<String> {
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}});
        let found = self
            .client
            .call("textDocument/inlayHint", json!({"textDocument": {"uri": self.uri(name)}, "range": range}));
        let found = found.as_array().cloned().unwrap_or_default();
        found.iter().map(|hint| hint["label"].as_str().unwrap().to_owned()).collect()
    }
}

const IN: &str = "| 二、上年结转政府信息公开申请数量 |";
const OUT: &str = "| 四、结转下年度继续办理 |";

#[test]
fn the_definition_of_a_figure_carried_over_is_in_last_years_report() {
    let (this, last) = (this_year(), last_year(LEFT_2));
    let mut workspace = Workspace::with(&[(THIS, &this), (LAST, &last)], navigating());
    workspace.open(THIS, &this);
    workspace.reports(THIS, "GK501");
    let left = (LAST.to_owned(), LEFT_2.to_owned());
    let taken = (THIS.to_owned(), CARRIED_IN.to_owned());
    // Last year's report is closed, then open.
    for _ in 0..2 {
        let found = workspace.places("textDocument/definition", THIS, &this, IN);
        assert_eq!(found[0], left, "{found:?}");
        assert!(found.len() > 1, "the sums in this report too: {found:?}");
        workspace.open(LAST, &last);
        workspace.until(LAST, |_| true);
    }
    // Whose report it is becomes known with the next scan.
    let begin = Instant::now();
    while !workspace.places("textDocument/references", LAST, &last, OUT).contains(&taken) {
        assert!(begin.elapsed() < TIMEOUT);
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!workspace.places("textDocument/definition", LAST, &last, OUT).contains(&taken));
    assert!(workspace.places("textDocument/references", THIS, &this, IN).contains(&left));
}

#[test]
fn reports_of_the_folder_are_found_by_body_and_year() {
    let (this, last) = (this_year(), last_year(LEFT_2));
    let other = this.replace("云溪区水务局", "云溪区民政局");
    let files = [(THIS, &*this), (LAST, &*last), ("2023/民政局.md", &*other), ("纪要.md", fixture::OTHER)];
    let mut workspace = Workspace::with(&files, navigating());
    workspace.open(THIS, &this);
    workspace.reports(THIS, "GK501");
    let names = |found: &[(String, String)]| found.iter().map(|(_, file)| file.clone()).collect::<Vec<_>>();
    assert_eq!(workspace.symbols("水务局 2022"), [("云溪区水务局2022年".to_owned(), LAST.to_owned())]);
    assert_eq!(names(&workspace.symbols("云溪区 年")), [THIS, LAST, "2023/民政局.md"]);
    let sections = workspace.symbols("总体情况");
    assert!(!sections.is_empty() && names(&sections).iter().all(|file| file == THIS), "{sections:?}");
    workspace.change_file("2023/民政局.md", None);
    workspace.change_file("gongkai.toml", Some("features.workspace_symbols = false\n"));
    workspace.until(THIS, |_| true);
    assert_eq!(workspace.symbols("云溪区"), []);
}

#[test]
fn inlay_hints_show_last_years_figures() {
    let (this, last) = (this_year(), last_year(LEFT_1));
    let mut workspace = Workspace::with(&[(THIS, &this)], navigating());
    workspace.open(THIS, &this);
    workspace.is_silent(THIS);
    assert_eq!(workspace.hints(THIS), Vec::<String>::new());
    workspace.change_file(LAST, Some(&last));
    workspace.until(THIS, |_| true);
    let hints = workspace.hints(THIS);
    for hint in ["上年 3（+1）", "上年 25", "上年 12.5", "上年 12", "上年 1（+1）"] {
        assert!(hints.iter().any(|it| it == hint), "{hint}: {hints:?}");
    }
    for key in ["last_year_hints", "inlay_hints"] {
        workspace.change_file("gongkai.toml", Some(&format!("features.{key} = false\n")));
        workspace.until(THIS, |_| true);
        assert_eq!(workspace.hints(THIS), Vec::<String>::new(), "{key}");
    }
}

#[test]
fn a_word_file_is_compared_too() {
    let (this, last) = (this_year(), last_year(LEFT_2));
    let mut workspace = Workspace::new(&[("a.md", &this), (LAST, &last)]);
    let mut convert = std::process::Command::new(crate::client::program());
    let run = convert.current_dir(&workspace.folder).args(["convert", "a.md", "2023.docx"]).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    fs::remove_file(workspace.folder.join("a.md")).unwrap();
    workspace.open(LAST, &last);
    let begin = Instant::now();
    loop {
        let params = json!({"textDocument": {"uri": workspace.uri("2023.docx")}});
        let reports = workspace.client.call("gongkai/report", params);
        let findings = reports[0]["findings"].as_array().unwrap();
        if findings.iter().any(|one| one["code"] == "GK501") {
            break;
        }
        assert!(begin.elapsed() < TIMEOUT, "{findings:#?}");
        std::thread::sleep(Duration::from_millis(50));
    }
    // Other reports are compared with a Word file.
    let message = workspace.client.call("workspace/symbol", json!({"query": "水务局2023"}));
    assert!(message[0]["location"]["uri"].as_str().unwrap().ends_with("2023.docx"), "{message}");
}

/// Names of the reports that `workspace/symbol` finds for `query`, with the folders that they are in.
fn known(client: &mut Client, query: &str) -> Vec<String> {
    let found = client.call("workspace/symbol", json!({"query": query}));
    let places = found.as_array().map_or(&[][..], Vec::as_slice).iter();
    let mut places: Vec<String> =
        places.map(|symbol| decoded(symbol["location"]["uri"].as_str().unwrap())).map(|uri| file_of(&uri)).collect();
    places.sort();
    places.dedup();
    places
}

/// The last two parts of `uri`.
fn file_of(uri: &str) -> String {
    let parts: Vec<&str> = uri.rsplit('/').take(2).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

/// The home folder contains more than reports. As an open folder it is not searched: only the folders of open reports are
/// read.
#[cfg(unix)]
#[test]
fn an_open_home_folder_is_not_walked() {
    let keep = tempfile::tempdir().unwrap();
    let home = keep.path().canonicalize().unwrap();
    let of_forestry = |text: &str| text.replace("水务局", "林业局");
    for (name, text) in [
        ("2023/水务局.md", this_year()),
        ("2022/水务局.md", last_year(LEFT_2)),
        ("2023/林业局.md", of_forestry(&this_year())),
        ("2023/林业局去年.md", of_forestry(&last_year(LEFT_2))),
    ] {
        write(&home, name, &text);
    }
    let root = json!({"uri": uri(&home, ""), "name": "home"});
    let capabilities = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}, "symbol": {}}});
    let params = json!({"processId": null, "capabilities": capabilities, "workspaceFolders": [root]});
    let client = Client::start_at_home(&home, params);
    let mut workspace = Workspace { _keep: keep, folder: home, client, version: 1 };
    workspace.open("2023/水务局.md", &this_year());
    workspace.open("2023/林业局.md", &of_forestry(&this_year()));
    // Last year's report in the same folder is read, so the scan is done; the one in the other folder is not.
    assert!(workspace.reports("2023/林业局.md", "GK501").contains('2'));
    assert_eq!(known(&mut workspace.client, "林业局"), ["2023/林业局.md", "2023/林业局去年.md"]);
    assert_eq!(known(&mut workspace.client, "水务局"), ["2023/水务局.md"]);
    // A folder below it that is opened itself is searched.
    let mut workspace = Workspace::with(
        &[("2023/水务局.md", &this_year()), ("2022/水务局.md", &last_year(LEFT_2))],
        json!({"workspace": {"symbol": {}}}),
    );
    workspace.open("2023/水务局.md", &this_year());
    workspace.reports("2023/水务局.md", "GK501");
    assert_eq!(known(&mut workspace.client, "水务局"), ["2022/水务局.md", "2023/水务局.md"]);
}

/// In a folder with more files than the index takes, open reports are checked as usual, and the log has one message that
/// reports are compared with part of the others.
#[test]
fn a_folder_of_more_files_than_the_index_takes() {
    /// One more file than the index takes.
    const FILES: usize = 5_001;
    let mut workspace = Workspace::new(&[("000.md", &fixture::wrong())]);
    for number in 1..FILES {
        let text = format!("云岭市第{number}局2023年政府信息公开工作年度报告\n一、总体情况\n");
        fs::write(workspace.folder.join(format!("{number}.txt")), text).unwrap();
    }
    let begin = Instant::now();
    workspace.open("000.md", &fixture::wrong());
    workspace.client.wait("the first diagnostics", |message| {
        let found = message["params"]["diagnostics"].as_array();
        found.is_some_and(|found| found.iter().any(|finding| finding["code"] == "GK303"))
    });
    assert!(begin.elapsed() < TIMEOUT / 4, "the findings do not wait for the other files: {:?}", begin.elapsed());
    let is_limit = |message: &Value| {
        let text = message["params"]["message"].as_str().unwrap_or_default();
        message["method"] == "window/logMessage" && text.contains("5000")
    };
    workspace.client.wait("the log to say that there are too many files", is_limit);
    // The server still answers.
    let document = json!({"uri": workspace.uri("000.md")});
    let at = json!({"textDocument": document, "position": {"line": 0, "character": 3}});
    assert!(!workspace.client.call("textDocument/hover", at)["contents"].is_null());
}
