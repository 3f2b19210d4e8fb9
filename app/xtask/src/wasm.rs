//! Which compiler builds the front end: rustup's with the WASM target, else Debian's with the standard library from
//! source. rustup's server may be out of reach where package registries are not; then Debian's packages do the same.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;

use crate::need::{debian_packages, is_package_installed};
use crate::process::{cargo, command, on_path, output, run_within};
use crate::root::root;

/// The front end's target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// How long rustup may take to fetch 20 MB.
const RUSTUP_LIMIT: Duration = Duration::from_secs(180);

/// What the way without rustup needs; whatever version the distribution has.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];

/// How the standard library for WASM is had.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Source {
    /// It is installed beside the compiler.
    Rustup,
    /// `rustup target add` fetches it.
    Add,
    /// Debian's rustc-web builds it from rust-web-src.
    Debian,
}

/// A cargo that can build for WASM.
pub(crate) struct Toolchain {
    source: Source,
}

/// Finds a way, or takes the one that was asked for.
pub(crate) fn toolchain(wanted: Option<Source>) -> Result<Toolchain> {
    let source = match wanted {
        None if is_installed() => Source::Rustup,
        // It is here because fetching failed before; do not wait for that again.
        None if DEBIAN_PACKAGES.iter().all(|package| is_package_installed(package)) => Source::Debian,
        None => match add() {
            Ok(()) => Source::Rustup,
            Err(error) => {
                println!("   {error:#}; Debian's rustc-web instead");
                Source::Debian
            }
        },
        Some(Source::Add) => {
            add()?;
            Source::Rustup
        }
        Some(Source::Rustup) if !is_installed() => {
            bail!("the target {TARGET} is not installed: `rustup target add {TARGET}`, or `--wasm=debian`")
        }
        Some(source) => source,
    };
    if source == Source::Debian {
        debian_packages(DEBIAN_PACKAGES, "Rust for WASM, 600 MB on disk")?;
    }
    Ok(Toolchain { source })
}

/// Whether the compiler in use has the target's standard library.
pub(crate) fn is_installed() -> bool {
    let folder = output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_ok_and(|folder| std::fs::read_dir(folder.trim()).is_ok_and(|mut entries| entries.next().is_some()))
}

fn add() -> Result<()> {
    if !on_path("rustup") {
        bail!("rustup is not installed");
    }
    println!("   rustup target add {TARGET} (20 MB)");
    run_within(command("rustup").args(["target", "add", TARGET]), RUSTUP_LIMIT)
}

impl Toolchain {
    /// A cargo command for WASM; the caller adds verb and package, then `args`.
    pub(crate) fn cargo(&self, verb: &str) -> Result<Command> {
        let mut cargo = match self.source {
            Source::Rustup | Source::Add => cargo(),
            Source::Debian => debian_cargo()?,
        };
        cargo.env("CARGO_TARGET_DIR", self.folder()).args([verb, "--target", TARGET]);
        if self.source == Source::Debian {
            cargo.arg("-Zbuild-std=std,panic_abort");
        }
        Ok(cargo)
    }

    /// The target folder; each compiler has its own.
    pub(crate) fn folder(&self) -> PathBuf {
        let name = if self.source == Source::Debian { "target-wasm-debian" } else { "target-wasm" };
        root().join(name)
    }

    /// One line that changes when the compiler does.
    pub(crate) fn version(&self) -> Result<String> {
        let rustc = if self.source == Source::Debian { "/usr/bin/rustc" } else { "rustc" };
        Ok(output(without_rustup(&mut command(rustc), self.source).arg("--version"))?.trim().to_owned())
    }
}

fn debian_cargo() -> Result<Command> {
    let mut cargo = command("/usr/bin/cargo");
    without_rustup(&mut cargo, Source::Debian)
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker()?);
    Ok(cargo)
}

/// Takes the calling cargo's settings out of the child's environment: they belong to another compiler.
fn without_rustup(command: &mut Command, source: Source) -> &mut Command {
    if source == Source::Debian {
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name == "CARGO"
                || name.starts_with("RUSTC")
                || name.starts_with("RUSTUP_")
                || name.starts_with("RUSTDOC")
            {
                command.env_remove(name);
            }
        }
    }
    command
}

/// rustup's `rust-lld`, else a `wasm-ld` of Debian. Debian's rustc-web names a linker that it does not bring along.
fn linker() -> Result<PathBuf> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))?;
    let bundled = std::fs::read_dir(Path::new(sysroot.trim()).join("lib/rustlib"))
        .context("rustc has no `lib/rustlib`")?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin/rust-lld")))
        .find(|path| path.is_file());
    if let Some(path) = bundled {
        return Ok(path);
    }
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/bin")?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wasm-ld")));
    found.sort();
    found.pop().context("no linker for WASM: `apt-get install lld`, version 19 or later")
}
