//! The input files, their names in the output, and their text.

use super::on_disk::{DiskList, Sorter, Stored};
use crate::config::Language;
use crate::exchange::not_opened;
use crate::files::{Charset, NotText, OpenError, OpenedFile, WalkLimits, Walked, open, walk};
use crate::say;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The source of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// An input to check.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// The inputs of a run, each once, by name. They are on disk if there are many.
#[derive(Default)]
pub(super) struct Inputs {
    list: DiskList<Input>,
    has_stdin: bool,
}

impl Inputs {
    fn push(&mut self, input: &Input) -> std::io::Result<()> {
        self.has_stdin |= input.source == Source::Stdin;
        self.list.push(input)
    }

    /// The number of inputs.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether standard input is among them.
    pub(super) fn has_stdin(&self) -> bool {
        self.has_stdin
    }

    /// Input `index`.
    pub(super) fn get(&self, index: usize) -> std::io::Result<Input> {
        self.list.get(index)
    }

    /// The inputs in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Input> {
        self.list.iter()
    }

    /// Keeps only the inputs for which `keep` returns true.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&Input) -> bool) -> std::io::Result<()> {
        let all = std::mem::take(self);
        for index in 0..all.len() {
            let input = all.get(index)?;
            if keep(&input) {
                self.push(&input)?;
            }
        }
        Ok(())
    }
}

/// The files of a run.
#[derive(Default)]
pub(super) struct Gathered {
    /// The inputs.
    pub(super) inputs: Inputs,
    /// The files that cannot be reached, by name.
    pub(super) failures: Vec<Failure>,
    /// The files in folders that are not read, by name.
    pub(super) passed_over: Vec<PassedOver>,
    /// The names of files that a configuration excludes.
    pub(super) excluded: Vec<String>,
}

/// An input with the file that its path leads to: a file that is named twice is checked and fixed once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FoundInput {
    file: PathBuf,
    /// Its name in the output does not depend on the order of the arguments: the first one in alphabetical order counts.
    input: Input,
}

impl Stored for Input {
    fn encode(&self, bytes: &mut Vec<u8>) {
        let (kind, text) = match &self.source {
            Source::Stdin => (0, self.name.clone().into_bytes()),
            Source::File(path) => (1, path_bytes(path)),
        };
        bytes.extend([kind, u8::from(self.is_named)]);
        bytes.extend(text);
    }

    fn decode(bytes: &[u8]) -> Option<Input> {
        let (&[kind, is_named], text) = bytes.split_first_chunk()?;
        let (name, source) = match kind {
            0 => (String::from_utf8(text.to_vec()).ok()?, Source::Stdin),
            _ => {
                let path = path_of_bytes(text);
                (display(&path), Source::File(path))
            }
        };
        Some(Input { name, source, is_named: is_named == 1 })
    }
}

impl Stored for FoundInput {
    fn encode(&self, bytes: &mut Vec<u8>) {
        let file = path_bytes(&self.file);
        bytes.extend((file.len() as u64).to_le_bytes());
        bytes.extend(file);
        self.input.encode(bytes);
    }

    fn decode(bytes: &[u8]) -> Option<FoundInput> {
        let (length, rest) = bytes.split_first_chunk()?;
        let (file, input) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        Some(FoundInput { file: path_of_bytes(file), input: Input::decode(input)? })
    }
}

#[cfg(not(windows))]
fn path_bytes(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

#[cfg(not(windows))]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes))
}

#[cfg(windows)]
fn path_bytes(path: &Path) -> Vec<u8> {
    std::os::windows::ffi::OsStrExt::encode_wide(path.as_os_str()).flat_map(u16::to_le_bytes).collect()
}

#[cfg(windows)]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    let wide: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    PathBuf::from(<std::ffi::OsString as std::os::windows::ffi::OsStringExt>::from_wide(&wide))
}

/// The files at `paths` and those in the folders at `paths`. `-` is standard input with the name `stdin_name`.
pub(super) fn gather(paths: &[PathBuf], stdin_name: Option<&Path>, language: Language) -> std::io::Result<Gathered> {
    let mut gathered = Gathered::default();
    let mut found = Sorter::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let name = stdin_name.map_or_else(|| "-".to_owned(), display);
            found.add(FoundInput {
                file: PathBuf::from("-"),
                input: Input { name, source: Source::Stdin, is_named: true },
            })?;
        } else if path.is_dir() {
            collect(path, &mut gathered, &mut found, language)?;
        } else {
            add(path, &mut found, true)?;
        }
    }
    gathered.inputs = by_name(found)?;
    gathered.failures.sort_by(|a, b| a.name.cmp(&b.name));
    gathered.passed_over.sort_by(|a, b| a.name.cmp(&b.name));
    gathered.passed_over.dedup();
    Ok(gathered)
}

/// The `found` inputs, each once, by name.
fn by_name(found: Sorter<FoundInput>) -> std::io::Result<Inputs> {
    let mut sorter = Sorter::new();
    let mut last: Option<FoundInput> = None;
    found.each(|found| {
        match &mut last {
            Some(last) if last.file == found.file => last.input.is_named |= found.input.is_named,
            _ => {
                if let Some(last) = last.replace(found) {
                    sorter.add(last.input)?;
                }
            }
        }
        Ok::<(), std::io::Error>(())
    })?;
    if let Some(last) = last {
        sorter.add(last.input)?;
    }
    let mut inputs = Inputs::default();
    sorter.each(|input| inputs.push(&input))?;
    Ok(inputs)
}

fn add(path: &Path, found: &mut Sorter<FoundInput>, is_named: bool) -> std::io::Result<()> {
    let input = Input { name: display(path), source: Source::File(path.to_owned()), is_named };
    let file = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    found.add(FoundInput { file, input })
}

/// Adds the reports in `folder`.
fn collect(
    folder: &Path,
    gathered: &mut Gathered,
    found: &mut Sorter<FoundInput>,
    language: Language,
) -> std::io::Result<()> {
    for walked in walk(folder, WalkLimits::default()) {
        match walked {
            Walked::Report(path) => add(&path, found, false)?,
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
    Ok(())
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
        let gathered = gather(&paths, None, Language::English).unwrap();
        assert_eq!(gathered.inputs.len(), 1);
        let input = gathered.inputs.get(0).unwrap();
        assert_eq!((input.source, input.is_named), (Source::File(file), true));
    }
}
