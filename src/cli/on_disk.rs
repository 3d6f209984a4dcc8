//! Lists in temporary files, so that memory does not grow with the number of files of a run. Short ones stay in memory.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};
use tempfile::SpooledTempFile;

/// Up to this many bytes of a temporary file are kept in memory.
const IN_MEMORY: usize = 4 << 20;
/// This many items are sorted at a time.
const RUN: usize = 16_384;
/// Each sorted run is read in pieces of this many bytes.
const PIECE: usize = 8 << 10;
/// The first item of each block of a sorted list is in memory: at most this many of them,
const BLOCKS: usize = 16_384;
/// and a block has at least this many items.
const BLOCK: usize = 128;

/// A temporary file that is in memory while it is short.
pub(super) fn spool() -> SpooledTempFile {
    SpooledTempFile::new(IN_MEMORY)
}

/// An item of a list on disk.
pub(super) trait Stored: Sized {
    /// Appends the item to `bytes`.
    fn encode(&self, bytes: &mut Vec<u8>);
    /// The item from the bytes of [`Stored::encode`].
    fn decode(bytes: &[u8]) -> Option<Self>;
}

/// An item that is stored as JSON.
pub(super) trait StoredAsJson: Serialize + DeserializeOwned {}

impl<T: StoredAsJson> Stored for T {
    fn encode(&self, bytes: &mut Vec<u8>) {
        // Writing to memory cannot fail; an item that JSON cannot express is not read again.
        let _ = serde_json::to_writer(bytes, self);
    }

    fn decode(bytes: &[u8]) -> Option<T> {
        serde_json::from_slice(bytes).ok()
    }
}

/// A file that is written at its end and read anywhere.
struct Storage {
    file: SpooledTempFile,
    end: u64,
}

impl Storage {
    fn new() -> Storage {
        Storage { file: spool(), end: 0 }
    }

    fn append(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(bytes)?;
        self.end += bytes.len() as u64;
        Ok(())
    }

    /// The bytes from `start` to `end`.
    fn read(&mut self, start: u64, end: u64) -> Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(end.saturating_sub(start)).map_err(Error::other)?];
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// A list whose items are read by their numbers.
pub(super) struct DiskList<T> {
    data: Mutex<Storage>,
    /// For each item, where it ends in the data: eight bytes.
    ends: Mutex<Storage>,
    len: usize,
    items: PhantomData<fn() -> T>,
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn get_mut<T>(shared: &mut Mutex<T>) -> &mut T {
    shared.get_mut().unwrap_or_else(PoisonError::into_inner)
}

fn number(bytes: &[u8]) -> Option<u64> {
    bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}

fn damaged() -> Error {
    Error::from(ErrorKind::InvalidData)
}

impl<T> Default for DiskList<T> {
    fn default() -> DiskList<T> {
        let [data, ends] = [Storage::new(), Storage::new()].map(Mutex::new);
        DiskList { data, ends, len: 0, items: PhantomData }
    }
}

impl<T: Stored> DiskList<T> {
    /// The number of items.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Appends `item`.
    pub(super) fn push(&mut self, item: &T) -> Result<()> {
        let mut bytes = Vec::new();
        item.encode(&mut bytes);
        let data = get_mut(&mut self.data);
        data.append(&bytes)?;
        let end = data.end;
        get_mut(&mut self.ends).append(&end.to_le_bytes())?;
        self.len += 1;
        Ok(())
    }

    /// Item `index`.
    ///
    /// # Errors
    ///
    /// There is no such item, or the file cannot be read.
    pub(super) fn get(&self, index: usize) -> Result<T> {
        let at = index as u64 * 8;
        let (start, end) = match index {
            0 => (0, number(&lock(&self.ends).read(0, 8)?)),
            _ => {
                let ends = lock(&self.ends).read(at - 8, at + 8)?;
                let (first, second) = ends.split_at(8);
                (number(first).ok_or_else(damaged)?, number(second))
            }
        };
        let bytes = lock(&self.data).read(start, end.ok_or_else(damaged)?)?;
        T::decode(&bytes).ok_or_else(damaged)
    }

    /// The items in order, as far as they can be read.
    pub(super) fn iter(&self) -> impl Iterator<Item = T> {
        (0..self.len).map_while(|index| self.get(index).ok())
    }
}

impl Stored for u64 {
    fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.to_le_bytes());
    }

    fn decode(bytes: &[u8]) -> Option<u64> {
        number(bytes)
    }
}

