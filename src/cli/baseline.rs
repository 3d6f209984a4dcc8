//! Baselines: a file with the fingerprints of known findings, with which later runs are compared.

use super::checked::Checked;
use super::on_disk::spool;
use super::output::{copy, indented};
use crate::config::Language;
use crate::say;
use anyhow::{Context, anyhow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use tempfile::SpooledTempFile;

/// The file.
#[derive(Deserialize, Serialize)]
struct Baseline {
    version: u32,
    findings: Vec<BaselineFinding>,
}

/// A finding in it. Only the fingerprint counts; the rest describes the finding for a reader.
#[derive(Deserialize, Serialize)]
struct BaselineFinding {
    fingerprint: String,
    #[serde(default)]
    filename: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
}

/// The effect of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeldBack {
    /// How many findings it suppressed.
    pub(super) known: usize,
    /// How many of its findings no longer exist.
    pub(super) gone: usize,
}

/// The fingerprints in the file `path`.
pub(super) fn read(path: &Path, language: Language) -> anyhow::Result<BTreeSet<String>> {
    let shown = path.display();
    let source = std::fs::read_to_string(path)
        .with_context(|| say!(language, "{shown}: 无法读取基线文件", "{shown}: the baseline cannot be read"))?;
    let baseline: Baseline = serde_json::from_str(source.trim_start_matches('\u{feff}')).map_err(|error| {
        anyhow!(say!(
            language,
            "{shown}: 不是基线文件（{error}）：请用 --write-baseline 重新生成",
            "{shown}: this is no baseline ({error}): make one with --write-baseline"
        ))
    })?;
    Ok(baseline.findings.into_iter().map(|known| known.fingerprint).collect())
}

/// A baseline that a run compares with, file by file.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    known: &'a BTreeSet<String>,
    seen: BTreeSet<String>,
    number: usize,
}

impl<'a> Comparison<'a> {
    /// A comparison with the `known` fingerprints.
    pub(super) fn new(known: &'a BTreeSet<String>) -> Comparison<'a> {
        Comparison { known, seen: BTreeSet::new(), number: 0 }
    }

    /// Removes the known findings from `file`.
    pub(super) fn hold_back(&mut self, file: &mut Checked) {
        let Comparison { known, seen, number } = self;
        file.retain(|identity| {
            let is_known = known.contains(&identity.fingerprint);
            if is_known {
                seen.insert(identity.fingerprint.clone());
                *number += 1;
            }
            !is_known
        });
    }

    /// The result of the comparison.
    pub(super) fn held_back(&self) -> HeldBack {
        HeldBack { known: self.number, gone: self.known.len() - self.seen.len() }
    }
}

/// A baseline that is written, file by file.
pub(super) struct NewBaseline {
    out: SpooledTempFile,
    /// How many findings it holds.
    pub(super) number: usize,
}

impl NewBaseline {
    /// A baseline without findings.
    pub(super) fn new() -> std::io::Result<NewBaseline> {
        let mut out = spool();
        out.write_all(b"{\n  \"version\": 1,\n  \"findings\": [")?;
        Ok(NewBaseline { out, number: 0 })
    }

    /// Adds the findings of `file`.
    pub(super) fn add(&mut self, file: &Checked) -> anyhow::Result<()> {
        for (finding, identity) in file.findings.iter().zip(&file.identities) {
            let known = BaselineFinding {
                fingerprint: identity.fingerprint.clone(),
                filename: file.name.clone(),
                code: finding.rule.code.to_owned(),
                message: finding.message.clone(),
            };
            let comma = if self.number == 0 { "\n" } else { ",\n" };
            let text = indented(&serde_json::to_string_pretty(&known)?, 4);
            self.out.write_all(format!("{comma}{text}").as_bytes())?;
            self.number += 1;
        }
        Ok(())
    }

    /// Writes it to `path`.
    pub(super) fn finish(mut self, path: &Path) -> std::io::Result<()> {
        let end: &[u8] = if self.number == 0 { b"]\n}\n" } else { b"\n  ]\n}\n" };
        self.out.write_all(end)?;
        copy(&mut self.out, &mut std::fs::File::create(path)?)
    }
}
