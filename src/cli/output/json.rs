//! JSON, for programs: the shape that other programs rely on, key order included.

use super::{row_and_column, severity_key};
use crate::analysis::{FindingIdentity, ReportPlace};
use crate::cli::checked::Checked;
use crate::rules::{Applicability, Finding, Fix};
use crate::text::{Span, Text};
use serde::Serialize;

#[derive(Serialize)]
struct FindingJson<'a> {
    filename: &'a str,
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    location: LocationJson,
    end_location: LocationJson,
    place: PlaceJson<'a>,
    fingerprint: &'a str,
    related: Vec<RelatedJson<'a>>,
    fixes: Vec<FixJson<'a>>,
}

/// Where a person looks, as far as that is known.
#[derive(Serialize)]
struct PlaceJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
}

/// One-based; the column counts Unicode scalar values.
#[derive(Serialize)]
struct LocationJson {
    row: usize,
    column: usize,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    message: &'a str,
    location: LocationJson,
    end_location: LocationJson,
}

#[derive(Serialize)]
struct FixJson<'a> {
    message: &'a str,
    applicability: &'static str,
    preferred: bool,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
struct EditJson<'a> {
    content: &'a str,
    location: LocationJson,
    end_location: LocationJson,
}

/// The findings of `file` as elements of an array.
pub(super) fn part(file: &Checked) -> serde_json::Result<String> {
    let elements: serde_json::Result<Vec<String>> =
        of_file(file).map(|finding| Ok(indented(&serde_json::to_string_pretty(&finding)?, 2))).collect();
    Ok(elements?.join(",\n"))
}

/// A finding with what a review says of it.
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

/// `json` with every line moved to the right by `indent` spaces. No string in it holds a line break.
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
    file.findings.iter().zip(&file.identities).map(|(finding, identity)| of_finding(file, finding, identity))
}

fn of_finding<'a>(file: &'a Checked, finding: &'a Finding, identity: &'a FindingIdentity) -> FindingJson<'a> {
    let ReportPlace { section, table, row, column } = &identity.place;
    let (location, end_location) = locations(&file.text, finding.span);
    let related = finding.related.iter().map(|related| {
        let (location, end_location) = locations(&file.text, related.span);
        RelatedJson { message: &related.message, location, end_location }
    });
    FindingJson {
        filename: &file.name,
        code: finding.rule.code,
        name: finding.rule.name,
        severity: severity_key(finding.severity),
        message: &finding.message,
        location,
        end_location,
        place: PlaceJson { section: *section, table: *table, row: *row, column: column.as_deref() },
        fingerprint: &identity.fingerprint,
        related: related.collect(),
        fixes: finding.fixes.iter().map(|fix| of_fix(&file.text, fix)).collect(),
    }
}

fn of_fix<'a>(text: &Text, fix: &'a Fix) -> FixJson<'a> {
    let edits = fix.edits.iter().map(|edit| {
        let (location, end_location) = locations(text, edit.span);
        EditJson { content: &edit.content, location, end_location }
    });
    FixJson {
        message: &fix.message,
        applicability: match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        },
        preferred: fix.preferred,
        edits: edits.collect(),
    }
}

fn locations(text: &Text, span: Span) -> (LocationJson, LocationJson) {
    let location = |offset| {
        let (row, column) = row_and_column(text, offset);
        LocationJson { row, column }
    };
    (location(span.start), location(span.end))
}

#[cfg(test)]
mod tests {
    use crate::cli::arguments::Format;
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
        assert_eq!(rendered(Format::Json, &files, &[], Language::Chinese), expected);
        let line = rendered(Format::JsonLines, &files, &[], Language::Chinese);
        assert_eq!(line.matches('\n').count(), 1);
        let squeezed: String = expected.split_whitespace().collect();
        let squeezed_line: String = line.split_whitespace().collect();
        assert_eq!(format!("[{squeezed_line}]"), squeezed);
        assert_eq!(rendered(Format::Json, &[], &[], Language::Chinese), "[]\n");
        let two = rendered(Format::Json, &[example(), example()], &[], Language::Chinese);
        let elements: Vec<serde_json::Value> = serde_json::from_str(&two).unwrap();
        assert_eq!(serde_json::to_string_pretty(&elements).unwrap().lines().count(), two.lines().count());
    }
}
