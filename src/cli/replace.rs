//! Replaces the content of a user's file. The file always has the old content or the new, and keeps its owner, links
//! and attributes.
//!
//! If a rename loses nothing, a finished temporary file takes the file's name. If it would lose an owner, a hard link,
//! an attribute or a mount, or is not allowed, the file is written in place, and a synced copy of the old content
//! exists until the new content is synced.

use super::interrupt::Writing;
use crate::config::Language;
use crate::say;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why the file was not written.
enum Trouble {
    /// The system returned an error.
    Failed(io::Error),
    /// The file has other content by now.
    Changed,
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Failed(error)
    }
}

/// Replaces `old`, the content of the file `path`, by `new`. Writes nothing if the file no longer contains `old`, or is
/// not writable.
///
/// # Errors
///
/// A message for the user: what went wrong, and where the old content is if the file no longer contains it.
pub(super) fn replace(path: &Path, old: &[u8], new: &[u8], language: Language) -> Result<(), String> {
    let failed = |error: io::Error| {
        say!(language, "无法写入（{error}），文件未改动", "cannot be written ({error}); it is unchanged")
    };
    let told = |trouble| match trouble {
        Trouble::Failed(error) => failed(error),
        Trouble::Changed => say!(
            language,
            "检查期间文件被改动，未写入：请重新运行",
            "the file was changed while it was being checked, and is left so: run again"
        ),
    };
    // A link stays a link: its target is written.
    let path = path.canonicalize().map_err(failed)?;
    let read_only = || {
        say!(
            language,
            "文件为只读，未改动：请先取消只读",
            "the file is read-only and unchanged: make it writable first"
        )
    };
    if fs::metadata(&path).map_err(failed)?.permissions().readonly() {
        return Err(read_only());
    }
    // A rename needs only the folder's permission, so the file's own permission is checked here.
    let mut file = match OpenOptions::new().read(true).write(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Err(read_only()),
        Err(error) => return Err(failed(error)),
    };
    let _writing = Writing::begin();
    match by_rename(&path, &file, old, new) {
        Ok(true) => Ok(()),
        Ok(false) => in_place(&path, &mut file, old, new, language, told),
        Err(trouble) => Err(told(trouble)),
    }
}

/// Renames a finished file to `path`, which is the path of `file`. Returns whether that was possible without losing
/// anything.
fn by_rename(path: &Path, file: &File, old: &[u8], new: &[u8]) -> Result<bool, Trouble> {
    if has_other_names(file)? {
        return Ok(false);
    }
    let folder = folder_of(path);
    let mut temporary = match tempfile::Builder::new().prefix(".gongkai-").tempfile_in(folder) {
        Ok(temporary) => temporary,
        Err(error) if is_for_want_of_room(&error) => return Err(error.into()),
        Err(_) => return Ok(false),
    };
    temporary.write_all(new)?;
    if !take_after(temporary.as_file(), file)? {
        return Ok(false);
    }
    temporary.as_file().sync_all()?;
    if !holds(path, old)? {
        return Err(Trouble::Changed);
    }
    // A rename cannot replace a mount, nor, in a folder with the sticky bit, the file of another user.
    if temporary.persist(path).is_err() {
        return Ok(false);
    }
    sync_folder(folder);
    Ok(true)
}

/// Writes `new` into `file` itself, which is at `path`.
fn in_place(
    path: &Path,
    file: &mut File,
    old: &[u8],
    new: &[u8],
    language: Language,
    told: impl Fn(Trouble) -> String,
) -> Result<(), String> {
    let copy = copy_of(path, old).map_err(|error| told(error.into()))?;
    if !holds(path, old).map_err(|error| told(error.into()))? {
        return Err(told(Trouble::Changed));
    }
    let Err(error) = overwrite(file, new) else {
        let place = copy.path().display().to_string();
        return copy.close().map_err(|error| {
            say!(
                language,
                "已写入，但原内容的副本 {place} 未能删除（{error}）：请自行删除",
                "written, but the copy of the old content, {place}, could not be removed ({error}): remove it"
            )
        });
    };
    if overwrite(file, old).is_ok() {
        return Err(told(Trouble::Failed(error)));
    }
    let place = copy.path().display().to_string();
    // The path is the same whether or not the file is kept.
    let _ = copy.into_temp_path().keep();
    Err(say!(
        language,
        "写入中断（{error}），文件可能不完整：原内容在 {place}，请复制回来",
        "the write broke off ({error}) and the file may hold a part: the old content is in {place}, copy it back"
    ))
}

