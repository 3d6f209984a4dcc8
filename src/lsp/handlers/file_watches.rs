//! The files that the client watches for the server.

use super::super::session::Session;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tower_lsp::lsp_types::Registration;

/// Makes the client report changes of files that match one of `patterns`, if it can watch files.
pub(in super::super) fn watch(session: &Arc<Session>, patterns: Vec<Value>) {
    static REGISTRATIONS: AtomicU64 = AtomicU64::new(0);
    if !session.capabilities().watches || patterns.is_empty() {
        return;
    }
    let client = session.client.clone();
    session.spawn(async move {
        let watchers: Vec<Value> = patterns.into_iter().map(|pattern| json!({"globPattern": pattern})).collect();
        let registration = Registration {
            id: format!("gongkai-files-{}", REGISTRATIONS.fetch_add(1, Ordering::Relaxed)),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(json!({"watchers": watchers})),
        };
        // If the client refuses, files are read again when they are saved in it, and when a report is opened or saved.
        let _ = client.register_capability(vec![registration]).await;
    });
}
