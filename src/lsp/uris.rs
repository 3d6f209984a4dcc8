//! The file that a URI names, in any spelling, and the spelling that the client uses.
//!
//! Clients differ in what they encode (`(`, `+`, the colon of a drive), in the case of a drive letter, and in whether
//! they follow symbolic links; one client may use several spellings.

use super::locks::lock;
use super::output::Answer;
use crate::configuration;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tower_lsp::jsonrpc::Response;
use tower_lsp::lsp_types::Url;

/// A URI as the client wrote it: `url` may spell it differently.
#[derive(Clone, Debug)]
pub(super) struct WrittenUri {
    pub(super) url: Url,
    pub(super) written: String,
}

impl<'de> Deserialize<'de> for WrittenUri {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WrittenUri, D::Error> {
        let written = String::deserialize(deserializer)?;
        let url = Url::parse(&written).map_err(|error| de::Error::custom(format!("{written:?}: {error}")))?;
        Ok(WrittenUri { url, written })
    }
}

/// The path that `uri` names: decoded, with an upper-case drive letter. `None` if it is not a file. An untitled
/// document may have the path at which it will be saved.
pub(super) fn path(uri: &Url) -> Option<PathBuf> {
    let path = match uri.scheme() {
        "file" => uri.to_file_path().ok()?,
        "untitled" if uri.path().starts_with('/') => {
            Url::parse(&format!("file://{}", uri.path())).ok()?.to_file_path().ok()?
        }
        _ => return None,
    };
    let Some(written) = path.to_str() else { return Some(path) };
    // `/c:/…` is the path of a Windows URI on other systems.
    let (root, rest) = written.strip_prefix('/').map_or(("", written), |rest| ("/", rest));
    match (rest.get(..1), rest.get(1..)) {
        (Some(drive), Some(rest)) if rest.starts_with(':') && drive.starts_with(|c: char| c.is_ascii_lowercase()) => {
            Some(PathBuf::from([root, &drive.to_ascii_uppercase(), rest].concat()))
        }
        _ => Some(path),
    }
}

