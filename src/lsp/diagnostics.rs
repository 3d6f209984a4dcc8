//! Findings as the client sees them.
//!
//! What is pushed is serialised from the findings as they are kept; only what is asked for becomes a value of `lsp_types`.

use super::capabilities::ClientCapabilities;
use super::convert::{narrow, range};
use super::documents::Document;
use crate::analysis::{Analysis, Place, Reported};
use crate::config::{Language, Settings};
use crate::configuration;
use crate::rules::{Applicability, Finding, Severity, rules};
use crate::say;
use crate::text::{Span, Text};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::json;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range, Url,
};

/// Where the pages of `docs/rules` are served: whoever packages the program says so when building it, with a `/` at the
/// end. Otherwise a name that is reserved for leading nowhere; see `docs/decisions`.
const DOCS_BASE: &str = match option_env!("GONGKAI_DOCS_BASE") {
    Some(base) => base,
    None => "https://gongkai.invalid/docs/rules/",
};

/// [`Diagnostic::source`] of everything said here.
const SOURCE: &str = "gongkai";

/// What there is to say of a document.
pub(super) struct Diagnostics<'a> {
    client: ClientCapabilities,
    uri: &'a Url,
    /// What is about the document, not about a place in a report.
    general: Vec<Diagnostic>,
    analysis: Option<&'a Analysis>,
    reported: Vec<Reported<'a>>,
}

impl<'a> Diagnostics<'a> {
    /// What is known of `document` so far: nothing if there is no report in it; at most as many findings as the settings
    /// allow, the gravest, and before them one more that says how many are missing.
    pub(super) fn of(client: ClientCapabilities, uri: &'a Url, document: &'a Document) -> Diagnostics<'a> {
        let mut diagnostics =
            Diagnostics { client, uri, general: Vec::new(), analysis: document.report(), reported: Vec::new() };
        if let Some((text, settings)) = document.configuration() {
            diagnostics.general = misunderstood(client, text, settings);
        }
        if let Some(analysis) = diagnostics.analysis {
            diagnostics.reported = analysis.reported();
            let most = analysis.settings().max_findings;
            let left_out = gravest(&mut diagnostics.reported, most);
            diagnostics.general.extend((left_out > 0).then(|| capped(analysis.settings().language, left_out, most)));
        }
        diagnostics
    }

    /// All of them.
    pub(super) fn collect(self) -> Vec<Diagnostic> {
        let mut all = self.general;
        if let Some(analysis) = self.analysis {
            let places = analysis.places(&self.reported, self.client.encoding);
            all.extend(places.map(|(reported, places)| Described::of(self.client, self.uri, reported, &places).into()));
        }
        all
    }
}

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.general.len() + self.reported.len()))?;
        for diagnostic in &self.general {
            list.serialize_element(diagnostic)?;
        }
        if let Some(analysis) = self.analysis {
            for (reported, places) in analysis.places(&self.reported, self.client.encoding) {
                list.serialize_element(&Described::of(self.client, self.uri, reported, &places))?;
            }
        }
        list.end()
    }
}

/// Leaves of `reported` the `most` that are the gravest, in their order; says how many are gone.
fn gravest(reported: &mut Vec<Reported<'_>>, most: usize) -> usize {
    let left_out = reported.len().saturating_sub(most);
    if left_out == 0 {
        return 0;
    }
    let mut room = most;
    let mut rooms = [0; 3];
    for (severity, allowed) in [Severity::Error, Severity::Warning, Severity::Info].into_iter().zip(&mut rooms) {
        *allowed = reported.iter().filter(|it| it.finding.severity == severity).count().min(room);
        room -= *allowed;
    }
    reported.retain(|it| {
        let index = match it.finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        };
        let allowed = rooms.get_mut(index).filter(|allowed| **allowed > 0);
        allowed.map(|allowed| *allowed -= 1).is_some()
    });
    left_out
}

/// What is not understood in the configuration file `text`.
fn misunderstood(client: ClientCapabilities, text: &Text, settings: &Settings) -> Vec<Diagnostic> {
    let (_, problems) = configuration::parse(&text.to_string(), settings);
    let diagnostic = |problem: configuration::Problem| Diagnostic {
        range: range(text, problem.span, client.encoding),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: problem.message,
        ..Diagnostic::default()
    };
    problems.into_iter().map(diagnostic).collect()
}

