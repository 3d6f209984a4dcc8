//! A report is written from its title on: figures and prose are typed, and completion and actions do the rest.

use crate::client::{Client, URI};
use serde_json::{Value, json};

/// A document that is being written, and its server.
struct DocumentWriter {
    client: Client,
    text: String,
    version: i32,
}

impl DocumentWriter {
    fn open(text: &str) -> DocumentWriter {
        let mut client = Client::start(json!({
            "general": {"positionEncodings": ["utf-8"]},
            "textDocument": {
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
                "completion": {}
            },
            "workspace": {"workspaceEdit": {"documentChanges": true}}
        }));
        client.open(text);
        DocumentWriter { client, text: text.to_owned(), version: 1 }
    }

    fn codes(&mut self) -> Vec<String> {
        let found = self.client.pushed(self.version);
        found.iter().map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["message"])).collect()
    }

    fn offset(&self, place: &Value) -> usize {
        let line = place["line"].as_u64().unwrap() as usize;
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        start + place["character"].as_u64().unwrap() as usize
    }

    /// Applies `edits`, from the last to the first, as an editor does.
    fn apply(&mut self, edits: &[Value]) {
        let mut edits = edits.to_vec();
        edits.sort_by_key(|edit| std::cmp::Reverse(self.offset(&edit["range"]["start"])));
        for edit in edits {
            let [start, end] = ["start", "end"].map(|end| &edit["range"][end]);
            let number = |place: &Value, name: &str| place[name].as_u64().unwrap() as usize;
            let range =
                [number(start, "line"), number(start, "character"), number(end, "line"), number(end, "character")];
            let new = edit["newText"].as_str().unwrap();
            self.version += 1;
            self.client.change(self.version, Some(range), new);
            let span = self.offset(start)..self.offset(end);
            self.text.replace_range(span, new);
        }
    }

    /// Types `words` at the end of the line `line`.
    fn type_after(&mut self, line: usize, words: &str) {
        let end = self.text.lines().nth(line).unwrap().len();
        let place = json!({"line": line, "character": end});
        self.apply(&[json!({"range": {"start": place, "end": place}, "newText": words})]);
    }

    /// Types `figure` into the blank cell number `column`, from 1, of the row whose label starts with `label`.
    fn type_into(&mut self, label: &str, column: usize, figure: &str) {
        let line = self.line(|text| text.split('|').any(|cell| cell.trim().starts_with(label)));
        self.type_into_line(line, column, figure);
    }

    fn type_into_line(&mut self, line: usize, column: usize, figure: &str) {
        let text = self.text.lines().nth(line).unwrap();
        let bar = text.match_indices('|').nth(column - 1).unwrap().0;
        let place = json!({"line": line, "character": bar + 2});
        self.apply(&[json!({"range": {"start": place, "end": place}, "newText": figure})]);
    }

    fn line(&self, wanted: impl Fn(&str) -> bool) -> usize {
        self.text.lines().position(wanted).unwrap()
    }

    /// Applies the action whose title contains `words`, among those for the line `line` or, without a line, for the document.
    fn act(&mut self, line: Option<usize>, words: &str) {
        let last = self.text.lines().count();
        let [start, end] = line.map_or([0, last], |line| [line, line]);
        let range = json!({"start": {"line": start, "character": 0}, "end": {"line": end, "character": 0}});
        let params = json!({"textDocument": {"uri": URI}, "range": range, "context": {"diagnostics": []}});
        let actions = self.client.call("textDocument/codeAction", params);
        let actions = actions.as_array().unwrap();
        let action = actions.iter().find(|action| action["title"].as_str().unwrap().contains(words));
        let action = action.unwrap_or_else(|| panic!("no {words} in {actions:#?}"));
        let edits = action["edit"]["documentChanges"][0]["edits"].as_array().unwrap().clone();
        self.apply(&edits);
    }

    /// Accepts the completion that starts with `words` at the start of the line `line`.
    fn complete(&mut self, line: usize, words: &str) {
        let position = json!({"line": line, "character": 0});
        let params = json!({"textDocument": {"uri": URI}, "position": position});
        let found = self.client.call("textDocument/completion", params);
        let items = found["items"].as_array().or(found.as_array()).unwrap().clone();
        let new = |item: &Value| item["textEdit"]["newText"].as_str().map(str::to_owned);
        let taken = items.iter().find(|item| new(item).is_some_and(|new| new.contains(words)));
        let edit = taken.unwrap_or_else(|| panic!("no {words} in {items:#?}"))["textEdit"].clone();
        self.apply(&[edit]);
    }
}