/// Sorts items that come in any order.
pub(super) struct Sorter<T> {
    /// The items that are not written yet.
    items: Vec<T>,
    file: Storage,
    /// Where each sorted run starts and ends in the file.
    runs: Vec<(u64, u64)>,
    number: usize,
}

/// Appends `item` with its length before it.
fn append_item<T: Stored>(item: &T, bytes: &mut Vec<u8>) -> Result<()> {
    let start = bytes.len();
    bytes.extend([0; 4]);
    item.encode(bytes);
    let length = u32::try_from(bytes.len() - start - 4).map_err(Error::other)?;
    if let Some(place) = bytes.get_mut(start..start + 4) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    Ok(())
}

/// Takes the first item, with its length before it, from `bytes`; none if the item is not complete.
fn first_item<T: Stored>(bytes: &mut &[u8]) -> Option<Result<T>> {
    let length = usize::try_from(u32::from_le_bytes(*bytes.first_chunk()?)).ok()?;
    let item = bytes.get(4..4 + length)?;
    *bytes = &bytes[4 + length..];
    Some(T::decode(item).ok_or_else(damaged))
}

impl<T: Stored + Ord> Sorter<T> {
    /// Without items.
    pub(super) fn new() -> Sorter<T> {
        Sorter { items: Vec::new(), file: Storage::new(), runs: Vec::new(), number: 0 }
    }

    /// Adds `item`.
    pub(super) fn add(&mut self, item: T) -> Result<()> {
        if self.items.len() >= RUN {
            self.write_run()?;
        }
        self.items.push(item);
        self.number += 1;
        Ok(())
    }

    fn write_run(&mut self) -> Result<()> {
        self.items.sort();
        let start = self.file.end;
        let mut bytes = Vec::new();
        for item in self.items.drain(..) {
            append_item(&item, &mut bytes)?;
        }
        self.file.append(&bytes)?;
        self.runs.push((start, self.file.end));
        Ok(())
    }

    /// Calls `take` with every item in order.
    pub(super) fn each<E: From<Error>>(
        mut self,
        mut take: impl FnMut(T) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        if self.runs.is_empty() {
            self.items.sort();
            return self.items.into_iter().try_for_each(take);
        }
        self.write_run()?;
        let Sorter { mut file, runs, .. } = self;
        let mut readers: Vec<RunReader> =
            runs.into_iter().map(|(at, end)| RunReader { at, end, bytes: Vec::new(), used: 0 }).collect();
        let mut heads = BinaryHeap::new();
        for (number, reader) in readers.iter_mut().enumerate() {
            heads.extend(reader.next(&mut file)?.map(|item| Reverse((item, number))));
        }
        while let Some(Reverse((item, number))) = heads.pop() {
            take(item)?;
            if let Some(reader) = readers.get_mut(number) {
                heads.extend(reader.next(&mut file)?.map(|item| Reverse((item, number))));
            }
        }
        Ok(())
    }

    /// All items in order.
    pub(super) fn finish(mut self) -> Result<Sorted<T>> {
        if self.runs.is_empty() {
            self.items.sort();
            return Ok(Sorted(SortedItems::Memory(self.items)));
        }
        let block = BLOCK.max(self.number.div_ceil(BLOCKS));
        let mut file = Storage::new();
        let mut firsts = Vec::new();
        let (mut bytes, mut count) = (Vec::new(), 0usize);
        self.each(|item| {
            if count.is_multiple_of(block) {
                file.append(&bytes)?;
                bytes.clear();
                firsts.push((file.end, None));
            }
            append_item(&item, &mut bytes)?;
            if let Some((_, first @ None)) = firsts.last_mut() {
                *first = Some(item);
            }
            count += 1;
            Ok::<(), Error>(())
        })?;
        file.append(&bytes)?;
        let firsts = firsts.into_iter().filter_map(|(at, first)| Some((first?, at))).collect();
        Ok(Sorted(SortedItems::Disk { file: Mutex::new(file), firsts }))
    }
}

/// Reads a sorted run.
struct RunReader {
    /// Where the unread part starts and ends in the file.
    at: u64,
    end: u64,
    /// What was read, and how much of it is used.
    bytes: Vec<u8>,
    used: usize,
}

impl RunReader {
    fn next<T: Stored>(&mut self, file: &mut Storage) -> Result<Option<T>> {
        loop {
            let mut rest = self.bytes.get(self.used..).unwrap_or_default();
            if let Some(item) = first_item(&mut rest) {
                self.used = self.bytes.len() - rest.len();
                return item.map(Some);
            }
            if self.at == self.end {
                return if rest.is_empty() { Ok(None) } else { Err(damaged()) };
            }
            let next = self.end.min(self.at + PIECE as u64);
            let more = file.read(self.at, next)?;
            self.at = next;
            self.bytes.drain(..self.used);
            self.used = 0;
            self.bytes.extend(more);
        }
    }
}

