//! The digests of all files of a run, for the rules that compare reports, and the index of them; both are on disk if
//! they are large.

use super::apply_fixes::{apply_fixes, apply_fixes_to_word};
use super::configuration::Configurations;
use super::files::{Input, Inputs, Source};
use super::on_disk::{DiskList, Sorted, Sorter, Stored};
use super::parallel::in_order;
use super::progress::Progress;
use crate::analysis::StatedReport;
use crate::analysis::history::{DigestId, History, ReportFact, ReportFacts, digest_of};
use crate::config::Settings;
use crate::files::{Charset, OpenedFile};
use crate::report::{Digest, Document};
use crate::rules::Neighbours;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The limit for the texts of kept files, in bytes. Their models take about fifteen times as much memory.
const KEPT: usize = 2 << 20;

/// A file that was read, and its model.
pub(super) struct ReadFile {
    pub(super) file: OpenedFile,
    pub(super) document: Document,
}

/// The digests of all reports of a run.
#[derive(Default)]
pub(super) struct Surroundings {
    history: History<Sorted<ReportFact>>,
    /// The digests in the order of the files, each with the number of its unit in its file. Their places are their
    /// numbers.
    digests: DiskList<(u32, Digest)>,
    /// For each input, the number of the first digest of it or of a later input.
    firsts: DiskList<u64>,
    /// The first files of the run, by the indices of their inputs, so that they are read once.
    kept: Mutex<BTreeMap<usize, ReadFile>>,
}

impl Stored for (u32, Digest) {
    fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.0.to_le_bytes());
        bytes.extend(self.1.encode());
    }

    fn decode(bytes: &[u8]) -> Option<(u32, Digest)> {
        let (unit, digest) = bytes.split_first_chunk()?;
        Some((u32::from_le_bytes(*unit), Digest::decode(digest)?))
    }
}

impl Stored for ReportFact {
    fn encode(&self, bytes: &mut Vec<u8>) {
        ReportFact::encode(self, bytes);
    }

    fn decode(bytes: &[u8]) -> Option<ReportFact> {
        ReportFact::decode(bytes)
    }
}

impl ReportFacts for Sorted<ReportFact> {
    fn starting_at(&self, start: ReportFact) -> impl Iterator<Item = ReportFact> {
        Sorted::starting_at(self, start)
    }
}

/// How the files are read and fixed.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    pub(super) encoding: Option<Charset>,
    pub(super) jobs: usize,
    /// Whether safe fixes are applied first, and whether unsafe ones are too.
    pub(super) fixes: Option<bool>,
    /// The fingerprints of findings that no fix may touch.
    pub(super) known: &'a BTreeSet<String>,
    /// Whether the run reads the files again after this.
    pub(super) read_again: bool,
}

impl Surroundings {
    /// The digests of `inputs`, except standard input, which can be read only once, and files that cannot be read.
    pub(super) fn of(
        inputs: &Inputs,
        configurations: &Configurations,
        manner: Manner<'_>,
        progress: &mut Progress,
    ) -> anyhow::Result<Surroundings> {
        let mut all = Surroundings::default();
        let mut facts = Sorter::new();
        let mut kept = 0;
        in_order(
            inputs.len(),
            manner.jobs,
            |index| {
                let input = inputs.get(index)?;
                let (digests, file) = digests(&input, configurations, manner);
                Ok((configurations.stated(&input).role, digests, file))
            },
            |index, outcome: std::io::Result<_>| {
                let (role, digests, file) = outcome?;
                if let Some(read) = file.filter(|read: &ReadFile| kept + read.file.text().len() <= KEPT) {
                    kept += read.file.text().len();
                    all.kept.get_mut().unwrap_or_else(PoisonError::into_inner).insert(index, read);
                }
                all.firsts.push(&(all.digests.len() as u64))?;
                for (unit, digest) in digests {
                    let id = DigestId::try_from(all.digests.len())?;
                    ReportFact::of(id, &digest, role).try_for_each(|fact| facts.add(fact))?;
                    all.digests.push(&(u32::try_from(unit)?, digest))?;
                }
                progress.advance();
                anyhow::Ok(())
            },
        )?;
        all.history = History::new(facts.finish()?);
        Ok(all)
    }

