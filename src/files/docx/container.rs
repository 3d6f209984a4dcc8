//! The container of a Word file: a zip archive. Entries are read up to a limit. A copy with changed entries keeps every
//! other entry byte for byte.

use super::Unreadable;
use std::io::{Cursor, Read, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The largest part that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Up to this size a part may have any compression ratio.
const SMALL: u64 = 8 << 20;

/// The largest compression ratio of a larger part: text does not reach it, a zip bomb does.
const RATIO: u64 = 200;

/// The value of a field whose size or offset needs more than four bytes and is stored elsewhere.
const ELSEWHERE: u32 = u32::MAX;

/// The archive of a Word file.
#[derive(Clone, Debug)]
pub(super) struct Container<'a> {
    bytes: &'a [u8],
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

/// An entry's header in the central directory.
struct EntryHeader {
    /// The offset of the header.
    at: usize,
    /// Its length.
    length: usize,
    /// The offset of the entry's local header.
    local: usize,
}

impl<'a> Container<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Container<'a>, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        Ok(Container { bytes, archive })
    }

    /// The content of the entry `name`; `None` if there is none.
    pub(super) fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let mut entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword) => return Err(Unreadable::Encrypted),
            Err(_) => return Err(Unreadable::Damaged),
        };
        let limit = LARGEST.min(SMALL.max(entry.compressed_size().saturating_mul(RATIO)));
        let mut content = Vec::new();
        // The size in the header may be wrong.
        let read = entry.by_ref().take(limit + 1).read_to_end(&mut content);
        if content.len() as u64 > limit {
            return Err(Unreadable::TooLarge);
        }
        read.map_err(|_| Unreadable::Damaged)?;
        Ok(Some(content))
    }

    /// Whether there is an entry `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The archive with the entries `changed` replaced or added, by name. Every other entry keeps its packed bytes,
    /// name, time, flags, comment and place in the order.
    pub(super) fn with(&mut self, changed: &[(&str, &[u8])]) -> Result<Vec<u8>, Unreadable> {
        // With two entries of the same name, or bytes before the archive, the content is ambiguous.
        if self.archive.has_duplicate_names() || self.archive.offset() != 0 {
            return Err(Unreadable::Damaged);
        }
        let packed = pack(changed)?;
        let mut fresh = ZipArchive::new(Cursor::new(packed.as_slice())).map_err(|_| Unreadable::Damaged)?;
        let headers = headers(&mut self.archive, self.bytes)?;
        let directory = usize::try_from(self.archive.central_directory_start()).map_err(|_| Unreadable::Damaged)?;
        let mut locals: Vec<usize> = headers.iter().map(|header| header.local).collect();
        locals.sort_unstable();
        let first = locals.first().copied().unwrap_or(directory).min(directory);
        let mut out = slice(self.bytes, 0, first)?.to_vec();
        let mut starts: Vec<(usize, usize)> = Vec::with_capacity(headers.len());
        let replaced = |archive: &ZipArchive<Cursor<&[u8]>>, local: usize| -> Option<usize> {
            let header = headers.iter().position(|header| header.local == local)?;
            changed.iter().position(|(name, _)| archive.index_for_name(name) == Some(header))
        };
        for (index, local) in locals.iter().enumerate() {
            if locals.get(index + 1) == Some(local) {
                return Err(Unreadable::Damaged);
            }
            let end = locals.get(index + 1).copied().unwrap_or(directory);
            starts.push((*local, out.len()));
            match replaced(&self.archive, *local) {
                None => out.extend_from_slice(slice(self.bytes, *local, end)?),
                Some(change) => {
                    let header = headers.iter().find(|header| header.local == *local).ok_or(Unreadable::Damaged)?;
                    let own = slice(self.bytes, header.at, header.at + header.length)?;
                    out.extend(local_entry(self.bytes, *local, own, &mut fresh, change, &packed)?);
                }
            }
        }
        let added: Vec<usize> =
            (0..changed.len()).filter(|index| changed.get(*index).is_some_and(|(name, _)| !self.has(name))).collect();
        let mut new_headers: Vec<Vec<u8>> = Vec::new();
        for index in added {
            let entry = fresh.by_index_raw(index).map_err(|_| Unreadable::Damaged)?;
            let (start, header) = (entry.header_start() as usize, entry.central_header_start() as usize);
            let end = (entry.data_start().unwrap_or_default() + entry.compressed_size()) as usize;
            drop(entry);
            let length = header_length(&packed, header)?;
            let mut header = slice(&packed, header, header + length)?.to_vec();
            put(&mut header, 42, out.len())?;
            out.extend_from_slice(slice(&packed, start, end)?);
            new_headers.push(header);
        }
        let new_directory = out.len();
        for (index, header) in headers.iter().enumerate() {
            let mut own = slice(self.bytes, header.at, header.at + header.length)?.to_vec();
            let start = starts.iter().find(|(local, _)| *local == header.local).map_or(0, |(_, start)| *start);
            put(&mut own, 42, start)?;
            let change = changed.iter().position(|(name, _)| self.archive.index_for_name(name) == Some(index));
            if let Some(change) = change {
                let entry = fresh.by_index_raw(change).map_err(|_| Unreadable::Damaged)?;
                let flags = read_u16(&own, 8)? & !DESCRIPTOR;
                put_u16(&mut own, 8, flags)?;
                put_u16(&mut own, 10, DEFLATED)?;
                put(&mut own, 16, entry.crc32() as usize)?;
                put(&mut own, 20, entry.compressed_size() as usize)?;
                put(&mut own, 24, entry.size() as usize)?;
            }
            out.extend(own);
        }
        new_headers.iter().for_each(|header| out.extend_from_slice(header));
        let directory_length = out.len() - new_directory;
        let old_end = headers.iter().map(|header| header.at + header.length).max().unwrap_or(directory);
        let mut end = slice(self.bytes, old_end, self.bytes.len())?.to_vec();
        // The end record must directly follow the directory.
        if end.get(..4) != Some(b"PK\x05\x06") {
            return Err(Unreadable::Damaged);
        }
        let count = headers.len() + new_headers.len();
        let count = u16::try_from(count).map_err(|_| Unreadable::Damaged)?;
        put_u16(&mut end, 8, count)?;
        put_u16(&mut end, 10, count)?;
        put(&mut end, 12, directory_length)?;
        put(&mut end, 16, new_directory)?;
        out.extend(end);
        Ok(out)
    }
}

