//! How the program is linked; see `docs/decisions/0036-packed-relocations.md`.
//!
//! A build that runs where it was built gets packed relocations, if the C library there can read them. What is to run
//! elsewhere must not have them: set `GONGKAI_PORTABLE=1`, or build for another target, such as
//! `x86_64-unknown-linux-musl`.

use std::env::var;
use std::process::Command;

/// The first glibc that can start a program with packed relocations.
const GLIBC: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=GONGKAI_PORTABLE");
    let target = |name: &str| var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let is_portable = var("GONGKAI_PORTABLE").is_ok_and(|value| !matches!(value.as_str(), "" | "0"));
    let stays_here = var("HOST").is_ok_and(|host| var("TARGET").as_ref() == Ok(&host));
    if target("OS") == "linux" && target("ENV") == "gnu" && !is_portable && stays_here && glibc() >= Some(GLIBC) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of this machine's glibc.
fn glibc() -> Option<(u32, u32)> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let output = String::from_utf8(output.stdout).ok()?;
    let (major, minor) = output.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
