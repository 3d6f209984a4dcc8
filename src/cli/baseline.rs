//! Findings that are known already: a file of their fingerprints, written once and compared with from then on.

use super::checked::Checked;
use crate::config::Language;
use crate::say;
use anyhow::{Context, anyhow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// The file.
#[derive(Deserialize, Serialize)]
struct Baseline {
    version: u32,
    findings: Vec<BaselineFindings>,
}

/// A finding in it. Only its fingerprint counts; the rest tells a reader what it is.
#[derive(Deserialize, Serialize)]
struct BaselineFindings {
    fingerprint: String,
    #[serde(default)]
    filename: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
}

/// What a baseline did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeldBack {
    /// How many findings it held back.
    pub(super) known: usize,
    /// How many of its own are not there any more.
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

/// Takes what is `known` out of `files`.
pub(super) fn hold_back(known: &BTreeSet<String>, files: &mut [Checked]) -> HeldBack {
    let mut seen = BTreeSet::new();
    let mut number = 0;
    for file in files {
        file.retain(|identity| {
            let is_known = known.contains(&identity.fingerprint);
            if is_known {
                seen.insert(identity.fingerprint.clone());
                number += 1;
            }
            !is_known
        });
    }
    HeldBack { known: number, gone: known.len() - seen.len() }
}

/// The text of a baseline of everything that was found in `files`.
pub(super) fn written(files: &[Checked]) -> serde_json::Result<String> {
    let of_file = |file: &Checked| {
        let both = file.findings.iter().zip(&file.identities);
        let known = both.map(|(finding, identity)| BaselineFindings {
            fingerprint: identity.fingerprint.clone(),
            filename: file.name.clone(),
            code: finding.rule.code.to_owned(),
            message: finding.message.clone(),
        });
        known.collect::<Vec<_>>()
    };
    let baseline = Baseline { version: 1, findings: files.iter().flat_map(of_file).collect() };
    Ok(serde_json::to_string_pretty(&baseline)? + "\n")
}
