//! JSON, for programs: an array, or a line for each finding.

use crate::cli::checked::Checked;
use crate::exchange::{FindingJson, finding_json};
use serde::Serialize;

/// The findings of `file` as elements of an array.
pub(super) fn part(file: &Checked) -> serde_json::Result<String> {
    let elements: serde_json::Result<Vec<String>> =
        of_file(file).map(|finding| Ok(indented(&serde_json::to_string_pretty(&finding)?, 2))).collect();
    Ok(elements?.join(",\n"))
}

/// A finding with the data of a review.
#[derive(Serialize)]
struct ReviewedJson<'a> {
    #[serde(flatten)]
    finding: FindingJson<'a>,
    body: Option<&'a str>,
    year: Option<u16>,
    round: &'a str,
}

/// Finding `index` of `file` with its round, and the body and the year of its report.
pub(in crate::cli) fn reviewed(
    file: &Checked,
    index: usize,
    (round, body, year): (&str, Option<&str>, Option<u16>),
) -> serde_json::Result<String> {
    let finding = of_file(file).nth(index);
    finding
        .map_or(Ok(String::new()), |finding| serde_json::to_string_pretty(&ReviewedJson { finding, body, year, round }))
}

/// `json` with every line indented by `indent` spaces. No string in it contains a line break.
pub(in crate::cli) fn indented(json: &str, indent: usize) -> String {
    let space = " ".repeat(indent);
    let lines: Vec<String> = json.lines().map(|line| format!("{space}{line}")).collect();
    lines.join("\n")
}

/// A line for each finding of `file`.
pub(super) fn lines(file: &Checked) -> serde_json::Result<String> {
    of_file(file).map(|finding| Ok(serde_json::to_string(&finding)? + "\n")).collect()
}

fn of_file(file: &Checked) -> impl Iterator<Item = FindingJson<'_>> {
    let findings = file.findings.iter().zip(&file.identities);
    findings.map(|(finding, identity)| finding_json(&file.name, &file.text, finding, identity))
}

#[cfg(test)]
mod tests {
    use crate::cli::arguments::OutputFormat;
    use crate::cli::output::{example, rendered};
    use crate::config::Language;

    #[test]
    fn a_finding_has_the_shape_that_programs_rely_on() {
        let files = [example()];
        let expected = r#"[
  {
    "filename": "reports/2021.txt",
    "code": "GK303",
    "name": "row-total",
    "severity": "error",
    "message": "总计应为 12，现为 11",
    "location": {
      "row": 3,
      "column": 2
    },
    "end_location": {
      "row": 3,
      "column": 4
    },
    "place": {
      "section": 3,
      "table": 3,
      "row": "（一）予以公开"
    },
    "fingerprint": "9f3c",
    "related": [
      {
        "message": "“自然人” 10",
        "location": {
          "row": 2,
          "column": 3
        },
        "end_location": {
          "row": 2,
          "column": 5
        }
      }
    ],
    "fixes": [
      {
        "message": "将总计改为 12",
        "applicability": "safe",
        "preferred": true,
        "edits": [
          {
            "content": "12",
            "location": {
              "row": 3,
              "column": 2
            },
            "end_location": {
              "row": 3,
              "column": 4
            }
          }
        ]
      }
    ]
  }
]
"#;
        assert_eq!(rendered(OutputFormat::Json, &files, &[], Language::Chinese), expected);
        let line = rendered(OutputFormat::JsonLines, &files, &[], Language::Chinese);
        assert_eq!(line.matches('\n').count(), 1);
        let squeezed: String = expected.split_whitespace().collect();
        let squeezed_line: String = line.split_whitespace().collect();
        assert_eq!(format!("[{squeezed_line}]"), squeezed);
        assert_eq!(rendered(OutputFormat::Json, &[], &[], Language::Chinese), "[]\n");
        let two = rendered(OutputFormat::Json, &[example(), example()], &[], Language::Chinese);
        let elements: Vec<serde_json::Value> = serde_json::from_str(&two).unwrap();
        assert_eq!(serde_json::to_string_pretty(&elements).unwrap().lines().count(), two.lines().count());
    }
}
