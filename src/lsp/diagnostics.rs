//! Findings as diagnostics of the protocol.
//!
//! Pushed diagnostics are serialised directly from the findings; only pulled diagnostics become values of `lsp_types`.

use super::capabilities::ClientCapabilities;
use super::convert::{narrow, range};
use super::documents::OpenDocument;
use super::session::Session;
use crate::analysis::{Analysis, BySeverity, PositionRange, Reported, number_of};
use crate::config::{Language, Settings};
use crate::configuration;
use crate::rules::{Applicability, Finding, Severity};
use crate::say;
use crate::text::Text;
use serde::Serialize;
use serde_json::json;
use std::borrow::Cow;
use std::io;
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range, Url,
};

/// [`Diagnostic::source`] of every diagnostic of this server.
pub(super) const SOURCE: &str = "gongkai";

/// The client that receives diagnostics, and the document that they are about.
#[derive(Clone, Copy)]
pub(super) struct Audience<'a> {
    pub(super) client: ClientCapabilities,
    /// The address of the rules' pages, if there is one.
    pub(super) documentation: Option<&'a str>,
    pub(super) uri: &'a Url,
}

impl<'a> Audience<'a> {
    /// The client of `session`.
    pub(super) fn of(session: &'a Session, uri: &'a Url) -> Audience<'a> {
        Audience { client: session.capabilities(), documentation: session.documentation(), uri }
    }

    /// The address of the page of the rule `code`.
    pub(super) fn page(self, code: &str) -> Option<String> {
        Some(format!("{}{code}.md", self.documentation?))
    }
}

/// The diagnostics of a document.
pub(super) struct Diagnostics<'a> {
    audience: Audience<'a>,
    /// Diagnostics that are about the document, not about a place in a report.
    general: Vec<Diagnostic>,
    analysis: Option<&'a Analysis>,
    found: Vec<Reported<'a>>,
}

impl<'a> Diagnostics<'a> {
    /// The diagnostics of `document` so far: none if it contains no report; at most as many findings as the settings
    /// allow, the most severe, preceded by a diagnostic that says how many are left out.
    pub(super) fn of(audience: Audience<'a>, document: &'a OpenDocument) -> Diagnostics<'a> {
        let (mut general, analysis) = (Vec::new(), document.report());
        if let Some((text, settings)) = document.configuration() {
            general = misunderstood(audience.client, text, settings);
            general.extend(document.members().iter().map(|finding| of_configuration(audience, text, finding)));
        }
        let mut found = Vec::new();
        if let Some(analysis) = analysis {
            let most = analysis.settings().max_findings;
            let left_out;
            (found, left_out) = gravest(analysis, most);
            general.extend((left_out > 0).then(|| capped(analysis.settings().language, left_out, most)));
        }
        Diagnostics { audience, general, analysis, found }
    }

    /// All of them.
    pub(super) fn collect(self) -> Vec<Diagnostic> {
        let Some(analysis) = self.analysis else { return self.general };
        let places = analysis.positions(&self.found, self.audience.client.encoding);
        let found = places.map(|(reported, places)| Described::of(self.audience, &reported.finding, &places).into());
        self.general.into_iter().chain(found).collect()
    }

    /// Appends all of them to `json`, as the elements of a list; `uri` is the document's URI as the client spells it.
    pub(super) fn write(&self, uri: &str, json: &mut Vec<u8>) -> io::Result<()> {
        for diagnostic in &self.general {
            serde_json::to_writer(&mut *json, diagnostic)?;
            json.push(b',');
        }
        if let Some(analysis) = self.analysis {
            let uri = serde_json::to_string(uri)?;
            analysis.serialize(&self.found, self.audience.client.encoding, json, |finding, places, json| {
                Described::of(self.audience, finding, places).write(&uri, json)?;
                json.push(b',');
                io::Result::Ok(())
            })?;
        }
        if json.last() == Some(&b',') {
            json.pop();
        }
        Ok(())
    }
}