    /// Input `index` as it was read for the digests, if it was kept. It is given once.
    pub(super) fn take(&self, index: usize) -> Option<ReadFile> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(&index)
    }

    /// The reports with which each unit of `document` is compared; the document is input `index`.
    pub(super) fn beside(
        &self,
        index: usize,
        input: &Input,
        document: &Document,
        configurations: &Configurations,
    ) -> Vec<Neighbours> {
        let StatedReport { given, role } = configurations.stated(input);
        let known: BTreeMap<u32, DigestId> = self
            .numbered(index)
            .filter_map(|number| Some((self.digests.get(number).ok()?.0, id_of(number)?)))
            .collect();
        let beside = |(number, (_, unit)): (usize, (usize, &_))| {
            let Some(digest) = digest_of(unit, &input.name, &given) else { return Neighbours::default() };
            let id = u32::try_from(number).ok().and_then(|unit| known.get(&unit).copied());
            self.history.neighbours(id, &digest, role, |id| self.fetch(id))
        };
        document.units().enumerate().map(beside).collect()
    }

    fn fetch(&self, id: DigestId) -> Option<Digest> {
        Some(self.digests.get(usize::try_from(id).ok()?).ok()?.1)
    }

    /// The numbers of the digests of input `index`.
    fn numbered(&self, index: usize) -> std::ops::Range<usize> {
        let first = |index| self.firsts.get(index).ok().and_then(|first| usize::try_from(first).ok());
        let last = if index + 1 == self.firsts.len() { Some(self.digests.len()) } else { first(index + 1) };
        first(index).zip(last).map_or(0..0, |(first, last)| first..last)
    }

    /// The digests of the reports in input `index`.
    pub(super) fn of_input(&self, index: usize) -> impl Iterator<Item = Digest> {
        self.numbered(index).filter_map(|number| self.fetch(id_of(number)?))
    }

    /// The members of the region `region` without a report, by year; see [`History::missing`].
    pub(super) fn missing(&self, region: usize) -> Vec<(u16, Vec<String>)> {
        self.history.missing(region, |id| self.fetch(id))
    }
}

fn id_of(number: usize) -> Option<DigestId> {
    DigestId::try_from(number).ok()
}

/// The model of `file` after its fixes.
fn fixed(file: &OpenedFile, settings: &Arc<Settings>, unsafe_fixes: bool, known: &BTreeSet<String>) -> Document {
    match file {
        OpenedFile::Text(text) => Document::new(&apply_fixes(&text.text, settings, unsafe_fixes, known).text),
        OpenedFile::Word(word) => match apply_fixes_to_word(word, settings, unsafe_fixes, known) {
            Ok(Some((fixed, _))) => fixed.file.document(),
            _ => word.document(),
        },
    }
}

/// The digests of the reports in `input`, each with the index of its unit; and the file, unless it is to be fixed.
fn digests(
    input: &Input,
    configurations: &Configurations,
    manner: Manner<'_>,
) -> (Vec<(usize, Digest)>, Option<ReadFile>) {
    if input.source == Source::Stdin {
        return (Vec::new(), None);
    }
    let settings: Arc<Settings> = configurations.settings(input);
    let Ok(file) = input.read(manner.encoding, settings.language) else { return (Vec::new(), None) };
    // The core should never panic; if it does, the check of the file reports that.
    let work = || {
        let document = match manner.fixes {
            Some(unsafe_fixes) => fixed(&file, &settings, unsafe_fixes, manner.known),
            None => file.document(),
        };
        let given = configurations.given(input);
        let digest = |(number, (_, unit)): (usize, (usize, &_))| Some((number, digest_of(unit, &input.name, &given)?));
        let digests = document.units().enumerate().filter_map(digest).collect();
        (digests, (manner.read_again && manner.fixes.is_none()).then_some(document))
    };
    let (digests, document) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_default();
    (digests, document.map(|document| ReadFile { file, document }))
}
