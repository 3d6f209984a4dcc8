//! The folder to which paths are relative in output for services that show a whole repository.

use crate::configuration::{relative, resolve};
use std::path::{Path, PathBuf};

/// The folder that contains all checked files.
#[derive(Clone, Debug)]
pub(super) struct Root {
    folder: PathBuf,
}

impl Root {
    /// The folder for files with these names: the one that GitHub Actions has checked out, else the repository, else
    /// the nearest folder that contains the current folder and all of the files.
    pub(super) fn of(names: impl Iterator<Item = String>) -> Root {
        let here = resolve(Path::new(".")).canonicalize().unwrap_or_default();
        let folders = names.filter(|name| name != "-").filter_map(|name| {
            let mut path = resolve(Path::new(&name));
            path.pop().then_some(path)
        });
        // The deepest folder that contains all files, if they have one in common.
        let common = folders.map(Some).reduce(|a, b| {
            let (a, b) = (a?, b?);
            a.ancestors().find(|folder| b.starts_with(folder)).map(Path::to_owned)
        });
        let holds_all = |root: &Path| match &common {
            None => true,
            Some(common) => common.as_ref().is_some_and(|common| common.starts_with(root)),
        };
        let checked_out = std::env::var_os("GITHUB_WORKSPACE").and_then(|path| Path::new(&path).canonicalize().ok());
        let repository = here.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
        let known = [checked_out, repository].into_iter().flatten().find(|root| holds_all(root));
        let nearest = || here.ancestors().find(|root| holds_all(root)).map(Path::to_owned);
        Root { folder: known.or_else(nearest).unwrap_or(here) }
    }

    /// The path of the file `name` relative to this folder, with `/` between its parts; `None` if it is outside, for
    /// example on another drive.
    pub(super) fn path_of(&self, name: &str) -> Option<String> {
        if name == "-" {
            return Some(name.to_owned());
        }
        relative(&resolve(Path::new(name)), &self.folder)
    }

    /// The URI of this folder, with `/` at its end.
    pub(super) fn uri(&self) -> String {
        let mut uri = file_uri(&self.folder);
        if !uri.ends_with('/') {
            uri.push('/');
        }
        uri
    }
}

/// The URI of the file or folder `path`, which is absolute.
pub(super) fn file_uri(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if cfg!(windows) { path.trim_start_matches(r"\\?\").replace('\\', "/") } else { path.into_owned() };
    let (drive, rest) = match path.split_once(':') {
        Some((drive, rest)) if cfg!(windows) && drive.len() == 1 => (format!("/{drive}:"), rest),
        _ => (String::new(), path.as_str()),
    };
    format!("file://{drive}{}", encoded(rest))
}

/// `path` as part of a URI: everything but unreserved characters and `/` percent-encoded. A colon too: in the first
/// part of a relative path it would end a scheme.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
impl Root {
    /// The current folder.
    pub(super) fn here() -> Root {
        Root { folder: resolve(Path::new(".")).canonicalize().unwrap() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_parts_of_uris() {
        assert_eq!(encoded("a/年报 1%.txt"), "a/%E5%B9%B4%E6%8A%A5%201%25.txt");
        assert_eq!(encoded("C:a.txt"), "C%3Aa.txt");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_becomes_a_uri() {
        assert_eq!(file_uri(Path::new("/年报/a:b c.txt")), "file:///%E5%B9%B4%E6%8A%A5/a%3Ab%20c.txt");
        assert_eq!(Root { folder: "/".into() }.uri(), "file:///");
        assert_eq!(Root { folder: "/a".into() }.uri(), "file:///a/");
    }

    #[test]
    fn a_file_is_named_from_the_root() {
        let root = Root::here();
        assert_eq!(root.path_of("src/../b.txt").as_deref(), Some("b.txt"));
        assert_eq!(root.path_of("-").as_deref(), Some("-"));
        assert_eq!(root.path_of("../b.txt"), None);
    }
}
