//! What `--fix` does not change of a file: owner, mode, attributes, links, mounts; and the state of a folder after the
//! program was stopped. A test that cannot make what it needs prints that and passes.

#![cfg(all(unix, feature = "cli", feature = "server"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod command;
mod folder;

use command::{SELECT, gongkai, read, report, wrong};
use folder::folder;
use rustix::fs::{XattrFlags, getxattr, setxattr};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A user who is not root and owns nothing.
const NOBODY: u32 = 65534;

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// The names in `folder`, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The program in a folder that all users may enter; a home or a project's folder may be closed to others.
fn accessible_program() -> (TempDir, PathBuf) {
    let place = folder(&[]);
    set_mode(place.path(), 0o755);
    let program = place.path().join("gongkai");
    fs::copy(env!("CARGO_BIN_EXE_gongkai"), &program).unwrap();
    set_mode(&program, 0o755);
    (place, program)
}

/// Runs `--fix` on `file` in `folder` as a user who is not root, if this is root.
fn fix_unprivileged(program: &Path, folder: &Path, file: &str) -> Output {
    let mut command = Command::new(program);
    command.args(["check", SELECT, "--fix", "--lang=en", file]).current_dir(folder);
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output().unwrap()
}

#[track_caller]
fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Prepares `a.txt` with `prepare`, fixes it, and checks that it is right and that there is no other file.
#[track_caller]
fn fixed(prepare: impl FnOnce(&Path)) -> TempDir {
    let folder = folder(&[("a.txt", &wrong())]);
    prepare(&folder.path().join("a.txt"));
    gongkai(folder.path(), &["check", SELECT, "--fix", "a.txt"]).exits(0);
    assert_eq!(read(folder.path(), "a.txt"), report(&[]));
    folder
}

