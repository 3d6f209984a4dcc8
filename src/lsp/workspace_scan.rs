//! Reads the reports in the open folders and brings the index up to date. It runs on a thread of its own and gives way
//! to the serving thread.
//!
//! It takes the same files as `gongkai check` in the same folder. An open document counts with its text in the editor.

use super::locks::lock;
use crate::analysis::{IndexedFile, ReportIndex, StatedReport, missing_reports};
use crate::config::Language;
use crate::configuration::{Loaded, PathPattern, nearest, relative};
use crate::files::{WalkLimits, Walked, open, walk};
use crate::report::Document;
use crate::rules::{Finding, Neighbours};
use crate::say;
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::Metadata;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};
use tower_lsp::lsp_types::Url;

/// At most this many files are in the index.
const MOST_FILES: usize = 5_000;
/// The largest number of folder entries that one scan reads.
const MOST_ENTRIES: usize = 200_000;
/// At most this many bytes are in the files of the index, and in one of them.
const MOST_BYTES: u64 = 256 << 20;
const LONGEST_FILE: u64 = 32 << 20;
/// In a scan of everything the thread rests for a moment after this many entries.
const ENTRIES_BETWEEN_RESTS: usize = 500;
const REST: Duration = Duration::from_millis(2);
/// After a file the thread rests as long as the file took, but not longer than this.
const LONGEST_REST: Duration = Duration::from_millis(20);

/// A folder that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ScannedFolder {
    /// Its path, without links.
    pub(super) path: PathBuf,
    /// How many folders below it are read too.
    pub(super) depth: usize,
}

/// The text of an open document.
pub(super) struct OpenText {
    pub(super) uri: Url,
    /// The number of this text.
    pub(super) generation: u64,
    pub(super) text: Text,
}

/// A scan of the open folders.
pub(super) struct Scan {
    pub(super) folders: Vec<ScannedFolder>,
    /// The files that may have changed; none if any may have.
    pub(super) only: Option<Vec<PathBuf>>,
    /// The open documents in these folders, by path.
    pub(super) open: BTreeMap<PathBuf, OpenText>,
    /// The open configuration files.
    pub(super) configurations: Vec<(PathBuf, OpenText)>,
    pub(super) language: Language,
}

/// The outcome of a scan.
pub(super) struct Update {
    /// For each open document and the number of its text, the reports that its units are compared with; none if it is
    /// not in the index.
    pub(super) compared: Vec<(Url, u64, Option<Vec<Neighbours>>)>,
    /// For each open configuration file and the number of its text, its members without a report.
    pub(super) members: Vec<(Url, u64, Vec<Finding>)>,
    /// How many reports are in the index.
    pub(super) reports: usize,
    /// Lines for the log.
    pub(super) messages: Vec<String>,
}

/// What the index was made from.
#[derive(Default)]
pub(super) struct ScanState {
    /// The files, by the path that they have in the index.
    files: BTreeMap<String, ScannedFile>,
    /// The configuration files, in the order of the numbers of their regions.
    regions: Vec<PathBuf>,
    /// Whether a limit was reached, so that files may be missing.
    is_limited: bool,
    /// Whether the log says so.
    has_said: bool,
}

/// A file of the index, as it was when it was read.
#[derive(Debug, PartialEq, Eq)]
struct ScannedFile {
    state: FileState,
    /// Its name from its folder.
    name: String,
    stated: StatedReport,
}

/// The state of a file.
#[derive(Debug, PartialEq, Eq)]
enum FileState {
    /// It is open in the editor, with the text of this number.
    Open(u64),
    /// It is on the disk.
    Saved { modified: Option<SystemTime>, length: u64 },
}

impl FileState {
    fn of(metadata: &Metadata) -> FileState {
        FileState::Saved { modified: metadata.modified().ok(), length: metadata.len() }
    }

    fn length(&self) -> u64 {
        match self {
            FileState::Open(_) => 0,
            FileState::Saved { length, .. } => *length,
        }
    }
}

