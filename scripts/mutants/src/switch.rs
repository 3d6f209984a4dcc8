//! Which mutant is on. Set by the environment variable `GONGKAI_MUTANT`: a mutant's number, the code of a rule to be
//! silenced, or nothing. With `GONGKAI_MUTANTS_SEEN` every mutant that a test comes by is written to that file.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::LazyLock;

static ACTIVE: LazyLock<u32> = LazyLock::new(|| match std::env::var("GONGKAI_MUTANT") {
    _ if SEEN.is_some() => u32::MAX,
    Ok(which) => which.parse().unwrap_or(0),
    Err(_) => 0,
});

static SILENT: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("GONGKAI_MUTANT").ok());

static SEEN: LazyLock<Option<File>> = LazyLock::new(|| {
    let path = std::env::var_os("GONGKAI_MUTANTS_SEEN")?;
    OpenOptions::new().create(true).append(true).open(path).ok()
});

thread_local! {
    static HERE: RefCell<HashSet<u32>> = RefCell::default();
}

pub fn on(id: u32) -> bool {
    let active = *ACTIVE;
    if active == u32::MAX {
        note(id);
        return false;
    }
    active == id
}

pub fn silent(code: &str) -> bool {
    SILENT.as_deref() == Some(code)
}

#[cold]
fn note(id: u32) {
    let new = HERE.try_with(|here| here.borrow_mut().insert(id)).unwrap_or(true);
    if let (true, Some(mut file)) = (new, SEEN.as_ref()) {
        let thread = std::thread::current();
        let _ = file.write_all(format!("{}\t{id}\n", thread.name().unwrap_or("?")).as_bytes());
    }
}
