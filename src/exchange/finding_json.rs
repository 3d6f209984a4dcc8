//! Findings as JSON. Other programs rely on its structure, including the order of keys.

use super::{row_and_column, severity_key};
use crate::analysis::{FindingIdentity, ReportPlace};
use crate::rules::{Applicability, Finding, Fix};
use crate::text::{Span, Text};
use serde::Serialize;

/// A finding as JSON.
#[derive(Serialize)]
pub struct FindingJson<'a> {
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

/// The place in a reader's terms, as far as it is known.
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

/// `finding`, found in `text`, which is the file `name`.
pub fn finding_json<'a>(
    name: &'a str,
    text: &Text,
    finding: &'a Finding,
    identity: &'a FindingIdentity,
) -> FindingJson<'a> {
    let ReportPlace { section, table, row, column } = &identity.place;
    let (location, end_location) = locations(text, finding.span);
    let related = finding.related.iter().map(|related| {
        let (location, end_location) = locations(text, related.span);
        RelatedJson { message: &related.message, location, end_location }
    });
    FindingJson {
        filename: name,
        code: finding.rule.code,
        name: finding.rule.name,
        severity: severity_key(finding.severity),
        message: &finding.message,
        location,
        end_location,
        place: PlaceJson { section: *section, table: *table, row: *row, column: column.as_deref() },
        fingerprint: &identity.fingerprint,
        related: related.collect(),
        fixes: finding.fixes.iter().map(|fix| of_fix(text, fix)).collect(),
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