/// The `most` most severe findings of `analysis`, in their order, and the number of those left out.
fn gravest(analysis: &Analysis, most: usize) -> (Vec<Reported<'_>>, usize) {
    let rooms = |counts: BySeverity| {
        let mut room = most;
        counts.map(|count| {
            let allowed = count.min(room);
            room -= allowed;
            allowed
        })
    };
    let sum = |counts: BySeverity| counts.iter().sum::<usize>();
    let mut counts = BySeverity::default();
    match analysis.parts() {
        Some(parts) => {
            for part in &parts {
                counts.iter_mut().zip(part.counts).for_each(|(all, count)| *all += count);
            }
            let mut rooms = rooms(counts);
            let mut chosen = Vec::with_capacity(sum(rooms));
            for part in parts {
                let mut room = part.counts;
                for (allowed, left) in room.iter_mut().zip(&mut rooms) {
                    *allowed = (*allowed).min(*left);
                    *left -= *allowed;
                }
                // Most reports of a long document are left out or taken as a whole, so their findings need not be read
                // one by one.
                if room == part.counts {
                    chosen.extend(part.reported());
                } else if sum(room) > 0 {
                    chosen.extend(within(part.reported(), room));
                }
            }
            (chosen, sum(counts).saturating_sub(most))
        }
        None => {
            let reported = analysis.reported();
            for finding in &reported {
                *number_of(finding.finding.severity, &mut counts) += 1;
            }
            (within(reported.into_iter(), rooms(counts)).collect(), sum(counts).saturating_sub(most))
        }
    }
}

/// The first findings of each severity among `reported`, as many as `room` has for it.
fn within<'a>(
    reported: impl Iterator<Item = Reported<'a>>,
    mut room: BySeverity,
) -> impl Iterator<Item = Reported<'a>> {
    reported.filter(move |reported| {
        let left = number_of(reported.finding.severity, &mut room);
        let fits = *left > 0;
        *left -= usize::from(fits);
        fits
    })
}

/// The problems in the configuration file `text`.
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

/// `finding`, which is on the configuration file `text`, as a diagnostic.
fn of_configuration(audience: Audience<'_>, text: &Text, finding: &Finding) -> Diagnostic {
    let at = |offset| text.position(offset, audience.client.encoding);
    let places: Vec<PositionRange> = finding.places().map(|span| [at(span.start), at(span.end)]).collect();
    Described::of(audience, finding, &places).into()
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

/// `finding`, whose spans count from the start of the document, as a diagnostic.
pub(super) fn diagnostic(audience: Audience<'_>, analysis: &Analysis, finding: &Finding) -> Diagnostic {
    let reported = [Reported::new(Cow::Borrowed(finding), 0)];
    let mut described = analysis.positions(&reported, audience.client.encoding);
    let described =
        described.next().map(|(reported, places)| Described::of(audience, &reported.finding, &places).into());
    described.unwrap_or_default()
}

/// The fields of a finding's diagnostic.
struct Described<'a> {
    audience: Audience<'a>,
    finding: &'a Finding,
    range: Range,
    /// The related places, if the client takes them.
    related: &'a [PositionRange],
}

/// Data that the client may send back with a diagnostic.
#[derive(Serialize)]
struct Data {
    name: &'static str,
    fix: Option<&'static str>,
}

impl<'a> Described<'a> {
    fn of(audience: Audience<'a>, finding: &'a Finding, places: &'a [PositionRange]) -> Described<'a> {
        let (first, related) = places.split_first().map_or((Range::default(), &[] as &[_]), |(first, related)| {
            (as_range(*first), if audience.client.related_information { related } else { &[] })
        });
        Described { audience, finding, range: first, related }
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
        Data { name: self.finding.rule.name, fix }
    }
}

fn as_range([start, end]: PositionRange) -> Range {
    Range::new(narrow(start), narrow(end))
}

impl From<Described<'_>> for Diagnostic {
    fn from(described: Described<'_>) -> Diagnostic {
        let code = described.finding.rule.code;
        let related = described.related().map(|(range, message)| DiagnosticRelatedInformation {
            location: Location { uri: described.audience.uri.clone(), range },
            message: message.to_owned(),
        });
        let page = described.audience.page(code).and_then(|page| Url::parse(&page).ok());
        Diagnostic {
            range: described.range,
            severity: Some(described.severity()),
            code: Some(NumberOrString::String(code.to_owned())),
            code_description: page.map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message: described.finding.message.clone(),
            related_information: (!described.related.is_empty()).then(|| related.collect()),
            tags: None,
            data: Some(json!(described.data())),
        }
    }
}

