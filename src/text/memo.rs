//! Caches results by content: after an edit nearly all of a report is unchanged, and labels, headers and stock
//! sentences are the same in every report.

use rustc_hash::FxBuildHasher;
use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::mem;
use std::thread::LocalKey;

/// Results by everything that they depend on. The memo is bounded: it keeps the most recently used results.
///
/// Keys contain no positions, and neither do results that have to stay valid after an edit: the caller adds them.
pub struct Memo<K, V> {
    /// The results used since [`Memo::older`] was last replaced.
    recent: HashMap<K, V, FxBuildHasher>,
    older: HashMap<K, V, FxBuildHasher>,
    most: usize,
}

/// A memo of a thread. Each thread has its own, so no lock is needed.
pub type LocalMemo<K, V> = LocalKey<RefCell<Memo<K, V>>>;

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// An empty memo. It keeps at least the `most` most recent results, and at most twice as many.
    pub const fn new(most: usize) -> Memo<K, V> {
        Memo { recent: HashMap::with_hasher(FxBuildHasher), older: HashMap::with_hasher(FxBuildHasher), most }
    }

    /// The result for `key`, if it is known.
    pub fn get<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some(known) = self.recent.get(key) {
            return Some(known.clone());
        }
        let (key, known) = self.older.remove_entry(key)?;
        self.insert(key, known.clone());
        Some(known)
    }

    /// Stores `value` as the result for `key`.
    pub fn insert(&mut self, key: K, value: V) {
        if self.recent.len() >= self.most {
            self.older = mem::take(&mut self.recent);
        }
        self.recent.insert(key, value);
    }

    /// The result for `key` in `memo`; if there is none, it stores and returns that of `make`.
    pub fn get_or_make<Q>(memo: &'static LocalMemo<K, V>, key: &Q, make: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(known) = memo.with_borrow_mut(|memo| memo.get(key)) {
            return known;
        }
        // The memo is not borrowed here, because `make` may use it too.
        let value = make();
        memo.with_borrow_mut(|memo| memo.insert(key.to_owned(), value.clone()));
        value
    }
}

/// A 128-bit hash that identifies content without storing it.
#[derive(Clone, Copy, Debug)]
pub struct Fingerprint {
    low: u64,
    high: u64,
}

impl Default for Fingerprint {
    fn default() -> Fingerprint {
        Fingerprint { low: 0x243f_6a88_85a3_08d3, high: 0x1319_8a2e_0370_7344 }
    }
}

impl Fingerprint {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> u128 {
        let mut fingerprint = Fingerprint::default();
        fingerprint.add(bytes);
        fingerprint.finish()
    }

    /// Adds `bytes` and their length.
    pub fn add(&mut self, bytes: &[u8]) {
        let (blocks, rest) = bytes.as_chunks();
        blocks.iter().for_each(|block| self.block(block));
        let mut last = [0; 16];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.block(&last);
        self.block(&(bytes.len() as u128).to_le_bytes());
    }

    fn block(&mut self, block: &[u8; 16]) {
        let block = u128::from_le_bytes(*block);
        let (low, high) = (block as u64, (block >> 64) as u64);
        self.low = product(self.low ^ low, 0xa409_3822_299f_31d1 ^ high);
        self.high = product(self.high ^ high, 0x082e_fa98_ec4e_6c89 ^ low);
    }

    /// The hash.
    pub fn finish(self) -> u128 {
        u128::from(self.high) << 64 | u128::from(self.low)
    }
}

/// The two halves of a product, combined: every bit of the result depends on all bits of both factors.
fn product(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

impl<V: Clone> Memo<String, V> {
    /// The same for a text. Results for very long texts are not stored, because they would take much memory.
    pub fn of_text(memo: &'static LocalMemo<String, V>, text: &str, make: impl FnOnce() -> V) -> V {
        const LONGEST: usize = 4096;
        if text.len() > LONGEST { make() } else { Memo::get_or_make(memo, text, make) }
    }
}

impl<K, V> fmt::Debug for Memo<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").field("recent", &self.recent.len()).field("older", &self.older.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn results_are_made_once_and_the_recent_ones_kept() {
        thread_local! {
            static LENGTHS: RefCell<Memo<String, usize>> = const { RefCell::new(Memo::new(2)) };
        }
        let made = Cell::new(0);
        let length = |text: &str| {
            Memo::get_or_make(&LENGTHS, text, || {
                made.set(made.get() + 1);
                text.len()
            })
        };
        assert_eq!(["a", "bb", "a", "bb"].map(length), [1, 2, 1, 2]);
        assert_eq!(made.get(), 2);
        // The third insertion makes the first two the older ones; a result that is used again becomes a recent one.
        assert_eq!(["ccc", "a", "dddd"].map(length), [3, 1, 4]);
        assert_eq!(made.get(), 4);
        assert_eq!(["a", "ccc"].map(length), [1, 3]);
        assert_eq!(made.get(), 4);
        assert_eq!(length("bb"), 2);
        assert_eq!(made.get(), 5);
    }

    #[test]
    fn other_content_has_another_fingerprint() {
        let of = |parts: &[&str]| {
            let mut fingerprint = Fingerprint::default();
            parts.iter().for_each(|part| fingerprint.add(part.as_bytes()));
            fingerprint.finish()
        };
        let texts: [&[&str]; 9] = [
            &[],
            &[""],
            &["", ""],
            &["公开"],
            &["公", "开"],
            &["公开", ""],
            &["公开\0"],
            &["0123456789abcdef"],
            &["0123456789abcdefg"],
        ];
        let mut all: Vec<u128> = texts.iter().map(|parts| of(parts)).collect();
        assert_eq!(all, texts.map(of));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), texts.len());
    }
}
