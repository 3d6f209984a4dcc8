//! Runs the queries in `docs/data.md` on extracted figures. Optional: it needs Python with DuckDB.

use crate::command::gongkai;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_queries_of_the_documentation_give_the_right_answers() {
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
    // Data for each query to find.
    crate::seed(&mut reports);
    let folder = crate::written(&reports);
    let odd = crate::command::report(&[(gongkai::statute::Row::Fees, gongkai::statute::Column::FeeAmount, "/")]);
    fs::write(folder.path().join("2023/odd.txt"), odd).unwrap();
    gongkai(folder.path(), &["extract", "--format=parquet", "--output", "figures.parquet"]).exits(0);
    gongkai(folder.path(), &["extract", "--output", "figures.csv"]).exits(0);
    let answers = |question: &str| {
        fs::write(folder.path().join("question.sql"), question).unwrap();
        let program = "import duckdb\nfor row in duckdb.sql(open('question.sql', encoding='utf-8').read()).fetchall(): print(row)";
        let output = Command::new("python3").args(["-c", program]).current_dir(folder.path()).output().unwrap();
        let shown = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{question}\n{shown}");
        let mut lines: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    for question in questions {
        assert!(question.contains("'figures.parquet'"), "{question}");
        let found = answers(question);
        assert!(!found.is_empty(), "no answer to\n{question}");
        // CSV has the same rows.
        assert_eq!(answers(&question.replace("figures.parquet", "figures.csv")).len(), found.len(), "{question}");
    }
    let types: Vec<String> = answers("SELECT column_name, column_type FROM (DESCRIBE FROM 'figures.parquet')");
    for due in [
        "('body', 'VARCHAR')",
        "('character', 'BIGINT')",
        "('column', 'VARCHAR')",
        "('file', 'VARCHAR')",
        "('format', 'INTEGER')",
        "('line', 'BIGINT')",
        "('row', 'VARCHAR')",
        "('table', 'INTEGER')",
        "('text', 'VARCHAR')",
        "('value', 'DOUBLE')",
        "('year', 'INTEGER')",
    ] {
        assert!(types.iter().any(|found| found == due), "{due}: {types:?}");
    }
    // Cell by cell the same as in CSV, where an empty text means none.
    let columns = "file, body, year, format, \"table\", coalesce(\"row\", ''), \"column\", value, coalesce(text, ''), line, character";
    let differing = |one: &str, other: &str| {
        answers(&format!("(SELECT {columns} FROM '{one}') EXCEPT (SELECT {columns} FROM '{other}') LIMIT 3"))
    };
    assert_eq!(differing("figures.csv", "figures.parquet"), Vec::<String>::new());
    assert_eq!(differing("figures.parquet", "figures.csv"), Vec::<String>::new());
}

#[test]
fn parquet_has_the_figures_of_json_lines() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let reports = crate::reports(3, 1);
    let folder = crate::written(&reports);
    let nameless = crate::command::report(&[]).replace("青石县水务局2023年政府信息公开工作年度报告\n", "");
    fs::write(folder.path().join("nameless.txt"), nameless).unwrap();
    gongkai(folder.path(), &["extract", "--format=parquet", "--output", "a.parquet", "-j3"])
        .exits(0)
        .warns("figures of");
    let bytes = fs::read(folder.path().join("a.parquet")).unwrap();
    // The same on standard output, and with one thread.
    let printed = crate::command::stdout_of(folder.path(), &["extract", "--format=parquet", "-j1"], b"");
    assert_eq!(printed, bytes);
    let lines = gongkai(folder.path(), &["extract", "--format=json-lines", "--quiet"]).exits(0).out;
    let due: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let value = |field: &Field| match field {
        Field::Str(text) => Value::from(text.as_str()),
        Field::Int(number) => Value::from(*number),
        Field::Long(number) => Value::from(*number),
        Field::Double(number) => Value::from(*number),
        Field::Null => Value::Null,
        other => panic!("{other:?}"),
    };
    let rows = reader.get_row_iter(None).unwrap().map(|row| {
        let row = row.unwrap();
        row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect::<BTreeMap<String, Value>>()
    });
    let found: Vec<_> = rows.collect();
    assert_eq!(found.len(), due.len());
    for (found, due) in found.iter().zip(&due) {
        for (key, due) in due.as_object().unwrap() {
            match due.as_f64() {
                Some(number) => assert_eq!(found[key].as_f64(), Some(number), "{key}: {found:?}"),
                None => assert_eq!(&found[key], due, "{key}: {found:?}"),
            }
        }
    }
}