/// An archive of `entries`, each a name and a content.
pub(super) fn pack(entries: &[(&str, &[u8])]) -> Result<Vec<u8>, Unreadable> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // Without a time, the same content results in the same bytes.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in entries {
        let written = writer.start_file(*name, options).and_then(|()| Ok(writer.write_all(content)?));
        written.map_err(|_| Unreadable::TooLarge)?;
    }
    Ok(writer.finish().map_err(|_| Unreadable::TooLarge)?.into_inner())
}

/// The flag for sizes after the data.
const DESCRIPTOR: u16 = 1 << 3;

/// The compression method of entries.
const DEFLATED: u16 = 8;

/// The headers of `archive` in the order of its directory.
fn headers(archive: &mut ZipArchive<Cursor<&[u8]>>, bytes: &[u8]) -> Result<Vec<EntryHeader>, Unreadable> {
    let mut headers = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| Unreadable::Damaged)?;
        let at = usize::try_from(entry.central_header_start()).map_err(|_| Unreadable::Damaged)?;
        drop(entry);
        let length = header_length(bytes, at)?;
        let local = read_u32(bytes, at + 42)?;
        if local == ELSEWHERE || read_u32(bytes, at + 20)? == ELSEWHERE || read_u32(bytes, at + 24)? == ELSEWHERE {
            return Err(Unreadable::TooLarge);
        }
        headers.push(EntryHeader { at, length, local: local as usize });
    }
    Ok(headers)
}

/// The length of the header at `at` in the directory.
fn header_length(bytes: &[u8], at: usize) -> Result<usize, Unreadable> {
    if slice(bytes, at, at + 4)? != b"PK\x01\x02" {
        return Err(Unreadable::Damaged);
    }
    let [name, extra, comment] = [28, 30, 32].map(|field| read_u16(bytes, at + field));
    Ok(46 + usize::from(name?) + usize::from(extra?) + usize::from(comment?))
}

/// The entry at `local` with its own header, and with the content of entry `change` of `fresh`, which is in `packed`.
fn local_entry(
    bytes: &[u8],
    local: usize,
    own: &[u8],
    fresh: &mut ZipArchive<Cursor<&[u8]>>,
    change: usize,
    packed: &[u8],
) -> Result<Vec<u8>, Unreadable> {
    if slice(bytes, local, local + 4)? != b"PK\x03\x04" || read_u16(own, 8)? & 1 != 0 {
        return Err(Unreadable::Damaged);
    }
    let length = 30 + usize::from(read_u16(bytes, local + 26)?) + usize::from(read_u16(bytes, local + 28)?);
    let mut header = slice(bytes, local, local + length)?.to_vec();
    let entry = fresh.by_index_raw(change).map_err(|_| Unreadable::Damaged)?;
    let flags = read_u16(&header, 6)? & !DESCRIPTOR;
    put_u16(&mut header, 6, flags)?;
    put_u16(&mut header, 8, DEFLATED)?;
    put(&mut header, 14, entry.crc32() as usize)?;
    put(&mut header, 18, entry.compressed_size() as usize)?;
    put(&mut header, 22, entry.size() as usize)?;
    let start = entry.data_start().unwrap_or_default() as usize;
    header.extend_from_slice(slice(packed, start, start + entry.compressed_size() as usize)?);
    Ok(header)
}

fn slice(bytes: &[u8], start: usize, end: usize) -> Result<&[u8], Unreadable> {
    bytes.get(start..end).ok_or(Unreadable::Damaged)
}

fn read_u16(bytes: &[u8], at: usize) -> Result<u16, Unreadable> {
    let found = slice(bytes, at, at + 2)?.first_chunk::<2>();
    found.map(|bytes| u16::from_le_bytes(*bytes)).ok_or(Unreadable::Damaged)
}

fn read_u32(bytes: &[u8], at: usize) -> Result<u32, Unreadable> {
    let found = slice(bytes, at, at + 4)?.first_chunk::<4>();
    found.map(|bytes| u32::from_le_bytes(*bytes)).ok_or(Unreadable::Damaged)
}

fn put_u16(bytes: &mut [u8], at: usize, value: u16) -> Result<(), Unreadable> {
    bytes.get_mut(at..at + 2).ok_or(Unreadable::Damaged)?.copy_from_slice(&value.to_le_bytes());
    Ok(())
}

/// Writes `value` in four bytes.
fn put(bytes: &mut [u8], at: usize, value: usize) -> Result<(), Unreadable> {
    let value = u32::try_from(value).ok().filter(|value| *value != ELSEWHERE).ok_or(Unreadable::TooLarge)?;
    bytes.get_mut(at..at + 4).ok_or(Unreadable::Damaged)?.copy_from_slice(&value.to_le_bytes());
    Ok(())
}
