//! The package in a real Debian: booted with systemd as its first process and no network at all, installed, served over
//! HTTPS, backed up, restored, taken away again. What is done inside stands in `packaging/appliance/check.sh`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

use super::Length;
use crate::dist;
use crate::need;
use crate::process::{command, on_path, output, run, run_within};
use crate::root::root;
use crate::web::cargo_target_folder;

/// The booted machine installs, serves and restores within minutes; then something hangs.
const BOOT_LIMIT: Duration = Duration::from_secs(900);
/// What a Debian server has, and what the checks need beside it. Nothing of it is asked for by the package.
const INCLUDE: &str = "systemd,systemd-sysv,dbus,init-system-helpers,curl,openssl,iproute2,passwd,util-linux,diffutils";
/// How exposed the service may be, by systemd's own score.
const MOST_EXPOSED: f64 = 1.6;

/// Builds what is delivered and tries it in a booted Debian; the short form looks at the package made of the server as tests
/// build it, without booting.
pub(super) fn appliance(length: Length) -> Result<()> {
    if length == Length::Short {
        has_what_it_should(&dist::of_tests()?)?;
        return exposure();
    }
    need::debian_packages(
        &["mmdebstrap", "systemd-container", "lintian", "skopeo", "umoci"],
        "to boot a Debian, 60 MB",
    )?;
    let delivered = dist::release()?;
    lint(&delivered.deb)?;
    exposure()?;
    image(&delivered.image)?;
    booted(&delivered.deb)
}

/// The files that people and the system look for.
fn has_what_it_should(deb: &Path) -> Result<()> {
    let listed = output(command("dpkg-deb").arg("--contents").arg(deb))?;
    for path in [
        "./usr/bin/returndesk",
        "./usr/lib/systemd/system/returndesk.service",
        "./usr/lib/sysusers.d/returndesk.conf",
        "./etc/returndesk/returndesk.toml",
        "./usr/share/man/man1/returndesk.1.gz",
        "./usr/share/bash-completion/completions/returndesk",
    ] {
        ensure!(listed.lines().any(|line| line.ends_with(path)), "the package lacks `{path}`");
    }
    Ok(())
}

fn lint(deb: &Path) -> Result<()> {
    // Errors and warnings; what is only information stays unsaid.
    run(command("lintian").args(["--fail-on", "error,warning", "--allow-root"]).arg(deb))
}

/// The unit by itself, without a machine that runs it.
fn exposure() -> Result<()> {
    if !on_path("systemd-analyze") {
        println!("   no systemd here: the unit's exposure is not scored");
        return Ok(());
    }
    let unit = root().join("systemd/returndesk.service");
    let said = output(command("systemd-analyze").args(["security", "--offline=true", "--no-pager"]).arg(&unit))?;
    let line = said.lines().find(|line| line.contains("Overall exposure level")).context("systemd gave no score")?;
    println!("   {}", line.trim_start_matches(|c: char| !c.is_alphabetic()));
    let score = line.split_once(": ").and_then(|(_, rest)| rest.split_whitespace().next()?.parse::<f64>().ok());
    ensure!(score.is_some_and(|score| score <= MOST_EXPOSED), "more than {MOST_EXPOSED}");
    Ok(())
}