impl Described<'_> {
    /// Writes the JSON of a `Diagnostic`. All findings of an edited document are written at every keystroke; this is
    /// ten times as fast as the serialiser.
    fn write(&self, uri: &str, json: &mut Vec<u8>) -> io::Result<()> {
        let put = |json: &mut Vec<u8>, text: &str| json.extend_from_slice(text.as_bytes());
        put(json, "{\"range\":");
        put_range(json, self.range);
        put(json, ",\"severity\":");
        put(
            json,
            match self.finding.severity {
                Severity::Error => "1",
                Severity::Warning => "2",
                Severity::Info => "3",
            },
        );
        put(json, ",\"code\":");
        put_string(json, self.finding.rule.code)?;
        if let Some(href) = self.audience.page(self.finding.rule.code) {
            put(json, ",\"codeDescription\":{\"href\":");
            put_string(json, &href)?;
            put(json, "}");
        }
        put(json, ",\"source\":");
        put_string(json, SOURCE)?;
        put(json, ",\"message\":");
        put_string(json, &self.finding.message)?;
        if !self.related.is_empty() {
            put(json, ",\"relatedInformation\":");
            let mut before = "[";
            for (range, message) in self.related() {
                put(json, before);
                put(json, "{\"location\":{\"uri\":");
                put(json, uri);
                put(json, ",\"range\":");
                put_range(json, range);
                put(json, "},\"message\":");
                put_string(json, message)?;
                put(json, "}");
                before = ",";
            }
            put(json, "]");
        }
        let data = self.data();
        put(json, ",\"data\":{\"name\":");
        put_string(json, data.name)?;
        put(json, ",\"fix\":");
        match data.fix {
            Some(fix) => put_string(json, fix)?,
            None => put(json, "null"),
        }
        put(json, "}}");
        Ok(())
    }
}

fn put_range(json: &mut Vec<u8>, range: Range) {
    let mut number = |before: &str, number: u32| {
        json.extend_from_slice(before.as_bytes());
        json.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    };
    number("{\"start\":{\"line\":", range.start.line);
    number(",\"character\":", range.start.character);
    number("},\"end\":{\"line\":", range.end.line);
    number(",\"character\":", range.end.character);
    json.extend_from_slice(b"}}");
}

fn put_string(json: &mut Vec<u8>, text: &str) -> io::Result<()> {
    let is_plain = |byte: &u8| *byte >= b' ' && *byte != b'"' && *byte != b'\\';
    // `fold` is vectorised; `all` would test one byte after another.
    if text.as_bytes().iter().fold(true, |plain, byte| plain & is_plain(byte)) {
        json.push(b'"');
        json.extend_from_slice(text.as_bytes());
        json.push(b'"');
        return Ok(());
    }
    Ok(serde_json::to_writer(json, text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Related;
    use crate::text::Span;

    /// The handwritten JSON equals the serialiser's.
    #[test]
    fn what_is_written_is_what_the_protocol_has() {
        let uri = Url::parse("file:///a%22/%E8%A1%A8.md").unwrap();
        let text = include_str!("../../tests/reports/cells-by-line-2019.txt").replace("\t1\n", "\t0\n");
        let analysis = Analysis::new(&text, Default::default());
        let mut findings = analysis.findings();
        assert!(!findings.is_empty());
        let mut odd = findings[0].clone();
        odd.message = "\"\\\u{1}\t\n\u{7f}\u{2028}表😀</".to_owned();
        odd.related = vec![Related { span: Span::new(3, 9), message: String::new() }; 2];
        odd.fixes.clear();
        findings.push(odd);
        for (related_information, documentation) in [(true, None), (false, Some("https://a.invalid/rules/"))] {
            let client = ClientCapabilities { related_information, ..ClientCapabilities::default() };
            let audience = Audience { client, documentation, uri: &uri };
            for finding in &findings {
                let reported = [Reported::new(Cow::Borrowed(finding), 0)];
                for (reported, places) in analysis.positions(&reported, client.encoding) {
                    let mut json = Vec::new();
                    let described = Described::of(audience, &reported.finding, &places);
                    described.write(&json!(uri).to_string(), &mut json).unwrap();
                    let written: serde_json::Value = serde_json::from_slice(&json).unwrap();
                    assert_eq!(written, json!(Diagnostic::from(described)));
                }
            }
        }
    }
}
