//! Word files on the command line: checked, fixed, refused, converted; and their state after the program was stopped.

#![cfg(all(unix, feature = "cli", feature = "server"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod command;
mod folder;

use command::{Run, SELECT, gongkai, gongkai_with, report, stdout_of, wrong};
use folder::folder;
use gongkai::analysis::Analysis;
use gongkai::files::docx::{WordFile, new_file};
use gongkai::ide::ReportOutline;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A Word file with the report `text`.
fn word(text: &str) -> Vec<u8> {
    new_file(&ReportOutline::of(&Analysis::new(text, Arc::default())).word()).unwrap()
}

fn text_of(bytes: Vec<u8>) -> String {
    WordFile::open(bytes).unwrap().text().to_owned()
}

/// Where each finding is: by paragraph and character, and by table, row and column.
fn places(run: &Run) -> Vec<String> {
    let places = run.json().into_iter().map(|finding| {
        let row = finding["location"]["row"].as_u64().unwrap();
        format!("{} {} {} {}", finding["code"], row, finding["location"]["column"], finding["place"])
    });
    places.collect()
}

#[test]
fn a_word_file_is_checked_like_any_other() {
    let folder = folder(&[("a.txt", &wrong())]);
    let bytes = word(&wrong());
    fs::write(folder.path().join("b.docx"), &bytes).unwrap();
    let run = gongkai(folder.path(), &["check", SELECT, "--output-format=json"]).exits(1).warns("checked 2 files:");
    let found = run.json();
    let of = |name: &str| -> Vec<_> {
        let own = found.iter().filter(|finding| finding["filename"] == name);
        own.map(|finding| {
            [&finding["code"], &finding["message"], &finding["place"], &finding["fingerprint"]].map(|it| it.to_string())
        })
        .collect()
    };
    assert!(!of("a.txt").is_empty());
    assert_eq!(of("a.txt"), of("b.docx"));
    // By its paragraph: the line of the visible text.
    let run = gongkai(folder.path(), &["check", SELECT, "--output-format=json", "b.docx"]);
    let finding = &run.json()[0];
    let row = finding["location"]["row"].as_u64().unwrap() as usize;
    let text = text_of(bytes.clone());
    let line = text.lines().nth(row - 1).unwrap();
    assert!(!line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()), "{line}");
    let plain = gongkai(folder.path(), &["check", SELECT, "b.docx"]).exits(1);
    assert!(!plain.out.contains("<w:") && plain.out.contains(&format!("b.docx:{row}:1")), "{}", plain.out);
    // From standard input, with a name.
    let stdin =
        gongkai_with(folder.path(), &["check", SELECT, "-", "--stdin-filename=x.docx", "--output-format=json"], &bytes);
    assert_eq!(places(&stdin.exits(1)), places(&run));
}

#[test]
fn a_word_file_is_fixed_in_place() {
    let folder = folder(&[]);
    let (path, bytes) = (folder.path().join("b.docx"), word(&wrong()));
    fs::write(&path, &bytes).unwrap();
    let diff = gongkai(folder.path(), &["check", SELECT, "--diff"]).exits(1).prints("--- a/b.docx\n+++ b/b.docx\n@@ ");
    assert_eq!(fs::read(&path).unwrap(), bytes);
    gongkai(folder.path(), &["check", SELECT, "--fix"]).exits(0).warns("changed 1 line in 1 file");
    let fixed = fs::read(&path).unwrap();
    assert_eq!(text_of(fixed.clone()), text_of(word(&report(&[]))));
    assert!(diff.out.lines().filter(|line| line.starts_with('+')).count() == 2, "{}", diff.out);
    gongkai(folder.path(), &["check", SELECT, "--diff"]).exits(0);
    assert_eq!(stdout_of(folder.path(), &["check", SELECT, "--fix", "-", "--stdin-filename=b.docx"], &bytes), fixed);
    assert_eq!(stdout_of(folder.path(), &["check", SELECT, "--fix", "-", "--stdin-filename=b.docx"], &fixed), fixed);
}

