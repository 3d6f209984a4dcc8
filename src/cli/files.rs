//! The input files, their names in the output, and their text.

use crate::config::Language;
use crate::exchange::not_opened;
use crate::files::{Charset, NotText, OpenError, OpenedFile, WalkLimits, Walked, open, walk};
use crate::say;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The source of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// An input to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// Its name in the output: the path as given, with `/` between its parts and without a leading `./`.
    pub(super) name: String,
    /// Its source.
    pub(super) source: Source,
    /// Whether the user named it, rather than a folder that contains it.
    pub(super) is_named: bool,
}

/// A file in a folder, of a kind that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PassedOver {
    /// What it is called in the output.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its extension in lower case, with its dot; empty if it has none.
    pub(super) kind: String,
}

/// A file or folder that cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// What it is called in the output.
    pub(super) name: String,
    /// The problem and what to do.
    pub(super) message: String,
}

/// The files of a run.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The inputs, each once, by name.
    pub(super) inputs: Vec<Input>,
    /// The files that cannot be reached, by name.
    pub(super) failures: Vec<Failure>,
    /// The files in folders that are not read, by name.
    pub(super) passed_over: Vec<PassedOver>,
    /// The names of files that a configuration excludes.
    pub(super) excluded: Vec<String>,
}

/// The files at `paths` and those in the folders at `paths`. `-` is standard input with the name `stdin_name`.
pub(super) fn gather(paths: &[PathBuf], stdin_name: Option<&Path>, language: Language) -> Gathered {
    let mut gathered = Gathered::default();
    // Keyed by the file that a path leads to: a file that is named twice is checked and fixed once.
    let mut inputs: BTreeMap<PathBuf, Input> = BTreeMap::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let name = stdin_name.map_or_else(|| "-".to_owned(), display);
            inputs.insert(PathBuf::from("-"), Input { name, source: Source::Stdin, is_named: true });
        } else if path.is_dir() {
            collect(path, &mut gathered, &mut inputs, language);
        } else {
            add(path, &mut inputs, true);
        }
    }
    gathered.inputs = inputs.into_values().collect();
    gathered.inputs.sort_by(|a, b| a.name.cmp(&b.name));
    gathered.failures.sort_by(|a, b| a.name.cmp(&b.name));
    gathered.passed_over.sort_by(|a, b| a.name.cmp(&b.name));
    gathered.passed_over.dedup();
    gathered
}

fn add(path: &Path, inputs: &mut BTreeMap<PathBuf, Input>, is_named: bool) {
    let input = Input { name: display(path), source: Source::File(path.to_owned()), is_named };
    let key = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let known = inputs.entry(key).or_insert_with(|| input.clone());
    let is_named = is_named || known.is_named;
    if input.name < known.name {
        // The name in the output does not depend on the order of the arguments.
        *known = input;
    }
    known.is_named = is_named;
}

/// Adds the reports in `folder`.
fn collect(folder: &Path, gathered: &mut Gathered, inputs: &mut BTreeMap<PathBuf, Input>, language: Language) {
    for walked in walk(folder, WalkLimits::default()) {
        match walked {
            Walked::Report(path) => add(&path, inputs, false),
            Walked::Other(path) => {
                let kind = path.extension().map(|extension| format!(".{}", extension.to_string_lossy().to_lowercase()));
                let (name, kind) = (display(&path), kind.unwrap_or_default());
                gathered.passed_over.push(PassedOver { name, path, kind });
            }
            // The walk has no limits.
            Walked::TooDeep(_) => {}
            Walked::Unreadable(error) => {
                let message = say!(language, "无法读取（{error}）", "cannot be read ({error})");
                gathered.failures.push(Failure { name: display(folder), message });
            }
        }
    }
}

/// `path` as it is printed: `/` between its parts, no leading `./`.
pub(super) fn display(path: &Path) -> String {
    let parts: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    let shown = if parts.as_os_str().is_empty() { path } else { &parts }.to_string_lossy().into_owned();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
}

impl Input {
    /// The content of the input; text in the encoding `wanted`, or else in the detected one, includes a byte order
    /// mark. The error says what is wrong and what to do.
    pub(super) fn read(&self, wanted: Option<Charset>, language: Language) -> Result<OpenedFile, Failure> {
        self.open(wanted, language).map_err(|message| Failure { name: self.name.clone(), message })
    }

    fn open(&self, wanted: Option<Charset>, language: Language) -> Result<OpenedFile, String> {
        let mut bytes = Vec::new();
        let read = match &self.source {
            Source::Stdin => std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ()),
            Source::File(path) => std::fs::read(path).map(|read| bytes = read),
        };
        read.map_err(|error| unreadable(&error, language))?;
        open(bytes, &self.name, wanted).map_err(|error| unopened(error, language))
    }
}

/// A message that says why a file cannot be read, and what to do on the command line.
fn unopened(error: OpenError, language: Language) -> String {
    let option = match error {
        OpenError::NotText(NotText::Damaged { .. }) => {
            say!(language, "，或用 --encoding 指明编码", ", or name its encoding with --encoding")
        }
        _ => String::new(),
    };
    not_opened(error, language) + &option
}

fn unreadable(error: &std::io::Error, language: Language) -> String {
    use std::io::ErrorKind::{NotFound, PermissionDenied};
    match error.kind() {
        NotFound => say!(language, "文件不存在：请核对路径", "there is no such file: check the path"),
        PermissionDenied => say!(language, "没有读取权限：请核对文件权限", "permission denied: check who may read it"),
        _ => say!(language, "无法读取（{error}）", "cannot be read ({error})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_without_a_leading_dot() {
        for (path, shown) in
            [("./a.txt", "a.txt"), ("a/./b.txt", "a/b.txt"), (".", "."), ("../a", "../a"), ("/a", "/a")]
        {
            assert_eq!(display(Path::new(path)), shown);
        }
    }

    #[test]
    fn a_file_named_twice_is_checked_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "").unwrap();
        let paths = [folder.path().to_owned(), file.clone(), folder.path().join("./a.txt")];
        let gathered = gather(&paths, None, Language::English);
        assert_eq!(gathered.inputs.len(), 1, "{gathered:?}");
        assert_eq!(gathered.inputs[0].source, Source::File(file));
    }
}