fn capped(language: Language, left_out: usize, most: usize) -> Diagnostic {
    let message = say!(
        language,
        "另有 {left_out} 个问题未显示（最多显示 {most} 个，由设置 maxFindings 决定）",
        "{left_out} more findings are not shown (at most {most} are, by the setting maxFindings)"
    );
    Diagnostic {
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}

/// Where the rule `code` is explained. Addresses are parsed once: every diagnostic has one.
fn page(code: &str) -> Option<&'static Url> {
    static PAGES: LazyLock<HashMap<&str, Url>> = LazyLock::new(|| {
        let page = |code: &str| Url::parse(&format!("{DOCS_BASE}{code}.md")).ok();
        rules().filter_map(|rule| Some((rule.code, page(rule.code)?))).collect()
    });
    PAGES.get(code)
}

/// `finding`, whose spans count from the start of the document, as a diagnostic.
pub(super) fn diagnostic(client: ClientCapabilities, uri: &Url, analysis: &Analysis, finding: &Finding) -> Diagnostic {
    let reported = [Reported::new(Cow::Borrowed(finding), 0)];
    let mut described = analysis.places(&reported, client.encoding);
    let described = described.next().map(|(reported, places)| Described::of(client, uri, reported, &places).into());
    described.unwrap_or_default()
}

/// A finding as a diagnostic: every field that there is, once.
struct Described<'a> {
    uri: &'a Url,
    finding: &'a Finding,
    /// In the document.
    span: Span,
    range: Range,
    /// What is related, where the client takes that.
    related: &'a [Place],
}

/// What the client may send back with a diagnostic.
#[derive(Serialize)]
struct Data {
    name: &'static str,
    span: [usize; 2],
    fix: Option<&'static str>,
}

impl<'a> Described<'a> {
    fn of(client: ClientCapabilities, uri: &'a Url, reported: &'a Reported<'a>, places: &'a [Place]) -> Described<'a> {
        let (first, related) = places.split_first().map_or((Range::default(), &[] as &[_]), |(first, related)| {
            (as_range(*first), if client.related_information { related } else { &[] })
        });
        let finding = &*reported.finding;
        Described { uri, finding, span: finding.span.shift(reported.offset), range: first, related }
    }

    fn severity(&self) -> DiagnosticSeverity {
        match self.finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }
    }

    fn related(&self) -> impl Iterator<Item = (Range, &'a str)> {
        let related = self.finding.related.iter().zip(self.related);
        related.map(|(related, place)| (as_range(*place), related.message.as_str()))
    }

    fn data(&self) -> Data {
        let safest = self.finding.fixes.iter().map(|fix| fix.applicability).min();
        let fix = safest.map(|applicability| match applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        });
        Data { name: self.finding.rule.name, span: [self.span.start, self.span.end], fix }
    }
}

fn as_range([start, end]: Place) -> Range {
    Range::new(narrow(start), narrow(end))
}

impl From<Described<'_>> for Diagnostic {
    fn from(described: Described<'_>) -> Diagnostic {
        let code = described.finding.rule.code;
        let related = described.related().map(|(range, message)| DiagnosticRelatedInformation {
            location: Location { uri: described.uri.clone(), range },
            message: message.to_owned(),
        });
        Diagnostic {
            range: described.range,
            severity: Some(described.severity()),
            code: Some(NumberOrString::String(code.to_owned())),
            code_description: page(code).map(|href| CodeDescription { href: href.clone() }),
            source: Some(SOURCE.to_owned()),
            message: described.finding.message.clone(),
            related_information: (!described.related.is_empty()).then(|| related.collect()),
            tags: None,
            data: Some(json!(described.data())),
        }
    }
}

impl Serialize for Described<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Href<'a> {
            href: &'a Url,
        }
        let code = self.finding.rule.code;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("range", &self.range)?;
        map.serialize_entry("severity", &self.severity())?;
        map.serialize_entry("code", code)?;
        if let Some(href) = page(code) {
            map.serialize_entry("codeDescription", &Href { href })?;
        }
        map.serialize_entry("source", SOURCE)?;
        map.serialize_entry("message", &self.finding.message)?;
        if !self.related.is_empty() {
            map.serialize_entry("relatedInformation", &RelatedInformation(self))?;
        }
        map.serialize_entry("data", &self.data())?;
        map.end()
    }
}

struct RelatedInformation<'a>(&'a Described<'a>);

impl Serialize for RelatedInformation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Located<'a> {
            uri: &'a Url,
            range: Range,
        }
        #[derive(Serialize)]
        struct Information<'a> {
            location: Located<'a>,
            message: &'a str,
        }
        let uri = self.0.uri;
        serializer.collect_seq(
            self.0.related().map(|(range, message)| Information { location: Located { uri, range }, message }),
        )
    }
}