/// The URI of the file `path`, which is absolute and without links.
pub(super) fn of(path: &Path) -> Option<Url> {
    // Windows spells such paths with a prefix that no client knows.
    let shown = path.to_str().and_then(|path| path.strip_prefix(r"\\?\"));
    Url::from_file_path(shown.map_or(path, Path::new)).ok()
}

/// The file that `path` leads to, with links followed; if it does not exist, the place where it would be.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| configuration::resolve(path))
}

/// The URI of the file `name` in `folder`, which is a path without links. It is spelled as the client spells `uri`, if
/// `uri` is in `folder` or below.
pub(super) fn beside(uri: &Url, folder: &Path, name: &str) -> Option<Url> {
    let path = path(uri)?;
    let depth = path.ancestors().skip(1).position(|ancestor| ancestor == folder || real(ancestor) == folder)?;
    let kept = uri.as_str().rsplitn(depth + 2, '/').nth(depth + 1)?;
    Url::parse(&format!("{kept}/{name}")).ok()
}

/// The client's spelling of URIs that `url` spells differently.
#[derive(Default)]
pub(super) struct Spellings {
    written: Mutex<HashMap<String, String>>,
    any: AtomicBool,
}

impl Spellings {
    /// Remembers the spelling of `uri`.
    pub(super) fn note(&self, uri: &WrittenUri) {
        if uri.url.as_str() != uri.written {
            lock(&self.written).insert(uri.url.as_str().to_owned(), uri.written.clone());
            self.any.store(true, Ordering::Relaxed);
        } else if self.any() {
            lock(&self.written).remove(uri.url.as_str());
        }
    }

    fn any(&self) -> bool {
        self.any.load(Ordering::Relaxed)
    }

    /// `uri` as the client writes it.
    pub(super) fn of(&self, uri: &Url) -> String {
        let written = if self.any() { lock(&self.written).get(uri.as_str()).cloned() } else { None };
        written.unwrap_or_else(|| uri.as_str().to_owned())
    }

    /// `answer` with every URI as the client writes it.
    pub(super) fn answer(&self, answer: Answer) -> Answer {
        if !self.any() {
            return answer;
        }
        let (id, outcome) = match answer {
            Answer::Response(response) => response.into_parts(),
            Answer::Written(message) => match serde_json::from_slice::<Response>(message.body()) {
                Ok(response) => response.into_parts(),
                Err(_) => return Answer::Written(message),
            },
        };
        Answer::Response(Response::from_parts(id, outcome.map(|result| self.value(result))))
    }

    /// `value` with every URI as the client writes it.
    pub(super) fn value(&self, mut value: Value) -> Value {
        if self.any() {
            spell(&lock(&self.written), &mut value);
        }
        value
    }
}

/// The members of messages that contain a URI.
const URIS: [&str; 5] = ["uri", "targetUri", "oldUri", "newUri", "baseUri"];

fn spell(written: &HashMap<String, String>, value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| spell(written, value)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                match value {
                    Value::String(uri) if URIS.contains(&name.as_str()) => {
                        if let Some(theirs) = written.get(uri) {
                            uri.clone_from(theirs);
                        }
                    }
                    Value::Object(changes) if name == "changes" => {
                        *changes = std::mem::take(changes)
                            .into_iter()
                            .map(|(uri, edits)| (written.get(&uri).cloned().unwrap_or(uri), edits))
                            .collect();
                    }
                    value => spell(written, value),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn url(uri: &str) -> Url {
        Url::parse(uri).unwrap()
    }

    #[test]
    fn spellings_of_one_path_are_one_path() {
        for (one, other) in [
            ("file:///a/x%28%2B%29.txt", "file:///a/x(+).txt"),
            ("file:///a/%E8%A1%A8%20%26%40%2C%3D%3B%21%27.txt", "file:///a/表 &@,=;!'.txt"),
            ("file:///c%3A/a/b.txt", "file:///C:/a/b.txt"),
            ("file:///d:/a", "file:///D%3a/a"),
            ("file://localhost/a", "file:///a"),
        ] {
            assert_eq!(path(&url(one)), path(&url(other)), "{one} {other}");
            assert!(path(&url(one)).is_some());
        }
        assert_ne!(path(&url("file:///a/B.txt")), path(&url("file:///a/b.txt")));
        assert_eq!(path(&url("untitled:Untitled-1")), None);
        assert_eq!(path(&url("untitled:/a/x%28.txt")), path(&url("file:///a/x(.txt")));
        assert_eq!(path(&url("git:/a/b.txt")), None);
    }

    #[test]
    fn a_file_beside_another_is_spelled_alike() {
        let check = |uri: &str, folder: &str, expected: &str| {
            let found = beside(&url(uri), Path::new(folder), "gongkai.toml");
            assert_eq!(found.as_ref().map(Url::as_str), Some(expected));
        };
        check("file:///no/%28b%29/c.txt", "/no/(b)", "file:///no/%28b%29/gongkai.toml");
        check("file:///no/%28b%29/c.txt", "/no", "file:///no/gongkai.toml");
        check("file:///c%3A/no/c.txt", "/C:/no", "file:///c%3A/no/gongkai.toml");
        assert_eq!(beside(&url("file:///no/c.txt"), Path::new("/other"), "x"), None);
    }

    #[test]
    fn what_goes_out_is_spelled_as_it_came() {
        let spellings = Spellings::default();
        let raw: WrittenUri = serde_json::from_value(json!("file:///a/表 1.txt")).unwrap();
        spellings.note(&raw);
        let ours = raw.url.as_str();
        assert_ne!(ours, raw.written);
        assert_eq!(spellings.of(&raw.url), raw.written);
        let edit = json!({
            "changes": {ours: [{"newText": ours}]},
            "documentChanges": [{"textDocument": {"uri": ours, "version": 1}, "edits": []}],
        });
        let sent = spellings.value(edit);
        assert_eq!(sent["changes"][&raw.written][0]["newText"], ours, "text stays as it is");
        assert_eq!(sent["documentChanges"][0]["textDocument"]["uri"], raw.written);
    }
}