#[test]
fn other_office_files_are_named_with_advice() {
    let folder = folder(&[]);
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let ole = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    write("old.doc", &ole);
    write("old.docx", &ole);
    write("locked.docx", &[ole.as_slice(), &encrypted].concat());
    write("a.wps", &ole);
    write("a.pdf", b"%PDF-1.7\n");
    let bytes = word(&wrong());
    write("half.docx", &bytes[..bytes.len() / 2]);
    let names = ["old.doc", "old.docx", "locked.docx", "a.wps", "a.pdf", "half.docx"];
    let run = gongkai(folder.path(), &[&["check"], names.as_slice()].concat()).exits(2);
    let run = run.warns("old.doc: a Word file of the old kind (.doc): save it as .docx");
    let run =
        run.warns("old.docx: a Word file of the old kind (.doc): save it as .docx").warns("locked.docx: a password");
    run.warns("a.wps: a WPS file").warns("a.pdf: a PDF file").warns("half.docx: the Word file is damaged");
    let run = gongkai(folder.path(), &[&["check", "--lang=zh"], names.as_slice()].concat()).exits(2);
    run.warns("old.doc: 旧版 Word 文件")
        .warns("locked.docx: 文件设有密码")
        .warns("a.pdf: PDF 文件")
        .warns("half.docx: Word 文件已损坏");
}

#[test]
fn a_report_is_converted_to_every_format_and_back() {
    let folder = folder(&[("a.txt", &wrong())]);
    let convert = |from: &str, to: &str| gongkai(folder.path(), &["convert", from, to]);
    let found = |name: &str| {
        let run = gongkai(folder.path(), &["check", SELECT, "--output-format=json", name]).exits(1);
        let found = run.json();
        found
            .iter()
            .map(|it| [&it["code"], &it["message"], &it["fingerprint"]].map(|it| it.to_string()))
            .collect::<Vec<_>>()
    };
    let mut last = "a.txt";
    for name in ["b.docx", "c.html", "d.md", "e.docx", "f.txt"] {
        convert(last, name).exits(0).warns("none changed");
        assert_eq!(found(name), found("a.txt"), "{name}");
        last = name;
    }
    for layout in ["pipes", "cell-lines", "piped-lines"] {
        let name = format!("{layout}.txt");
        gongkai(folder.path(), &["convert", "e.docx", &name, "--layout", layout]).exits(0);
        assert_eq!(found(&name), found("a.txt"), "{name}");
    }
    convert("a.txt", "b.docx").exits(2).warns("is there already");
    gongkai(folder.path(), &["convert", "a.txt", "b.docx", "--force"]).exits(0);
    convert("a.txt", "b.pdf").exits(2).warns("only .docx, .html, .md and .txt");
    fs::write(folder.path().join("no.txt"), "今天下雨。").unwrap();
    convert("no.txt", "g.docx").exits(2).warns("no report was recognised");
    assert!(!folder.path().join("g.docx").exists());
}

#[test]
fn marks_of_markdown_are_not_text() {
    let folder = folder(&[("a.txt", &wrong())]);
    gongkai(folder.path(), &["convert", "a.txt", "a.md"]).exits(0);
    let text = fs::read_to_string(folder.path().join("a.md")).unwrap();
    let heading = text.lines().find(|line| line.contains("一、总体情况")).unwrap();
    let marked = text.replace(heading, &format!("{heading}\n\n**（一）主动公开**\n\n### （二）依申请公开"));
    fs::write(folder.path().join("b.md"), marked).unwrap();
    for name in ["b.html", "b.txt", "b.docx"] {
        gongkai(folder.path(), &["convert", "b.md", name]).exits(0);
        gongkai(folder.path(), &["compare", "b.md", name]).exits(0).prints("all figures and sentences are the same");
    }
    assert!(!fs::read_to_string(folder.path().join("b.html")).unwrap().contains("**"));
    gongkai(folder.path(), &["review", ".", "--out", "letters", "--lang", "zh"]).exits(0);
    let letter = fs::read_to_string(folder.path().join("letters/b.md.审核意见.html")).unwrap();
    assert!(letter.contains("年政府信息公开工作年度报告") && !letter.contains("《#"), "{letter}");
}

