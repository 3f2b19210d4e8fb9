//! What a machine needs beyond Rust, and how it gets there: Debian packages, npm packages.

use anyhow::{Context as _, Result, bail};

use crate::process::{command, on_path, output, run};
use crate::root::root;

/// Installs the Debian packages of `packages` that are missing; elsewhere names them.
pub(crate) fn debian_packages(packages: &[&str], reason: &str) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_package_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !on_path("apt-get") {
        bail!("missing: {list} ({reason}); install them with this system's package manager");
    }
    println!("   installing {list} ({reason})");
    apt(&["update", "-qq"])?;
    let install = [&["install", "-y", "-qq", "--no-install-recommends"], missing.as_slice()].concat();
    apt(&install).with_context(|| format!("install by hand: apt-get install {list}"))
}

/// Whether Debian's package manager has `package` installed.
pub(crate) fn is_package_installed(package: &str) -> bool {
    let status = output(command("dpkg-query").args(["-W", "-f=${Status}", package]));
    status.is_ok_and(|status| status.ends_with("ok installed"))
}

fn apt(args: &[&str]) -> Result<()> {
    let am_root = output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let mut apt = if am_root { command("apt-get") } else { command("sudo") };
    if !am_root {
        // Without a terminal to ask for a password, fail at once.
        apt.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    run(apt.env("DEBIAN_FRONTEND", "noninteractive").args(args))
}

/// What the server's allocator is built with beside the C compiler that Rust links with.
pub(crate) fn make() -> Result<()> {
    if on_path("make") { Ok(()) } else { debian_packages(&["make"], "to build the allocator") }
}

/// What the browser tests need: Chromium, its driver, and a font for Chinese text.
pub(crate) fn browser() -> Result<()> {
    let mut packages = Vec::new();
    if std::env::var_os("CHROME").is_none() && !on_path("chromium") {
        packages.push("chromium");
    }
    if std::env::var_os("CHROMEDRIVER").is_none() && !on_path("chromedriver") {
        packages.push("chromium-driver");
    }
    if !has_chinese_font() {
        packages.push("fonts-noto-cjk");
    }
    debian_packages(&packages, "for the browser tests")
}

fn has_chinese_font() -> bool {
    let known = output(command("fc-list").args([":lang=zh", "family"]));
    known.is_ok_and(|families| !families.trim().is_empty()) || is_package_installed("fonts-noto-cjk")
}

/// Node, and the packages of `frontend/package-lock.json` exactly as locked.
pub(crate) fn npm_packages() -> Result<()> {
    if !on_path("node") || !on_path("npm") {
        debian_packages(&["nodejs", "npm"], "for wasm-opt, esbuild, charts and the camera")?;
    }
    let frontend = root().join("frontend");
    let lock = std::fs::read(frontend.join("package-lock.json")).context("frontend/package-lock.json is missing")?;
    let wanted = blake3::hash(&lock).to_hex().to_string();
    let stamp = frontend.join("node_modules/.installed-lock");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("   npm packages: up to date");
        return Ok(());
    }
    println!("   npm ci (190 MB on disk, about 10 s)");
    // No package here needs an install script, so none gets to run one.
    let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    run(command("npm").current_dir(&frontend).args(args)).context("`npm ci` in `frontend` needs the npm registry")?;
    Ok(std::fs::write(stamp, wanted)?)
}

/// The Python environment of the mail catcher that tests send to.
pub(crate) const MAIL_COST: &str = "20 MB and 10 s once, if the mail catcher is missing";
const MAIL_CATCHER: &str = "aiosmtpd==1.4.6";

/// Makes the mail catcher's environment below `target`, once; gives its Python.
pub(crate) fn mail_catcher() -> Result<()> {
    let folder = root().join("target/mail-venv");
    let stamp = folder.join(".installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == MAIL_CATCHER) {
        println!("   mail catcher: up to date");
        return Ok(());
    }
    if !on_path("python3") || !on_path("openssl") {
        debian_packages(&["python3", "python3-venv", "openssl"], "for the mail catcher of the tests")?;
    }
    println!("   installing {MAIL_CATCHER} below target ({MAIL_COST})");
    run(command("python3").args(["-m", "venv"]).arg(&folder)).context("Debian keeps it in python3-venv")?;
    let pip = folder.join("bin/pip");
    run(command(&pip.to_string_lossy()).args(["install", "--quiet", "--disable-pip-version-check", MAIL_CATCHER]))
        .context("needs the registry of Python packages")?;
    Ok(std::fs::write(stamp, MAIL_CATCHER)?)
}