/// The image is what registries and runtimes read, and the program in it starts.
fn image(archive: &Path) -> Result<()> {
    let work = fresh("image")?;
    let (layout, bundle) = (work.join("layout"), work.join("bundle"));
    let from = format!("oci-archive:{}", archive.display());
    run(command("skopeo").args(["copy", "--quiet", &from]).arg(format!("oci:{}:tried", layout.display())))?;
    run(command("umoci").args(["unpack", "--image"]).arg(format!("{}:tried", layout.display())).arg(&bundle))?;
    let spec: serde_json::Value = serde_json::from_slice(&std::fs::read(bundle.join("config.json"))?)?;
    // As the account and with the program that the image names, on nothing but its own files. A runtime would also want
    // this machine's control groups, which are no part of the image.
    let id = |which: &str| spec["process"]["user"][which].as_u64().filter(|id| *id > 0);
    let (Some(user), Some(group)) = (id("uid"), id("gid")) else { bail!("the image runs as root") };
    let Some(program) = spec["process"]["args"][0].as_str() else { bail!("the image names no program") };
    let mut alone = command("unshare");
    alone.args(["--mount", "--pid", "--net", "--fork"]).arg("--root").arg(bundle.join("rootfs"));
    alone.args(["--setuid", &user.to_string(), "--setgid", &group.to_string()]).args([program, "version"]);
    let said = output(&mut alone)?;
    ensure!(said.contains("returndesk"), "the image's program said: {said}");
    println!("   image: starts without a shell or a package manager beside it");
    std::fs::remove_dir_all(&work)?;
    Ok(())
}

fn booted(deb: &Path) -> Result<()> {
    let machine = machine()?;
    let shared = machine.join("opt/appliance");
    std::fs::create_dir_all(&shared)?;
    std::fs::copy(deb, shared.join("returndesk.deb"))?;
    std::fs::copy(root().join("packaging/appliance/check.sh"), shared.join("check.sh"))?;
    let unit = "etc/systemd/system/appliance-check.service";
    std::fs::copy(root().join("packaging/appliance/check.service"), machine.join(unit))?;
    let wanted = machine.join("etc/systemd/system/default.target.wants");
    std::fs::create_dir_all(&wanted)?;
    std::os::unix::fs::symlink("/etc/systemd/system/appliance-check.service", wanted.join("appliance-check.service"))?;
    let mut boot = command("systemd-nspawn");
    boot.arg("--directory").arg(&machine);
    boot.args(["--private-network", "--register=no", "--keep-unit", "--quiet", "--console=pipe", "--boot"]);
    boot.stdout(std::fs::File::create(cargo_target_folder().join("appliance/console.log"))?);
    run_within(&mut boot, BOOT_LIMIT).context("the machine did not come up and go down again")?;
    let said = std::fs::read_to_string(shared.join("said")).context("nothing was tried: see console.log")?;
    print!("{said}");
    if said.lines().any(|line| line == "DONE") {
        std::fs::remove_dir_all(&machine)?;
        return Ok(());
    }
    bail!("the booted machine lies in `{}`", machine.display());
}

/// A Debian root of its own, unpacked from the archive that the first run makes.
fn machine() -> Result<PathBuf> {
    let archive = cargo_target_folder().join("appliance/debian.tar");
    if !archive.exists() {
        std::fs::create_dir_all(archive.parent().unwrap_or(Path::new(".")))?;
        println!("   making a Debian root (120 MB from Debian's mirrors, 30 s)");
        let half = archive.with_extension("half.tar");
        let mut make = command("mmdebstrap");
        make.args(["--variant=minbase", "--quiet"]).arg(format!("--include={INCLUDE}")).arg("bookworm").arg(&half);
        // This machine's own mirrors, so that a machine that reaches only its own can make one too.
        let sources = sources()?;
        run(make.args(&sources))?;
        std::fs::rename(half, &archive)?;
    }
    let machine = fresh("machine")?;
    run(command("tar").arg("--extract").arg("--file").arg(&archive).arg("--directory").arg(&machine))?;
    Ok(machine)
}

/// The files that say where this machine's packages come from.
fn sources() -> Result<Vec<PathBuf>> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    for entry in std::fs::read_dir("/etc/apt/sources.list.d")? {
        files.push(entry?.path());
    }
    let is_read = |path: &Path| path.extension().is_some_and(|end| end == "list" || end == "sources");
    let about_debian = |path: &Path| std::fs::read_to_string(path).is_ok_and(|text| text.contains("bookworm"));
    files.retain(|path| is_read(path) && about_debian(path));
    ensure!(!files.is_empty(), "this machine names no mirror of Debian 12");
    Ok(files)
}

fn fresh(name: &str) -> Result<PathBuf> {
    let folder = cargo_target_folder().join("appliance").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