#[test]
fn the_owner_of_a_file_is_kept() {
    if !is_root() {
        eprintln!("passed over: only root may give a file away");
        return;
    }
    let folder = fixed(|file| {
        chown(file, Some(NOBODY), Some(NOBODY)).unwrap();
        set_mode(file, 0o640);
    });
    let found = fs::metadata(folder.path().join("a.txt")).unwrap();
    assert_eq!((found.uid(), found.gid(), found.mode() & 0o7777), (NOBODY, NOBODY, 0o640));
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn the_owner_of_a_colleagues_file_in_a_shared_folder_is_kept() {
    if !is_root() {
        eprintln!("passed over: only root may give a file away");
        return;
    }
    let (_place, program) = accessible_program();
    let folder = folder(&[("a.txt", &wrong())]);
    set_mode(folder.path(), 0o777);
    let file = folder.path().join("a.txt");
    set_mode(&file, 0o666);
    succeeded(&fix_unprivileged(&program, folder.path(), "a.txt"));
    assert_eq!(read(folder.path(), "a.txt"), report(&[]));
    let found = fs::metadata(&file).unwrap();
    assert_eq!((found.uid(), found.mode() & 0o7777), (0, 0o666));
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn a_file_without_write_permission_is_not_replaced() {
    if !is_root() {
        eprintln!("passed over: only root may make a file that others may not write to");
        return;
    }
    let (_place, program) = accessible_program();
    let folder = folder(&[("a.txt", &wrong())]);
    set_mode(folder.path(), 0o777);
    set_mode(&folder.path().join("a.txt"), 0o644);
    let output = fix_unprivileged(&program, folder.path(), "a.txt");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("read-only and unchanged"));
    assert_eq!(read(folder.path(), "a.txt"), wrong());
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn a_writable_file_in_a_read_only_folder_is_fixed() {
    let (_place, program) = accessible_program();
    let folder = folder(&[("a.txt", &wrong())]);
    set_mode(&folder.path().join("a.txt"), 0o666);
    set_mode(folder.path(), 0o555);
    let output = fix_unprivileged(&program, folder.path(), "a.txt");
    set_mode(folder.path(), 0o755);
    succeeded(&output);
    assert_eq!(read(folder.path(), "a.txt"), report(&[]));
    assert_eq!(names(folder.path()), ["a.txt"]);
    for elsewhere in [Path::new("/var/tmp"), &std::env::temp_dir()] {
        assert!(names(elsewhere).iter().all(|name| !name.starts_with("a.txt.gongkai-")), "{}", elsewhere.display());
    }
}

#[test]
fn extended_attributes_are_kept() {
    let name = "user.gongkai.test";
    let probe = folder(&[("a.txt", "")]);
    if let Err(error) = setxattr(probe.path().join("a.txt"), name, b"x", XattrFlags::empty()) {
        eprintln!("passed over: no extended attributes here ({error})");
        return;
    }
    let folder = fixed(|file| setxattr(file, name, "秘书科".as_bytes(), XattrFlags::empty()).unwrap());
    let mut value = [0; 64];
    let length = getxattr(folder.path().join("a.txt"), name, &mut value[..]).unwrap();
    assert_eq!(&value[..length], "秘书科".as_bytes());
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn an_access_control_list_is_kept() {
    // Version 2; the owner rw, user 65534 rw, the group r, the mask rw, others nothing.
    let entries: [(u16, u16, u32); 5] =
        [(1, 6, u32::MAX), (2, 6, NOBODY), (4, 4, u32::MAX), (16, 6, u32::MAX), (32, 0, u32::MAX)];
    let mut list = 2u32.to_le_bytes().to_vec();
    for (tag, permissions, id) in entries {
        list.extend(tag.to_le_bytes());
        list.extend(permissions.to_le_bytes());
        list.extend(id.to_le_bytes());
    }
    let name = "system.posix_acl_access";
    let probe = folder(&[("a.txt", "")]);
    if let Err(error) = setxattr(probe.path().join("a.txt"), name, &list, XattrFlags::empty()) {
        eprintln!("passed over: no access control lists here ({error})");
        return;
    }
    let folder = fixed(|file| setxattr(file, name, &list, XattrFlags::empty()).unwrap());
    let mut value = [0; 256];
    let length = getxattr(folder.path().join("a.txt"), name, &mut value[..]).unwrap();
    assert_eq!(&value[..length], list);
}

#[test]
fn hard_links_are_kept() {
    let folder = fixed(|file| fs::hard_link(file, file.with_file_name("b.txt")).unwrap());
    assert_eq!(read(folder.path(), "b.txt"), report(&[]));
    let inode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().ino();
    assert_eq!(inode("a.txt"), inode("b.txt"));
    assert_eq!(names(folder.path()), ["a.txt", "b.txt"]);
}

#[test]
fn a_file_that_is_a_mount_is_fixed() {
    let folder = folder(&[("real.txt", &wrong()), ("mounted.txt", "")]);
    // In a namespace of its own, so that no mount remains.
    let inside = |script: &str| {
        let flags = if is_root() { "-m" } else { "-rm" };
        let mut command = Command::new("unshare");
        command.args([flags, "sh", "-ec", script, "sh", env!("CARGO_BIN_EXE_gongkai"), SELECT]);
        command.current_dir(folder.path()).env("LANG", "en").env_remove("LC_ALL").output()
    };
    match inside("mount --bind real.txt mounted.txt") {
        Ok(output) if output.status.success() => {}
        _ => {
            eprintln!("passed over: nothing can be mounted here");
            return;
        }
    }
    succeeded(&inside("mount --bind real.txt mounted.txt; \"$1\" check \"$2\" --fix mounted.txt").unwrap());
    assert_eq!(read(folder.path(), "real.txt"), report(&[]));
    assert_eq!(names(folder.path()), ["mounted.txt", "real.txt"]);
}

#[test]
fn an_interrupted_write_leaves_the_old_content_and_a_message() {
    if !Path::new("/dev/full").exists() {
        eprintln!("passed over: there is no /dev/full here");
        return;
    }
    // The limit on the size of files is below that of the report: the temporary file cannot be finished.
    let folder = folder(&[("a.txt", &wrong())]);
    let limited = |before: &str| {
        let script = format!("{before} trap '' XFSZ; ulimit -f 1; exec \"$0\" check \"$1\" --fix --lang=en a.txt");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_gongkai"), SELECT]).current_dir(folder.path());
        command.output().unwrap()
    };
    for before in ["", "ln a.txt b.txt;"] {
        let output = limited(before);
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stderr).contains("it is unchanged"));
        assert_eq!(read(folder.path(), "a.txt"), wrong());
        assert!(names(folder.path()).iter().all(|name| !name.contains("gongkai")), "{:?}", names(folder.path()));
    }
}

/// A folder of many reports, every second one with a second name. Its `--fix` gets `signal` after `delay`.
fn interrupted(signal: &str, delay: Duration) -> (TempDir, std::process::ExitStatus) {
    let wrong = wrong();
    let names: Vec<String> = (0..30).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), wrong.as_str())).collect();
    let folder = folder(&files);
    fs::create_dir(folder.path().join("links")).unwrap();
    for name in names.iter().step_by(2) {
        fs::hard_link(folder.path().join(name), folder.path().join("links").join(name.replace("txt", "link"))).unwrap();
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["check", SELECT, "--fix", "--quiet"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(delay);
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).stderr(Stdio::null()).status();
    sent.unwrap();
    let status = child.wait().unwrap();
    (folder, status)
}

