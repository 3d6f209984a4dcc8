//! The configuration files of a session. While a file cannot be read, its last valid text applies: a figure that it
//! protects must not be changed while the user is in the middle of typing a line.

use super::locks::lock;
use crate::config::Settings;
use crate::configuration::Loaded;
use crate::say;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The settings that a document is checked by.
#[derive(Clone, Debug, Default)]
pub(super) struct Effective {
    pub(super) settings: Arc<Settings>,
    /// The configuration has never been readable. What it protects is unknown, so the server applies no fix by itself.
    pub(super) uncertain: bool,
}

impl Effective {
    /// `settings` from a configuration that can be read.
    pub(super) fn certain(settings: Arc<Settings>) -> Effective {
        Effective { settings, uncertain: false }
    }
}

/// The configuration files read so far, by path.
#[derive(Default)]
pub(super) struct ConfigurationCache {
    files: Mutex<HashMap<PathBuf, KnownFile>>,
}

#[derive(Default)]
struct KnownFile {
    /// Its last text that could be read without a problem.
    good: Option<String>,
    /// The problem with its current text.
    broken: Option<String>,
}

impl ConfigurationCache {
    /// The settings for `file` by the configuration file `path`, over those of the `editor`; and a message for the user
    /// if the configuration file has a new problem since it was last read.
    pub(super) fn settings_for(
        &self,
        path: PathBuf,
        file: Option<&Path>,
        editor: &Settings,
    ) -> (Effective, Option<String>) {
        let mut files = lock(&self.files);
        let known = files.entry(path.clone()).or_default();
        let language = editor.language;
        let (loaded, problem) = match Loaded::read(path.clone(), editor) {
            Ok(loaded) if loaded.problems.is_empty() => {
                known.good = Some(loaded.source.clone());
                known.broken = None;
                return (Effective::certain(Arc::new(loaded.settings_for(file))), None);
            }
            Ok(loaded) => {
                let problem = loaded.problem(language);
                (Some(loaded), problem)
            }
            Err(error) => {
                let problem =
                    say!(language, "无法读取配置文件（{error}）", "the configuration cannot be read ({error})");
                (None, problem)
            }
        };
        let name = path.display().to_string();
        let is_new = known.broken.as_ref() != Some(&problem);
        known.broken = Some(problem.clone());
        let (effective, meanwhile) = match &known.good {
            Some(good) => {
                let loaded = Loaded::of(path, good.clone(), editor);
                let effective = Effective::certain(Arc::new(loaded.settings_for(file)));
                let meanwhile = say!(
                    language,
                    "改正之前，沿用最近一次有效的配置。",
                    "Until it is corrected, the last readable configuration applies."
                );
                (effective, meanwhile)
            }
            None => {
                let settings = loaded.map_or_else(|| editor.clone(), |loaded| loaded.settings_for(file));
                let meanwhile =
                    say!(language, "改正之前，不提供“修正全部”。", "Until it is corrected, “fix all” is not offered.");
                (Effective { settings: Arc::new(settings), uncertain: true }, meanwhile)
            }
        };
        (effective, is_new.then(|| format!("{name}: {problem}\n{meanwhile}")))
    }

    /// The configuration file `path` over the settings of the `editor`: its last text that could be read without a
    /// problem. `None` if it cannot be read at all.
    pub(super) fn loaded(&self, path: &Path, editor: &Settings) -> Option<Loaded> {
        let loaded = Loaded::read(path.to_owned(), editor).ok();
        if loaded.as_ref().is_some_and(|loaded| loaded.problems.is_empty()) {
            return loaded;
        }
        let good = lock(&self.files).get(path).and_then(|known| known.good.clone());
        good.map(|good| Loaded::of(path.to_owned(), good, editor)).or(loaded)
    }

    /// Forgets the files that no longer exist.
    pub(super) fn forget_missing(&self) {
        lock(&self.files).retain(|path, _| path.exists());
    }
}
