//! What the system tells of a process and of itself. Only Linux tells all of it: elsewhere those figures are missing.

use std::fs;
use std::process::Command;
use std::time::Duration;

/// The processor time that all threads of process `pid` have had.
pub(crate) fn processor_time(pid: u32) -> Option<Duration> {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).ok()?;
    let times = threads.filter_map(|thread| {
        let line = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        line.split_ascii_whitespace().next()?.parse::<u64>().ok()
    });
    Some(Duration::from_nanos(times.sum()))
}

/// The most memory, in bytes, that process `pid` ever had resident.
pub(crate) fn peak_memory(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// The time that others on the same host took from this machine since it was started.
pub(crate) fn stolen() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/stat").ok()?;
    let ticks: u64 = stat.lines().next()?.split_ascii_whitespace().nth(8)?.parse().ok()?;
    // A tick of this file is a hundredth of a second wherever Linux runs today.
    Some(Duration::from_millis(ticks * 10))
}

/// What the figures were measured on, and when.
pub(crate) fn description() -> String {
    let cpus = std::thread::available_parallelism().map_or(0, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':').map(|(_, name)| name));
    let model = model.map_or("a processor that does not say its name", str::trim);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let system = format!("{} {}", std::env::consts::OS, kernel.trim());
    let first_line = |program: &str, argument: &[&str]| {
        let output = Command::new(program).args(argument).output();
        output.map_or_else(|_| "?".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let (compiler, date) = (first_line("rustc", &["--version"]), first_line("date", &["-u", "+%F"]));
    format!("{date}; {cpus} processors of {model}; {}; {compiler}", system.trim())
}
