//! Compares the open reports with those in the other files of the open folders.
//!
//! The folders are read once a report in one of them is open, by a thread of their own, when nothing was typed for a
//! while. After that, changes of files and of open documents update the index: see [`super::super::workspace_scan`]. A
//! keystroke only takes note of a change, and only if there is another report to compare with.

use super::super::documents::is_configuration;
use super::super::locks::lock;
use super::super::session::Session;
use super::super::workspace::WorkspaceNews;
use super::super::workspace_scan::{OpenText, Scan, ScannedFolder, Update};
use super::file_watches::watch as watch_files;
use crate::files::{EXTENSIONS, IGNORE_FILES, has_extension};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tower_lsp::lsp_types::{MessageType, Url};

/// Nothing is read before the documents have been unchanged for this long.
const QUIET: Duration = Duration::from_millis(250);

/// How many folders below an open folder are read.
const DEPTH: usize = 12;

/// Takes note that a document was opened or saved. The first one in an open folder starts the work.
pub(in super::super) fn document_appeared(session: &Arc<Session>, uri: &Url) {
    if is_configuration(uri) && session.workspace.is_started() {
        // It may have findings about members without a report.
        session.workspace.note(|_| ());
    }
    let Some(path) = path_of(session, uri) else { return };
    let workspace = &session.workspace;
    if workspace.start() {
        session.spawn(follow(Arc::clone(session)));
    }
    // A client that watches no files may have changed any of them.
    let everything = !session.capabilities().watches;
    workspace.note(|pending| {
        pending.everything |= everything;
        pending.paths.insert(path);
    });
}

/// Takes note that the document `uri` was closed: its file counts again.
pub(in super::super) fn document_closed(session: &Session, path: Option<PathBuf>) {
    if let Some(path) = path.filter(|_| session.workspace.is_started()) {
        session.workspace.note(|pending| pending.paths.extend([path]));
    }
}

/// Takes note that the files `paths` were created, changed or removed.
pub(in super::super) fn files_changed(session: &Session, paths: Vec<PathBuf>) {
    if session.workspace.is_started() && !paths.is_empty() {
        session.workspace.note(|pending| pending.paths.extend(paths));
    }
}

/// Takes note that other files may belong to the reports than before, or to other bodies.
pub(in super::super) fn everything_changed(session: &Session) {
    if session.workspace.is_started() {
        session.workspace.note(|pending| pending.everything = true);
    }
}

/// The path of the document `uri`, if it may be a report in an open folder.
fn path_of(session: &Session, uri: &Url) -> Option<PathBuf> {
    let path = session.documents.real_path(uri)?;
    let is_inside = |root: &PathBuf| path.starts_with(root);
    (!is_configuration(uri) && has_extension(&path) && session.roots().iter().any(is_inside)).then_some(path)
}

/// Whether `folder` contains all files of a user or of the machine: the root of a file system, all homes or a home.
fn is_too_wide(folder: &Path) -> bool {
    let home = std::env::home_dir().map(|home| home.canonicalize().unwrap_or(home));
    folder.parent().is_none() || home.is_some_and(|home| home.starts_with(folder))
}

/// The folders that are read for the open documents at `paths`: the open folders; instead of one that is too wide, the
/// folders with an open document in it, but not what is below them.
fn scanned_folders<'a>(
    roots: &[PathBuf],
    paths: impl Iterator<Item = &'a PathBuf> + Clone,
    is_too_wide: impl Fn(&Path) -> bool,
) -> Vec<ScannedFolder> {
    let mut folders = BTreeMap::new();
    for root in roots {
        if !is_too_wide(root) {
            folders.insert(root.clone(), DEPTH);
            continue;
        }
        let parents = paths.clone().filter(|path| path.starts_with(root)).filter_map(|path| path.parent());
        for parent in parents.filter(|parent| !is_too_wide(parent)) {
            folders.entry(parent.to_owned()).or_insert(0);
        }
    }
    folders.into_iter().map(|(path, depth)| ScannedFolder { path, depth }).collect()
}

/// Waits for news, updates the index when nothing more comes for a while, and compares the open reports again.
async fn follow(session: Arc<Session>) {
    let (workspace, mut folders) = (&session.workspace, None);
    loop {
        workspace.news().await;
        loop {
            let open = QUIET.saturating_sub(workspace.quiet());
            // The findings of a document by itself come first.
            let wait = if session.queue.is_waiting() { open.max(QUIET / 8) } else { open };
            if wait.is_zero() {
                break;
            }
            tokio::time::sleep(wait).await;
        }
        let update = match next_scan(&session, &mut folders) {
            Some(scan) => run(&session, scan).await,
            None => None,
        };
        let reports = update.map(|update| apply(&session, update));
        workspace.finish_scan(reports);
    }
}