/// A synced copy of `old`, the content of `path`: beside it if the folder is writable, else in a folder whose files
/// survive a restart. Its name contains that of the original, so that a user recognises it after a power cut.
fn copy_of(path: &Path, old: &[u8]) -> io::Result<NamedTempFile> {
    let mut prefix = path.file_name().unwrap_or_default().to_owned();
    prefix.push(".gongkai-");
    let folder = folder_of(path).to_owned();
    let elsewhere = if cfg!(unix) { PathBuf::from("/var/tmp") } else { std::env::temp_dir() };
    let mut failure = None;
    for folder in [folder, elsewhere, std::env::temp_dir()] {
        let copy = tempfile::Builder::new().prefix(&prefix).suffix(".bak").tempfile_in(&folder);
        let copy = copy.and_then(|mut copy| {
            copy.write_all(old)?;
            copy.as_file().sync_all()?;
            Ok(copy)
        });
        match copy {
            Ok(copy) => {
                sync_folder(&folder);
                return Ok(copy);
            }
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    Err(failure.unwrap_or_else(|| ErrorKind::Other.into()))
}

fn overwrite(file: &mut File, content: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.write_all(content)?;
    file.set_len(content.len() as u64)?;
    file.sync_all()
}

fn holds(path: &Path, content: &[u8]) -> io::Result<bool> {
    let mut found = Vec::with_capacity(content.len() + 1);
    File::open(path)?.read_to_end(&mut found)?;
    Ok(found == content)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

/// Syncs the folder: without that a new name may not survive a power cut. Not every system can do it.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn is_for_want_of_room(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

/// Whether the file has hard links, which a rename would leave with the old content.
#[cfg(unix)]
fn has_other_names(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(file.metadata()?.nlink() > 1)
}

#[cfg(not(unix))]
fn has_other_names(_: &File) -> io::Result<bool> {
    Ok(false)
}

/// Gives `new` the owner, the mode and the attributes of `old`. Returns whether it now has all of them.
#[cfg(unix)]
fn take_after(new: &File, old: &File) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (has, wanted) = (new.metadata()?, old.metadata()?);
    if (has.uid(), has.gid()) != (wanted.uid(), wanted.gid())
        && fchown(new, Some(wanted.uid()), Some(wanted.gid())).is_err()
    {
        return Ok(false);
    }
    // After the owner, because a change of owner clears some bits of the mode.
    if new.set_permissions(wanted.permissions()).is_err() || !attributes::copy(old, new) {
        return Ok(false);
    }
    let has = new.metadata()?;
    Ok((has.uid(), has.gid(), has.mode()) == (wanted.uid(), wanted.gid(), wanted.mode()))
}

#[cfg(not(unix))]
fn take_after(new: &File, old: &File) -> io::Result<bool> {
    new.set_permissions(old.metadata()?.permissions())?;
    Ok(true)
}

/// Extended attributes, which include access control lists, and the flags of `chattr`.
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod attributes {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    use rustix::io::Errno;
    use std::ffi::CStr;
    use std::fs::File;

    /// Gives `new` the attributes of `old`. Returns whether it now has exactly those.
    pub(super) fn copy(old: &File, new: &File) -> bool {
        let (Some(wanted), Some(flags)) = (all(old), flags(old)) else { return false };
        for (name, value) in &wanted {
            let has = CStr::from_bytes_with_nul(name).is_ok_and(|name| get(new, name).as_ref() == Some(value));
            if !has && fsetxattr(new, name.as_slice(), value, XattrFlags::empty()).is_err() {
                return false;
            }
        }
        all(new) == Some(wanted) && self::flags(new) == Some(flags)
    }

    /// The attributes of `file`, each a name with its NUL and a value, by name; `None` if they cannot be read.
    fn all(file: &File) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
        let names = read(|buffer| flistxattr(file, buffer));
        let names = match names {
            // The file system has no attributes.
            Err(Errno::NOTSUP | Errno::NOSYS) => Vec::new(),
            names => names.ok()?,
        };
        let names = names.split_inclusive(|byte| *byte == 0).filter(|name| name.len() > 1);
        let both = names.map(|name| Some((name.to_owned(), get(file, CStr::from_bytes_with_nul(name).ok()?)?)));
        let mut all: Vec<_> = both.collect::<Option<_>>()?;
        all.sort();
        Some(all)
    }

    fn get(file: &File, name: &CStr) -> Option<Vec<u8>> {
        read(|buffer| fgetxattr(file, name, buffer)).ok()
    }

    /// The bytes that `call` writes into a buffer that is long enough.
    fn read(call: impl Fn(&mut [u8]) -> rustix::io::Result<usize>) -> rustix::io::Result<Vec<u8>> {
        let mut buffer = vec![0; 4096];
        loop {
            match call(&mut buffer) {
                Ok(length) => {
                    buffer.truncate(length);
                    return Ok(buffer);
                }
                Err(Errno::RANGE) if buffer.len() < 1 << 24 => buffer.resize(buffer.len() * 4, 0),
                Err(error) => return Err(error),
            }
        }
    }

    /// The flags that a user sets, without those about the layout on the disk.
    #[cfg(target_os = "linux")]
    fn flags(file: &File) -> Option<u32> {
        use rustix::fs::{IFlags, ioctl_getflags};
        match ioctl_getflags(file) {
            Ok(flags) => Some((flags & (IFlags::NODUMP | IFlags::NOATIME | IFlags::COMPRESSED | IFlags::NOCOW)).bits()),
            Err(Errno::NOTTY | Errno::NOTSUP | Errno::NOSYS | Errno::INVAL) => Some(0),
            Err(_) => None,
        }
    }

    #[cfg(target_os = "macos")]
    fn flags(_: &File) -> Option<u32> {
        Some(0)
    }
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "macos"))))]
mod attributes {
    use std::fs::File;

    /// On this system attributes cannot be copied, so the file is written in place, which keeps them.
    pub(super) fn copy(_: &File, _: &File) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "newer").unwrap();
        assert!(replace(&file, b"old", b"fixed", Language::English).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "newer");
        replace(&file, b"newer", b"fixed", Language::English).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "fixed");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the temporary file is gone");
    }

    #[test]
    fn what_is_written_in_place_may_be_longer_or_shorter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "old").unwrap();
        let in_place = |old: &str, new: &str| {
            let mut file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
            let told = |_| "trouble".to_owned();
            super::in_place(&path, &mut file, old.as_bytes(), new.as_bytes(), Language::English, told)
        };
        for (old, new) in [("old", "longer than that"), ("longer than that", "x"), ("x", "")] {
            in_place(old, new).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), new);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the copy is gone");
        }
        assert!(in_place("something else", "new").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "");
    }
}
