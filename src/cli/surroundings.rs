//! The digests of all files of a run, for the rules that compare reports; a temporary file holds them if they are
//! large.

use super::apply_fixes::{apply_fixes, apply_fixes_to_word};
use super::configuration::Configurations;
use super::files::{Input, Source};
use super::output::spool;
use super::parallel::in_order;
use super::progress::Progress;
use crate::analysis::StatedReport;
use crate::analysis::history::{DigestId, History, digest_of};
use crate::config::Settings;
use crate::files::{Charset, OpenedFile};
use crate::report::{Digest, Document};
use crate::rules::Neighbours;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::SpooledTempFile;

/// The limit for the texts of kept files, in bytes. Their models take about fifteen times as much memory.
const KEPT: usize = 2 << 20;

/// A file that was read, and its model.
pub(super) struct ReadFile {
    pub(super) file: OpenedFile,
    pub(super) document: Document,
}

/// The digests of all reports of a run.
pub(super) struct Surroundings {
    pub(super) history: History,
    store: Mutex<SpooledTempFile>,
    /// For each digest, its start and its length.
    places: Vec<(u64, u32)>,
    /// For each digest, the indices of its input and of its unit in that input.
    units: Vec<(u32, u32)>,
    /// The first files of the run, by the indices of their inputs, so that they are read once.
    kept: Mutex<BTreeMap<usize, ReadFile>>,
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
    /// No other files.
    pub(super) fn none() -> Surroundings {
        Surroundings {
            history: History::default(),
            store: spool().into(),
            places: Vec::new(),
            units: Vec::new(),
            kept: Mutex::default(),
        }
    }

    /// The digests of `inputs`, except standard input, which can be read only once, and files that cannot be read.
    pub(super) fn of(
        inputs: &[Input],
        configurations: &Configurations,
        manner: Manner<'_>,
        progress: &mut Progress,
    ) -> anyhow::Result<Surroundings> {
        let mut all = Surroundings::none();
        let mut end = 0;
        let mut kept = 0;
        in_order(
            inputs.len(),
            manner.jobs,
            |index| digests(&inputs[index], configurations, manner),
            |index, (digests, file)| {
                if let Some(read) = file.filter(|read| kept + read.file.text().len() <= KEPT) {
                    kept += read.file.text().len();
                    all.kept.get_mut().unwrap_or_else(PoisonError::into_inner).insert(index, read);
                }
                let role = configurations.stated(&inputs[index]).role;
                for (unit, digest) in digests {
                    let id = DigestId::try_from(all.places.len())?;
                    all.history.add(id, &digest, role);
                    let bytes = digest.encode();
                    let length = u32::try_from(bytes.len())?;
                    all.store.get_mut().unwrap_or_else(PoisonError::into_inner).write_all(&bytes)?;
                    all.places.push((end, length));
                    all.units.push((u32::try_from(index)?, u32::try_from(unit)?));
                    end += u64::from(length);
                }
                progress.advance();
                anyhow::Ok(())
            },
        )?;
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
        let beside = |(number, (_, unit)): (usize, (usize, &_))| {
            let Some(digest) = digest_of(unit, &input.name, &given) else { return Neighbours::default() };
            let key = (u32::try_from(index).unwrap_or(u32::MAX), u32::try_from(number).unwrap_or(u32::MAX));
            let id = self.units.binary_search(&key).ok().and_then(|id| DigestId::try_from(id).ok());
            self.history.neighbours(id, &digest, role, |id| self.fetch(id))
        };
        document.units().enumerate().map(beside).collect()
    }

    /// The digest `id`.
    pub(super) fn fetch(&self, id: DigestId) -> Option<Digest> {
        let (start, length) = *self.places.get(usize::try_from(id).ok()?)?;
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        store.seek(SeekFrom::Start(start)).ok()?;
        store.read_exact(&mut bytes).ok()?;
        Digest::decode(&bytes)
    }

    /// The digests of the reports in input `index`.
    pub(super) fn of_input(&self, index: usize) -> impl Iterator<Item = Digest> {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let first = self.units.partition_point(|(input, _)| *input < index);
        let units = self.units.iter().enumerate().skip(first).take_while(move |(_, (input, _))| *input == index);
        units.filter_map(|(id, _)| self.fetch(DigestId::try_from(id).ok()?))
    }
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