/// The scan for the pending news; none before a report is open. `scanned` are the folders of the last scan.
fn next_scan(session: &Arc<Session>, scanned: &mut Option<Vec<ScannedFolder>>) -> Option<Scan> {
    let WorkspaceNews { everything, paths, .. } = session.workspace.take_news();
    let mut open = BTreeMap::new();
    let mut configurations = Vec::new();
    let mut any = scanned.is_some();
    for uri in session.documents.uris() {
        let Some(shared) = session.documents.get(&uri) else { continue };
        if is_configuration(&uri) {
            if let Some(path) = session.documents.real_path(&uri) {
                let (text, generation) = shared.snapshot();
                configurations.push((path, OpenText { uri, generation, text }));
            }
        } else if let Some(path) = path_of(session, &uri) {
            any = any || shared.read().report().is_some();
            let (text, generation) = shared.snapshot();
            open.insert(path, OpenText { uri, generation, text });
        }
    }
    if !any {
        return None;
    }
    let folders = scanned_folders(&session.roots(), open.keys(), is_too_wide);
    watch(session, &folders);
    let is_everything = everything || scanned.as_ref() != Some(&folders);
    *scanned = Some(folders.clone());
    let only = (!is_everything).then(|| paths.into_iter().collect());
    Some(Scan { folders, only, open, configurations, language: session.settings().language })
}

/// Makes the client report changes of the reports in `folders`, if it can watch files.
fn watch(session: &Arc<Session>, folders: &[ScannedFolder]) {
    let capabilities = session.capabilities();
    let files = format!("*.{{{}}}", EXTENSIONS.join(","));
    let mut watched = lock(&session.workspace.watched);
    for folder in folders.iter().filter(|folder| watched.insert(folder.path.clone())) {
        let below = if folder.depth > 0 { "**/" } else { "" };
        let patterns = [format!("{below}{files}"), format!("{below}{{{}}}", IGNORE_FILES.join(","))];
        let patterns = patterns.into_iter().filter_map(|pattern| {
            if capabilities.relative_patterns {
                Some(json!({"baseUri": Url::from_directory_path(&folder.path).ok()?, "pattern": pattern}))
            } else {
                // Without a base the pattern is about all open folders.
                (folder.depth > 0).then(|| json!(pattern))
            }
        });
        watch_files(session, patterns.collect());
    }
}

/// Runs `scan` on a thread of its own.
async fn run(session: &Arc<Session>, scan: Scan) -> Option<Update> {
    let (sender, receiver) = oneshot::channel();
    let this = Arc::clone(session);
    let work = move || {
        let session = this;
        let workspace = &session.workspace;
        let update = scan.run(&mut lock(&workspace.scanned), &workspace.index, |path| session.configuration_at(path));
        let _ = sender.send(update);
    };
    // If no thread can be started, there is nothing to compare with.
    std::thread::Builder::new().name("reports".to_owned()).spawn(work).ok()?;
    receiver.await.ok()
}

/// Compares the open reports with those of `update`; returns how many reports there are.
fn apply(session: &Arc<Session>, update: Update) -> usize {
    let Update { compared, members, reports, messages } = update;
    for message in messages {
        session.log(MessageType::WARNING, message);
    }
    let mut changed = Vec::new();
    for (uri, generation, neighbours) in compared {
        let document = session.documents.get(&uri);
        if document.is_some_and(|document| document.update(generation, |it| it.compare_with(neighbours))) {
            changed.push(uri);
        }
    }
    for (uri, generation, findings) in members {
        let document = session.documents.get(&uri);
        if document.is_some_and(|document| document.update(generation, |it| it.report_members(findings))) {
            changed.push(uri);
        }
    }
    if changed.is_empty() {
        return reports;
    }
    for uri in changed {
        session.show(uri);
    }
    let (client, capabilities) = (session.client.clone(), session.capabilities());
    // The client's answers do not matter; see `Session::spawn`.
    session.spawn(async move {
        if capabilities.pulls && capabilities.refreshes {
            drop(client.workspace_diagnostic_refresh().await);
        }
        if capabilities.refreshes_hints {
            drop(client.inlay_hint_refresh().await);
        }
        if capabilities.refreshes_lenses {
            drop(client.code_lens_refresh().await);
        }
    });
    reports
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_folder_is_not_walked() {
        let roots: Vec<PathBuf> = ["/", "/home", "/home/li", "/home/li/年报", "/srv"].map(PathBuf::from).to_vec();
        let open: Vec<PathBuf> =
            ["/home/li/a.txt", "/home/li/下载/b.txt", "/etc/c.txt", "/d.txt"].map(PathBuf::from).to_vec();
        let is_too_wide = |folder: &Path| Path::new("/home/li").starts_with(folder);
        let folders = |roots: &[PathBuf]| {
            let folders = scanned_folders(roots, open.iter(), is_too_wide).into_iter();
            folders.map(|folder| (folder.path.to_str().unwrap().to_owned(), folder.depth > 0)).collect::<Vec<_>>()
        };
        let expected = [("/etc", false), ("/home/li/下载", false), ("/home/li/年报", true), ("/srv", true)];
        assert_eq!(folders(&roots), expected.map(|(path, whole)| (path.to_owned(), whole)));
        assert_eq!(folders(&roots[2..3]), [("/home/li/下载".to_owned(), false)]);
    }

    #[test]
    fn the_real_home_is_too_wide() {
        let home = std::env::home_dir().unwrap();
        let home = home.canonicalize().unwrap_or(home);
        assert!(is_too_wide(&home) && is_too_wide(Path::new("/")));
        assert!(!is_too_wide(&home.join("reports")));
    }
}