/// Items in order.
pub(super) struct Sorted<T>(SortedItems<T>);

enum SortedItems<T> {
    Memory(Vec<T>),
    /// In a file, in blocks.
    Disk {
        file: Mutex<Storage>,
        /// The first item of each block, and where it starts in the file.
        firsts: Vec<(T, u64)>,
    },
}

impl<T> Default for Sorted<T> {
    fn default() -> Sorted<T> {
        Sorted(SortedItems::Memory(Vec::new()))
    }
}

impl<T: Stored + Ord + Clone> Sorted<T> {
    /// The items from `start` on, as far as they can be read.
    pub(super) fn starting_at(&self, start: T) -> impl Iterator<Item = T> {
        let (from, mut block) = match &self.0 {
            SortedItems::Memory(items) => (items.get(items.partition_point(|item| *item < start)..), 0),
            SortedItems::Disk { firsts, .. } => {
                (None, firsts.partition_point(|(first, _)| *first < start).saturating_sub(1))
            }
        };
        let in_memory = from.unwrap_or_default().iter().cloned();
        let (mut bytes, mut used) = (Vec::new(), 0);
        let on_disk = std::iter::from_fn(move || {
            loop {
                let mut rest = bytes.get(used..)?;
                if let Some(item) = first_item(&mut rest) {
                    used = bytes.len() - rest.len();
                    return item.ok();
                }
                (bytes, used) = (self.block(block)?, 0);
                block += 1;
            }
        });
        in_memory.chain(on_disk.skip_while(move |item| *item < start))
    }

    /// The bytes of block `number`.
    fn block(&self, number: usize) -> Option<Vec<u8>> {
        let SortedItems::Disk { file, firsts } = &self.0 else { return None };
        let at = firsts.get(number)?.1;
        let mut file = lock(file);
        let end = firsts.get(number + 1).map_or(file.end, |(_, at)| *at);
        file.read(at, end).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Stored for String {
        fn encode(&self, bytes: &mut Vec<u8>) {
            bytes.extend(self.as_bytes());
        }

        fn decode(bytes: &[u8]) -> Option<String> {
            String::from_utf8(bytes.to_vec()).ok()
        }
    }

    /// Numbers in no order, some of them twice.
    fn numbers(count: u64) -> impl Iterator<Item = u64> {
        (0..count).map(|index| index.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40)
    }

    #[test]
    fn items_are_sorted_in_memory_and_on_disk() {
        for count in [0, 1, 1000, RUN as u64, RUN as u64 + 1, 300_000] {
            let mut due: Vec<u64> = numbers(count).collect();
            due.sort();
            let mut sorter = Sorter::new();
            numbers(count).for_each(|number| sorter.add(number).unwrap());
            let sorted = sorter.finish().unwrap();
            assert_eq!(matches!(sorted.0, SortedItems::Disk { .. }), count > RUN as u64);
            assert!(sorted.starting_at(0).eq(due.iter().copied()), "{count}");
            for start in [1, 7, 1 << 20, due.get(due.len() / 2).copied().unwrap_or_default(), u64::MAX] {
                let from = due.partition_point(|number| *number < start);
                assert!(sorted.starting_at(start).take(1000).eq(due[from..].iter().copied().take(1000)), "{start}");
            }
        }
    }

    #[test]
    fn long_items_are_sorted_too() {
        let words = |index: u64| format!("{:06}{}", (index * 7919) % 40_009, "长".repeat((index % 700) as usize * 5));
        let mut sorter = Sorter::new();
        (0..40_009).for_each(|index| sorter.add(words(index)).unwrap());
        let mut count = 0;
        sorter
            .each(|word| {
                assert_eq!(word[..6].parse::<usize>().unwrap(), count);
                count += 1;
                Ok::<(), Error>(())
            })
            .unwrap();
        assert_eq!(count, 40_009);
    }

    #[test]
    fn items_are_read_by_their_numbers() {
        let mut list = DiskList::default();
        let word = |index: usize| "词".repeat(index % 50) + &index.to_string();
        for index in 0..60_000 {
            list.push(&word(index)).unwrap();
        }
        for index in [0, 1, 59_999, 12_345, 2] {
            assert_eq!(list.get(index).unwrap(), word(index));
        }
        assert!(list.get(60_000).is_err());
        assert_eq!(list.iter().count(), list.len());
    }
}
