//! Figures as they are printed: first on what they were measured, then each beside its bar and its floor.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::program;
use support::load::Measured;

/// Where a figure should be.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    /// At least so much a second.
    PerSecond { bar: f64, floor: Option<f64> },
    /// At most so many of the unit.
    AtMost { unit: &'static str, bar: f64, floor: Option<f64> },
}

/// Machine, disk, data and durability.
pub(crate) fn surroundings(data: &Path, holds: &str) -> Result<()> {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = memory.lines().find_map(|line| line.strip_prefix("MemTotal:")).unwrap_or("0 kB").trim().to_owned();
    let kib: f64 = memory.trim_end_matches(" kB").parse().unwrap_or(0.0);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    println!(
        "   machine     {}, {cores} cores, {:.0} GiB",
        model.trim_start_matches([' ', '\t', ':']),
        kib / 1_048_576.0
    );
    println!("   disk        {}", disk(data));
    println!("   others      load average {load} before the run, load generator on the same cores");
    println!("   data        {holds}");
    println!("   durability  {}", program::durability(data)?);
    Ok(())
}

fn disk(data: &Path) -> String {
    let path = data.canonicalize().unwrap_or_default();
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?, words.next()?, words.next()?))
    });
    let holding = mounts.filter(|(_, at, _)| path.starts_with(at)).max_by_key(|(_, at, _)| at.len());
    holding.map_or_else(String::new, |(device, _, kind)| format!("{kind} on {device}"))
}

/// One figure beside its bar and floor, with the gap in words.
pub(crate) fn figure(name: &str, value: f64, aim: Aim, more: &str) {
    let (bar, floor) = match aim {
        Aim::PerSecond { bar, floor } | Aim::AtMost { bar, floor, .. } => (bar, floor),
    };
    let verdict = match floor {
        _ if aim.holds(value, bar) => "at the bar".to_owned(),
        Some(floor) if !aim.holds(value, floor) => "BELOW THE FLOOR".to_owned(),
        _ => format!("{:.0} % of the bar", aim.share(value, bar) * 100.0),
    };
    let floor = floor.map_or_else(|| "–".to_owned(), |floor| aim.shown(floor));
    let (value, bar) = (aim.shown(value), aim.shown(bar));
    println!("   {name:<40}{value:>12}   bar {bar:>10}   floor {floor:>10}   {verdict}");
    if !more.is_empty() {
        println!("   {:<40}{more}", "");
    }
}

impl Aim {
    fn shown(self, value: f64) -> String {
        match self {
            Self::PerSecond { .. } => format!("{}/s", grouped(value)),
            Self::AtMost { unit, .. } => format!("{value:.1} {unit}"),
        }
    }

    fn holds(self, value: f64, aim: f64) -> bool {
        self.share(value, aim) >= 1.0
    }

    // How much of an aim was reached.
    fn share(self, value: f64, aim: f64) -> f64 {
        match self {
            Self::PerSecond { .. } => value / aim,
            Self::AtMost { .. } => aim / value,
        }
    }
}

/// Latencies and what the server spent, for the end of a line.
pub(crate) fn spent(measured: &Measured, cpu_seconds: f64) -> String {
    let each_us = cpu_seconds * 1_000_000.0 / measured.done.max(1) as f64;
    format!(
        "p50 {:.2} ms, p99 {:.2} ms, {each_us:.0} µs of server CPU each, {} in {:.1} s",
        measured.within_ms(0.5),
        measured.within_ms(0.99),
        grouped(measured.done as f64),
        measured.took.as_secs_f64()
    )
}

/// A whole number with separators.
pub(crate) fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
