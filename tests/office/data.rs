//! The questions in `docs/data.md`, asked of figures that were written out. Extra: it needs Python with DuckDB.

use crate::command::gongkai;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_questions_of_the_documentation_are_answered() {
    let has_duckdb = Command::new("python3").args(["-c", "import duckdb"]).output();
    if !has_duckdb.is_ok_and(|output| output.status.success()) {
        println!("not run: python3 has no duckdb (pip install duckdb)");
        return;
    }
    let documentation = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data.md")).unwrap();
    let questions: Vec<&str> =
        documentation.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(questions.len() >= 5);
    let mut reports = crate::reports(12, 2);
    // Something for each question to find.
    crate::seed(&mut reports);
    let folder = crate::written(&reports);
    let odd = crate::command::report(&[(gongkai::statute::Row::Fees, gongkai::statute::Column::FeeAmount, "/")]);
    fs::write(folder.path().join("2023/odd.txt"), odd).unwrap();
    gongkai(folder.path(), &["extract", "--output", "figures.csv"]).exits(0);
    for question in questions {
        fs::write(folder.path().join("question.sql"), question).unwrap();
        let program = "import duckdb\nrows = duckdb.sql(open('question.sql', encoding='utf-8').read()).fetchall()\nprint(len(rows))";
        let output = Command::new("python3").args(["-c", program]).current_dir(folder.path()).output().unwrap();
        let shown = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{question}\n{shown}");
        let count: usize = String::from_utf8(output.stdout).unwrap().trim().parse().unwrap();
        assert!(count > 0, "no answer to\n{question}");
    }
}
