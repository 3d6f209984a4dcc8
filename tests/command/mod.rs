//! Runs the program for its tests, and writes reports for it.

#![allow(dead_code, reason = "not every test needs all of it")]

use gongkai::statute::{Column, Edition, F2021, Row, TableKind};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The result of a run of the program.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Run {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn warns(self, words: &str) -> Run {
        assert!(self.err.contains(words), "not in the messages: {words}\nstderr:\n{}", self.err);
        self
    }

    #[track_caller]
    pub(crate) fn prints(self, words: &str) -> Run {
        assert!(self.out.contains(words), "not in the output: {words}\nstdout:\n{}", self.out);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Vec<Value> {
        let value: Value = serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}", self.out));
        value.as_array().unwrap().clone()
    }
}

/// Runs `gongkai` in `folder`, in English, with `input` on stdin.
pub(crate) fn gongkai_with(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let done = run(folder, arguments, input);
    // A diff of a file in another encoding is in that encoding.
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Run { code: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
}

/// The bytes that it then prints.
pub(crate) fn stdout_of(folder: &Path, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    run(folder, arguments, input).stdout
}

fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "en_GB.UTF-8")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program need not read its input; writing more than a pipe holds fails then.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

pub(crate) fn gongkai(folder: &Path, arguments: &[&str]) -> Run {
    gongkai_with(folder, arguments, b"")
}

pub(crate) fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// A report of an invented body for 2023, with tabs between cells. Everything adds up except the cells in `odd`. Three
/// applications were received; two were granted; for one the body does not hold the information.
pub(crate) fn report(odd: &[(Row, Column, &str)]) -> String {
    let figure = |row: Row, column: Column| {
        if let Some((.., odd)) = odd.iter().find(|(r, c, _)| *r == row && *c == column) {
            return (*odd).to_owned();
        }
        let figure = match (row, column) {
            (Row::Received | Row::Handled, Column::NaturalPersons) => 2,
            (Row::Received | Row::Handled, Column::Businesses) => 1,
            (Row::Received | Row::Handled, Column::AllApplicants) => 3,
            (Row::Granted, Column::NaturalPersons | Column::Businesses) => 1,
            (Row::Granted, Column::AllApplicants) => 2,
            (Row::NotHeld, Column::NaturalPersons | Column::AllApplicants) => 1,
            _ => 0,
        };
        figure.to_string()
    };
    let mut tables = [String::new(), String::new(), String::new()];
    for (kind, text) in TableKind::ALL.into_iter().zip(&mut tables) {
        let mut item = None;
        for row in Edition::F2021.format().table(kind).rows {
            let figures: Vec<String> = row.columns.iter().map(|column| figure(row.row, *column)).collect();
            if row.row.item() != item {
                item = row.row.item();
                let headers: Vec<&str> = row.columns.iter().map(|column| column.name()).collect();
                let name = item.map(|item| item.name()).unwrap_or_default();
                *text += &format!("{name}\t\t\t\n信息内容\t{}\n", headers.join("\t"));
            }
            let label = if row.label.is_empty() { String::new() } else { format!("{}\t", row.label) };
            *text += &format!("{label}{}\n", figures.join("\t"));
        }
    }
    let outcomes = F2021.table(TableKind::Review).rows[0].columns;
    let headers: Vec<&str> = outcomes.iter().map(|column| column.name()).collect();
    let applicants = "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计";
    format!(
        "青石县水务局2023年政府信息公开工作年度报告\n\n\
         本报告统计期限为2023年1月1日至2023年12月31日。\n\n\
         一、总体情况\n\n\
         主动公开、依申请公开、政府信息管理、平台建设和监督保障各项工作均已落实，全年发布信息120条。\n\n\
         二、主动公开政府信息情况\n\n{}\n\
         三、收到和处理政府信息公开申请情况\n\n{applicants}\n{}\n\
         四、政府信息公开行政复议、行政诉讼情况\n\n{}\n{}\n\
         五、存在的主要问题及改进情况\n\n\
         公开内容不够及时。下一步将加强培训，改进信息发布的时效。\n\n\
         六、其他需要报告的事项\n\n\
         本年度未收取信息处理费。\n",
        tables[0],
        tables[1],
        headers.join("\t"),
        tables[2],
    )
}

/// A row total is wrong, and so is the balance of its column: only the total explains both.
pub(crate) fn wrong() -> String {
    report(&[(Row::Received, Column::AllApplicants, "4")])
}

/// A total is blank, and the sums determine its value.
pub(crate) fn blank() -> String {
    report(&[(Row::Granted, Column::AllApplicants, "")])
}

/// The rules that report something in these reports.
pub(crate) const SELECT: &str = "--select=GK2,GK3";