/// The time of a run of [`interrupted`] without a signal.
fn duration_of_whole_run() -> Duration {
    let start = std::time::Instant::now();
    interrupted("CONT", Duration::ZERO);
    start.elapsed()
}

/// Checks that every report in `folder` is the old one or the new one, and returns the numbers of both.
#[track_caller]
fn whole(folder: &Path) -> [usize; 2] {
    let (old, new) = (wrong(), report(&[]));
    let mut counts = [0; 2];
    for name in names(folder).iter().filter(|name| name.ends_with(".txt")) {
        match read(folder, name) {
            text if text == old => counts[0] += 1,
            text if text == new => counts[1] += 1,
            text => panic!("{name} is neither the old report nor the new one: {} bytes", text.len()),
        }
    }
    assert_eq!(counts[0] + counts[1], 30);
    counts
}

#[test]
fn a_signal_lets_the_current_file_finish_and_leaves_no_copies() {
    let whole_run = duration_of_whole_run();
    let mut stopped = 0;
    for round in 0..24 {
        let signal = ["INT", "TERM", "HUP"][round % 3];
        let (folder, status) = interrupted(signal, whole_run * u32::try_from(round).unwrap() / 24);
        whole(folder.path());
        let left: Vec<String> = names(folder.path()).into_iter().filter(|name| name.contains("gongkai")).collect();
        assert!(left.is_empty(), "{signal} left {left:?}");
        stopped += usize::from(status.signal().is_some());
    }
    assert!(stopped > 0, "no run was stopped");
}

#[test]
fn a_killed_run_leaves_the_old_report_or_the_new_one() {
    let whole_run = duration_of_whole_run();
    let mut seen = [0; 2];
    for round in 0..24u32 {
        let (folder, _) = interrupted("KILL", whole_run * round / 24);
        for (seen, counted) in seen.iter_mut().zip(whole(folder.path())) {
            *seen += counted;
        }
    }
    assert!(seen[0] > 0 && seen[1] > 0, "every run was killed too early or too late: {seen:?}");
}

#[test]
fn a_signal_that_is_to_be_ignored_is() {
    let folder = folder(&[("a.txt", &wrong())]);
    let script = "trap '' HUP INT; (sleep 0.1; kill -HUP $$; kill -INT $$) & exec \"$0\" check \"$1\" --fix -";
    let mut child = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_gongkai"), SELECT])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    std::thread::sleep(Duration::from_millis(400));
    std::io::Write::write_all(&mut input, wrong().as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), report(&[]));
    assert!(File::open(folder.path().join("a.txt")).is_ok());
}