/// The path of a file in the index.
pub(super) fn key_of(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// The configuration files of a scan, by the folder that they apply to.
struct FolderConfigurations<F> {
    read: F,
    of_folder: HashMap<PathBuf, Option<PathBuf>>,
    loaded: HashMap<PathBuf, Option<Loaded>>,
}

impl<F: Fn(&Path) -> Option<Loaded>> FolderConfigurations<F> {
    /// The configuration of the files in `folder`.
    fn of(&mut self, folder: &Path) -> Option<&Loaded> {
        let path = self.of_folder.entry(folder.to_owned()).or_insert_with(|| nearest(folder)).clone()?;
        self.at(&path)
    }

    fn at(&mut self, path: &Path) -> Option<&Loaded> {
        let read = &self.read;
        self.loaded.entry(path.to_owned()).or_insert_with(|| read(path)).as_ref()
    }
}

impl Scan {
    /// Updates `index`. `configuration` gives the configuration file at a path.
    pub(super) fn run(
        mut self,
        known: &mut ScanState,
        index: &Mutex<ReportIndex>,
        configuration: impl Fn(&Path) -> Option<Loaded>,
    ) -> Update {
        let mut configurations =
            FolderConfigurations { read: configuration, of_folder: HashMap::new(), loaded: HashMap::new() };
        if let Some(only) = &mut self.only {
            let is_new = |(path, open): &(&PathBuf, &OpenText)| {
                known.files.get(&key_of(path)).is_none_or(|file| file.state != FileState::Open(open.generation))
            };
            only.extend(self.open.iter().filter(is_new).map(|(path, _)| path.clone()));
        }
        let found = self.read(known, index, &mut configurations);
        self.remove_others(&found, known, index);
        lock(index).settle();
        let compared = self.open.iter().map(|(path, open)| {
            let neighbours = lock(index).neighbours(&key_of(path));
            (open.uri.clone(), open.generation, neighbours)
        });
        let compared = compared.collect();
        let members = self.members(known, &lock(index), &mut configurations);
        let mut messages = Vec::new();
        if known.is_limited && !std::mem::replace(&mut known.has_said, true) {
            messages.push(say!(
                self.language,
                "gongkai：打开的文件夹中文件太多或太大，只比较其中一部分年度报告（至多 {MOST_FILES} 个文件）；检查全部请运行 gongkai check",
                "gongkai: the open folders have too many files, or too long ones; reports are compared with part of them \
                 (at most {MOST_FILES} files): run gongkai check to compare all of them"
            ));
        }
        Update { compared, members, reports: lock(index).len(), messages }
    }

    /// Reads the files that changed; returns the paths of all files in the folders, or of those among `only`.
    fn read<F: Fn(&Path) -> Option<Loaded>>(
        &self,
        known: &mut ScanState,
        index: &Mutex<ReportIndex>,
        configurations: &mut FolderConfigurations<F>,
    ) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut entries = 0;
        let mut bytes: u64 = known.files.values().map(|file| file.state.length()).sum();
        if self.only.is_none() {
            known.is_limited = false;
        }
        for ScannedFolder { path: folder, depth } in &self.folders {
            let only = self
                .only
                .as_ref()
                .map(|only| only.iter().filter(|path| path.starts_with(folder)).cloned().collect::<Vec<_>>());
            if only.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            for walked in walk(folder, WalkLimits { depth: Some(*depth), only }) {
                entries += 1;
                if self.only.is_none() && entries % ENTRIES_BETWEEN_RESTS == 0 {
                    std::thread::sleep(REST);
                }
                if entries > MOST_ENTRIES {
                    known.is_limited = true;
                    break;
                }
                let path = match walked {
                    Walked::Report(path) => path,
                    // The files in a folder below a home are not meant.
                    Walked::TooDeep(_) if *depth > 0 => {
                        known.is_limited = true;
                        continue;
                    }
                    _ => continue,
                };
                let (key, open) = (key_of(&path), self.open.get(&path));
                let Some(parent) = path.parent() else { continue };
                let loaded = configurations.of(parent);
                if found.contains(&key) || loaded.is_some_and(|loaded| loaded.excludes(&path)) {
                    continue;
                }
                let stated = loaded.map(|loaded| StatedReport::of(loaded, known.region(&loaded.path), &path));
                let state = match open {
                    Some(open) => FileState::Open(open.generation),
                    None => match std::fs::metadata(&path) {
                        Ok(metadata) => FileState::of(&metadata),
                        Err(_) => continue,
                    },
                };
                let name = relative(&path, folder).unwrap_or_default();
                let file = ScannedFile { state, name, stated: stated.unwrap_or_default() };
                let old = known.files.get(&key);
                if old == Some(&file) {
                    found.insert(key);
                    continue;
                }
                let length = file.state.length();
                let others = bytes - old.map_or(0, |old| old.state.length());
                let is_full = old.is_none() && known.files.len() >= MOST_FILES;
                if is_full || length > LONGEST_FILE || others + length > MOST_BYTES {
                    known.is_limited = true;
                    continue;
                }
                bytes = others + length;
                let begin = Instant::now();
                if let Some(indexed) = file.read(&path, open) {
                    lock(index).put(key.clone(), indexed);
                } else {
                    lock(index).remove(&key);
                }
                known.files.insert(key.clone(), file);
                found.insert(key);
                if self.only.is_none() {
                    std::thread::sleep(begin.elapsed().min(LONGEST_REST));
                }
            }
        }
        found
    }

    /// Removes the files that may have changed and were not `found`.
    fn remove_others(&self, found: &BTreeSet<String>, known: &mut ScanState, index: &Mutex<ReportIndex>) {
        let is_meant = |key: &str| match &self.only {
            Some(only) => only.iter().any(|path| Path::new(key).starts_with(path)),
            None => true,
        };
        known.files.retain(|key, _| {
            let is_gone = is_meant(key) && !found.contains(key);
            if is_gone {
                lock(index).remove(key);
            }
            !is_gone
        });
    }

    /// The findings of the open configuration files about members without a report. There is none for a folder that was
    /// not read as a whole.
    fn members<F: Fn(&Path) -> Option<Loaded>>(
        &self,
        known: &mut ScanState,
        index: &ReportIndex,
        configurations: &mut FolderConfigurations<F>,
    ) -> Vec<(Url, u64, Vec<Finding>)> {
        let mut members = Vec::new();
        for (path, OpenText { uri, generation, text }) in &self.configurations {
            let is_whole = |folder: &ScannedFolder| folder.depth > 0 && path.starts_with(&folder.path);
            let loaded = configurations.at(path).filter(|loaded| *text == *loaded.source.as_str());
            let loaded = loaded.filter(|_| !known.is_limited && self.folders.iter().any(is_whole));
            let findings = loaded.map(|loaded| {
                let paths: Vec<String> =
                    known.files.keys().filter_map(|file| loaded.path_of(Path::new(file))).collect();
                let is_here = |member: &PathPattern| paths.iter().any(|path| member.is_about(path));
                let (settings, region) = (loaded.configuration.settings(), known.region(path));
                missing_reports(loaded, settings, || index.missing(region), is_here)
            });
            members.push((uri.clone(), *generation, findings.unwrap_or_default()));
        }
        members
    }
}

impl ScanState {
    /// The number of the region of the configuration file `path`.
    fn region(&mut self, path: &Path) -> usize {
        let known = self.regions.iter().position(|known| known == path);
        known.unwrap_or_else(|| {
            self.regions.push(path.to_owned());
            self.regions.len() - 1
        })
    }
}

impl ScannedFile {
    /// The reports in the file `path`; `None` if it cannot be read. The core should never panic; if it does, the file
    /// is one that cannot be read.
    fn read(&self, path: &Path, text: Option<&OpenText>) -> Option<IndexedFile> {
        let StatedReport { given, role } = &self.stated;
        let document = || match text {
            Some(OpenText { text, .. }) => Some(Document::of(text.clone(), &text.to_string())),
            None => Some(open(std::fs::read(path).ok()?, &self.name, None).ok()?.document()),
        };
        let read = || Some(IndexedFile::of(&document()?, &self.name, given, *role));
        catch_unwind(std::panic::AssertUnwindSafe(read)).ok().flatten()
    }
}