#[test]
fn a_write_protected_file_is_unchanged() {
    let folder = folder(&[("a.txt", &wrong())]);
    fs::write(folder.path().join("b.docx"), word(&wrong())).unwrap();
    for name in ["a.txt", "b.docx"] {
        let path = folder.path().join(name);
        let before = fs::read(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        gongkai(folder.path(), &["check", SELECT, "--fix", name]).exits(2).warns("the file is read-only and unchanged");
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

/// A disk that is almost full; `None` where the test cannot make one.
fn small_disk(folder: &Path, size: &str) -> bool {
    fs::create_dir(folder).unwrap();
    let options = format!("size={size}");
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", &options, "none"]).arg(folder).stderr(Stdio::null()).status();
    mounted.is_ok_and(|status| status.success())
}

#[test]
fn a_full_disk_leaves_the_old_file_and_a_message() {
    let folder = folder(&[]);
    let disk = folder.path().join("disk");
    if !small_disk(&disk, "64k") {
        eprintln!("passed over: a file system cannot be mounted here");
        return;
    }
    for (name, bytes) in [("a.txt", wrong().into_bytes()), ("b.docx", word(&wrong()))] {
        fs::write(disk.join(name), &bytes).unwrap();
        // Fills the remaining space.
        let mut room = 64 * 1024;
        while room > 0 {
            if fs::write(disk.join(format!("full{room}")), vec![0; room]).is_err() {
                let _ = fs::remove_file(disk.join(format!("full{room}")));
            }
            room /= 2;
        }
        let run = gongkai(&disk, &["check", SELECT, "--fix", name]);
        let after = fs::read(disk.join(name)).unwrap();
        if run.code == 2 {
            assert!(run.err.contains("cannot be written") && run.err.contains("unchanged"), "{}", run.err);
            assert!(after == bytes, "{name} is neither old nor new");
        }
        for entry in fs::read_dir(&disk).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        assert_eq!(run.code, 2, "{name}: there was room enough: {}", run.err);
    }
    let _ = Command::new("umount").arg(&disk).status();
}

/// The entries of an archive: for each name, its bytes as they are in the file, and its content.
fn entries(bytes: &[u8]) -> BTreeMap<String, (Vec<u8>, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entries = BTreeMap::new();
    for index in 0..archive.len() {
        let (mut packed, mut content) = (Vec::new(), Vec::new());
        archive.by_index_raw(index).unwrap().read_to_end(&mut packed).unwrap();
        let mut entry = archive.by_index(index).unwrap();
        entry.read_to_end(&mut content).unwrap();
        entries.insert(entry.name().unwrap().into_owned(), (packed, content));
    }
    entries
}

#[test]
fn a_fix_does_not_change_macros() {
    // A macro as Word stores it: bytes that are not text.
    let program: Vec<u8> =
        [0xd0, 0xcf, 0x11, 0xe0].into_iter().chain((0..9000_u32).map(|n| ((n * n) >> 3) as u8)).collect();
    let mut archive = zip::ZipWriter::new_append(Cursor::new(word(&wrong()))).unwrap();
    archive.start_file("word/vbaProject.bin", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&program).unwrap();
    let before = archive.finish().unwrap().into_inner();
    let folder = folder(&[]);
    fs::write(folder.path().join("a.docm"), &before).unwrap();
    gongkai(folder.path(), &["check", SELECT, "--fix", "a.docm"]).exits(0).warns("changed 1 line in 1 file");
    let after = fs::read(folder.path().join("a.docm")).unwrap();
    let (old, new) = (entries(&before), entries(&after));
    assert_eq!(new["word/vbaProject.bin"].1, program);
    assert!(old.keys().eq(new.keys()));
    let changed: Vec<&String> = old.keys().filter(|name| old[*name] != new[*name]).collect();
    assert_eq!(changed, ["word/document.xml"], "every other entry is copied byte for byte, packed as it was");
    gongkai(folder.path(), &["check", SELECT, "a.docm"]).exits(0);
}

/// The number of runs to kill; the environment variable `GONGKAI_KILLS` sets another.
const KILLS: u32 = 60;

#[test]
fn a_killed_run_leaves_the_old_file_or_the_new_one() {
    let (old, new) = ([wrong().into_bytes(), word(&wrong())], [report(&[]).into_bytes(), word(&report(&[]))]);
    let names = ["a.txt", "b.docx"];
    let run = |delay: Duration| {
        let folder = folder(&[]);
        for (name, old) in names.iter().zip(&old) {
            fs::write(folder.path().join(name), old).unwrap();
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(["check", SELECT, "--fix", "--quiet", "-j1"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(delay);
        let _ = child.kill();
        child.wait().unwrap();
        folder
    };
    let start = Instant::now();
    gongkai(run(Duration::ZERO).path(), &["check", SELECT, "--fix"]);
    let whole = start.elapsed();
    let mut seen = [[0; 2]; 2];
    let kills = std::env::var("GONGKAI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    for round in 0..kills {
        // Every part of a run, in a mixed order.
        let folder = run(whole * 2 * (round * 89 % kills) / kills);
        for (index, name) in names.iter().enumerate() {
            let found = fs::read(folder.path().join(name)).unwrap();
            let is_new = if index == 0 { found == new[0] } else { found != old[1] };
            if is_new && index == 1 {
                assert_eq!(text_of(found), text_of(new[1].clone()), "a part of the new file");
            } else {
                assert!(is_new || found == old[index], "{name} is neither old nor new");
            }
            seen[index][usize::from(is_new)] += 1;
        }
    }
    // Files of both kinds were killed before and after they were written.
    assert!(
        (0..2).all(|state| seen.iter().any(|counts| counts[state] > 0)),
        "every run was killed too early or too late: {seen:?}"
    );
}
