//! The walk through a folder: which of its files may hold reports. The command line and the editor take the same ones.

use crate::configuration::FILE_NAME;
use ignore::{DirEntry, WalkBuilder};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The extensions of files that a walk reads.
pub const EXTENSIONS: [&str; 6] = ["txt", "md", "markdown", "html", "htm", "docx"];

/// The files that list what a walk leaves out.
pub const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

/// The start of the names of lock files, which Word creates beside an open document.
const OPEN_MARK: &str = "~$";

/// An entry of a folder, or of a folder in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walked {
    /// A file that may hold reports.
    Report(PathBuf),
    /// A file of another kind.
    Other(PathBuf),
    /// A folder that is too deep to be walked.
    TooDeep(PathBuf),
    /// An entry that cannot be read, and why.
    Unreadable(String),
}

/// The limits of a walk.
#[derive(Clone, Debug, Default)]
pub struct WalkLimits {
    /// How many folders below the first one are walked; 0 for its own files only.
    pub depth: Option<usize>,
    /// The only paths of interest: other folders than those above and below them are not read.
    pub only: Option<Vec<PathBuf>>,
}

/// The entries of `folder` within `limits`, without those that `.gitignore` and `.ignore` name. It does not follow
/// links: their targets inside the folder are found anyway, and targets outside it were not requested.
pub fn walk(folder: &Path, limits: WalkLimits) -> impl Iterator<Item = Walked> {
    let WalkLimits { depth, only } = limits;
    let deepest = depth.map(|depth| depth.saturating_add(1));
    let mut builder = WalkBuilder::new(folder);
    builder
        .follow_links(false)
        .require_git(false)
        // With a user's own list of ignored files, the same folder would have other findings on another machine.
        .git_global(false)
        .max_depth(deepest);
    if let Some(only) = only {
        let is_near = move |entry: &DirEntry| {
            only.iter().any(|path| path.starts_with(entry.path()) || entry.path().starts_with(path))
        };
        builder.filter_entry(is_near);
    }
    builder.build().filter_map(move |entry| match entry {
        Ok(entry) => walked(&entry, deepest),
        Err(error) => Some(Walked::Unreadable(error.to_string())),
    })
}

fn walked(entry: &DirEntry, deepest: Option<usize>) -> Option<Walked> {
    let path = || entry.path().to_owned();
    let kind = entry.file_type()?;
    if kind.is_dir() {
        return (Some(entry.depth()) == deepest).then(|| Walked::TooDeep(path()));
    }
    let is_marked = entry.file_name().to_string_lossy().starts_with(OPEN_MARK);
    if !kind.is_file() || entry.file_name() == FILE_NAME || is_marked {
        return None;
    }
    Some(if has_extension(entry.path()) { Walked::Report(path()) } else { Walked::Other(path()) })
}

/// Whether a file at `path` may hold reports, by its extension.
pub fn has_extension(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    EXTENSIONS.iter().any(|one| one.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_known_in_any_case() {
        for (name, taken) in [("a.txt", true), ("A.TXT", true), ("a.md", true), ("a.pdf", false), ("txt", false)] {
            assert_eq!(has_extension(Path::new(name)), taken, "{name}");
        }
    }

    /// The files that a walk takes, by their names.
    fn taken(folder: &Path, limits: WalkLimits) -> Vec<String> {
        let mut names: Vec<String> = walk(folder, limits)
            .map(|walked| match walked {
                Walked::Report(path) => path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"),
                other => format!("{other:?}").split('(').next().unwrap().to_owned(),
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn limits_and_ignore_files_hold() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for file in ["a.txt", "b/c.md", "b/d/e.docx", "b/skipped.txt", "f/g.html", "~$a.docx", "gongkai.toml", "x.pdf"]
        {
            let path = folder.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        std::fs::write(folder.join("b/.gitignore"), "skipped*\n").unwrap();
        assert_eq!(taken(folder, WalkLimits::default()), ["Other", "a.txt", "b/c.md", "b/d/e.docx", "f/g.html"]);
        let limits = |depth| WalkLimits { depth: Some(depth), only: None };
        assert_eq!(taken(folder, limits(0)), ["Other", "TooDeep", "TooDeep", "a.txt"]);
        assert_eq!(taken(folder, limits(1)), ["Other", "TooDeep", "a.txt", "b/c.md", "f/g.html"]);
        let only = |path: &str| WalkLimits { depth: None, only: Some(vec![folder.join(path)]) };
        assert_eq!(taken(folder, only("b/c.md")), ["b/c.md"]);
        assert_eq!(taken(folder, only("b/skipped.txt")), Vec::<String>::new());
        assert_eq!(taken(folder, only("b")), ["b/c.md", "b/d/e.docx"]);
        assert_eq!(taken(folder, only("gone.txt")), Vec::<String>::new());
    }
}