#[test]
fn a_report_is_written_from_its_title_until_it_has_no_finding() {
    let mut writer = DocumentWriter::open("# 云岭市林草局2023年政府信息公开工作年度报告\n");
    assert!(writer.codes().iter().all(|found| found.starts_with("GK103")), "only sections are missing");
    writer.act(Some(0), "补全报告");
    // The figures of table 2, one after the other.
    let figures = [("规章", &["0", "0", "0"][..]), ("行政规范性文件", &["1", "0", "4"])];
    for (label, figures) in figures {
        for (column, figure) in figures.iter().enumerate() {
            writer.type_into(label, column + 2, figure);
        }
    }
    for (label, figure) in [("行政许可", "12"), ("行政处罚", "5"), ("行政强制", "0"), ("行政事业性收费", "0")]
    {
        writer.type_into(label, 2, figure);
    }
    // The totals of table 3 and the figures other than 0; the others follow from them.
    let counted = [("一、本年新收", "3"), ("（一）予以公开", "2"), ("1.本机关不掌握", "1"), ("（七）总计", "3")];
    let first = writer.line(|line| line.contains("一、本年新收"));
    for line in first..first + 25 {
        let text = writer.text.lines().nth(line).unwrap().to_owned();
        let figure = counted.iter().find(|(label, _)| text.contains(label)).map(|(_, figure)| *figure);
        writer.type_into_line(line, 10, figure.unwrap_or("0"));
        if let Some(figure) = figure {
            writer.type_into_line(line, 4, figure);
        }
    }
    let reviews = writer.line(|line| {
        line.starts_with('|') && line.matches('|').count() == 16 && line.trim_matches(['|', ' ']).is_empty()
    });
    for column in [15, 10, 5] {
        writer.type_into_line(reviews, column, "0");
    }
    assert!(writer.codes().iter().any(|found| found.starts_with("GK201")), "cells are blank");
    writer.act(None, "修正全部可安全修正的问题");
    assert!(writer.codes().iter().all(|found| !found.starts_with("GK201")), "none is");
    // The prose, with its completions.
    let overview = writer.line(|line| line.contains("一、总体情况"));
    writer.complete(overview + 1, "新收政府信息公开申请3件");
    writer.type_after(
        overview,
        "\n\n本报告统计期限为2023年1月1日至2023年12月31日。主动公开方面，在门户网站发布政策文件和造林绿化信息。\
         政府信息管理方面，公文在起草时确定公开属性。平台建设方面，网站栏目按月维护。监督保障方面，组织业务培训，年度考核已完成。\
         依申请公开方面：\n",
    );
    let problems = writer.line(|line| line.contains("五、存在的主要问题"));
    writer.type_after(
        problems,
        "\n\n存在的主要问题是政策解读形式较单一。下一步，我局将增加图表和视频解读，并按季度检查效果。\n",
    );
    let others = writer.line(|line| line.contains("六、其他需要报告的事项"));
    writer.type_after(others, "\n\n本年度未收取政府信息公开信息处理费。\n\n云岭市林草局\n2024年1月12日\n");
    assert_eq!(writer.codes(), Vec::<String>::new(), "{}", writer.text);
    assert_eq!(writer.client.text().0, writer.text, "the server has what was written");
}
