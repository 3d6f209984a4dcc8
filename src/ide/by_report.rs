//! Results for single reports, kept by the text of the report: after an edit, an answer about a whole document computes
//! only the report that has changed.

use crate::analysis::Unit;
use crate::text::{Fingerprint, LocalMemo, Memo};
use std::hash::Hash;

/// Results by the text of a report and by what else they depend on.
pub type ReportMemo<K, V> = Memo<(K, u128), V>;

/// How many results such a memo keeps at least.
pub const REPORTS: usize = 256;

/// The result of `make` for `unit`, of which only text and model are read, from the start of its text. `others` is all
/// else that the result depends on.
pub fn by_report<'a, K: Clone + Eq + Hash, V: Clone>(
    memo: &'static LocalMemo<(K, u128), V>,
    others: K,
    unit: Unit<'a>,
    make: impl FnOnce(Unit<'a>) -> V,
) -> V {
    let key = (others, Fingerprint::of(unit.source.as_bytes()));
    Memo::get_or_make(memo, &key, || make(Unit { offset: 0, ..unit }))
}
