//! The release build of `returndesk`: commands, a running server, what it uses.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// Clock ticks a second in /proc: fixed on Linux.
const TICKS_PER_SECOND: f64 = 100.0;
/// How often a running command's memory is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A running server; killed when dropped.
pub(crate) struct Served {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

/// What a command used.
pub(crate) struct Used {
    /// From its start to its end.
    pub(crate) took: Duration,
    /// The most memory it held, in bytes, as last seen.
    pub(crate) peak_bytes: u64,
    /// What it printed.
    pub(crate) out: String,
}

/// The folder of benchmark data, under the target folder.
pub(crate) fn folder() -> Result<PathBuf> {
    let folder = target()?.join("bench");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn target() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).context("this program lies in target/PROFILE")?.to_owned())
}

/// The command `returndesk ARGS --data DIR`.
pub(crate) fn command(data: &Path, args: &[&str]) -> Result<Command> {
    let mut command = Command::new(target()?.join("release/returndesk"));
    command.args(args).arg("--data").arg(data).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    Ok(command)
}

/// Runs a command to its end; what it printed.
pub(crate) fn run(data: &Path, args: &[&str]) -> Result<String> {
    run_with(data, args, "")
}

/// The same with standard input.
pub(crate) fn run_with(data: &Path, args: &[&str], input: &str) -> Result<String> {
    let mut command = command(data, args)?;
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    child.stdin.take().context("a pipe")?.write_all(input.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("`returndesk {}` failed: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a command to its end and watches what it uses.
pub(crate) fn run_watched(data: &Path, args: &[&str]) -> Result<Used> {
    let mut command = command(data, args)?;
    let began = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut peak_bytes = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak_bytes = memory(child.id(), "VmHWM:").unwrap_or(peak_bytes);
        std::thread::sleep(LOOK_EVERY);
    };
    let took = began.elapsed();
    let mut out = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().context("a pipe")?, &mut out)?;
    if !status.success() {
        bail!("`returndesk {}` failed: {out}", args.join(" "));
    }
    Ok(Used { took, peak_bytes, out })
}

/// Starts a server on a free port and waits until it listens.
pub(crate) fn serve(data: &Path) -> Result<Served> {
    let mut command = command(data, &["serve", "--json", "--listen", "127.0.0.1:0", "--log", "error"])?;
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("a pipe")?).read_line(&mut line)?;
    let said: Value = serde_json::from_str(&line).with_context(|| format!("the server said `{line}`"))?;
    let url = said["url"].as_str().unwrap_or_default();
    let address = url.trim_start_matches("http://").parse().with_context(|| format!("it listens on `{url}`"))?;
    Ok(Served { child, address })
}

/// What `doctor` says of durability, such as `synchronous = FULL, journal_mode = WAL`.
pub(crate) fn durability(data: &Path) -> Result<String> {
    let mut command = command(data, &["doctor", "--json"])?;
    let output = command.output()?;
    let said: Value = serde_json::from_slice(&output.stdout).context("doctor answers in JSON")?;
    let checks = said["checks"].as_array().cloned().unwrap_or_default();
    let word = |id: &str| {
        let check = checks.iter().find(|check| check["id"] == id);
        check.and_then(|check| check["message"].as_str()).unwrap_or("unknown").to_owned()
    };
    Ok(format!("{}, {}, {}", word("store.synchronous"), word("store.journal_mode"), word("sqlite.version")))
}

impl Served {
    /// Seconds of processor time so far.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name in brackets may hold spaces; utime and stime are the 12th and 13th words after it.
        let words: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| words.get(at).and_then(|word| word.parse::<f64>().ok()).unwrap_or(0.0);
        Ok((ticks(11) + ticks(12)) / TICKS_PER_SECOND)
    }

    /// Memory held now and at most, in bytes.
    pub(crate) fn memory(&self) -> Result<(u64, u64)> {
        let of = |key| memory(self.child.id(), key).context("the server has gone");
        Ok((of("VmRSS:")?, of("VmHWM:")?))
    }

    /// Asks it to stop and waits.
    pub(crate) fn stop(mut self) -> Result<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Gone already after `stop`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn memory(process: u32, key: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kib = status.lines().find_map(|line| line.strip_prefix(key))?.trim().split(' ').next()?.parse::<u64>().ok()?;
    Some(kib * 1_024)
}
