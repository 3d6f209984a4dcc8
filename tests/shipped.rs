//! The server that `editors/vscode/package.mjs` packed starts on the systems of offices: it is static, or needs no newer
//! C library than that of 2018. If nothing was packed, the test passes.

#![cfg(unix)]

use std::path::Path;
use std::process::Command;

/// The newest permitted glibc.
const GLIBC: (u32, u32) = (2, 28);

/// The versions of glibc's symbols above [`GLIBC`] in `listing`, the output of `objdump -T` or `readelf -V`.
fn too_new(listing: &str) -> Vec<String> {
    let names = listing.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')));
    let versions = names.filter_map(|name| name.strip_prefix("GLIBC_"));
    let is_old = |version: &str| {
        let mut numbers = version.split('.').map(str::parse::<u32>);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(major)), Some(Ok(minor))) => (major, minor) <= GLIBC,
            _ => version == "PRIVATE",
        }
    };
    let mut new: Vec<String> = versions.filter(|version| !is_old(version)).map(str::to_owned).collect();
    new.sort();
    new.dedup();
    new
}

#[test]
fn versions_are_read_from_a_symbol_listing() {
    let listing =
        "DF *UND* 0 (GLIBC_2.2.5) memcpy\n 0x0010: Name: GLIBC_ABI_DT_RELR Flags\n GLIBC_2.28 GLIBC_2.34 GLIBC_2.34";
    assert_eq!(too_new(listing), ["2.34", "ABI_DT_RELR"]);
    assert!(too_new("no dynamic symbols").is_empty());
}

#[test]
fn the_packed_server_needs_no_new_c_library() {
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode/server/gongkai");
    if !server.exists() {
        eprintln!("passed over: no server was packed");
        return;
    }
    let Ok(listing) = Command::new("readelf").args(["-V", "--wide"]).arg(&server).output() else {
        eprintln!("passed over: there is no readelf");
        return;
    };
    assert!(listing.status.success());
    let new = too_new(&String::from_utf8(listing.stdout).unwrap());
    assert!(new.is_empty(), "the packed server needs {new:?}: was it packed with --debug?");
}
