//! The Debian package.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::tree::Tree;
use super::{Parts, architecture, source};
use crate::process::{command, output, run};

/// Files that an administrator changes and an upgrade asks about.
const CONFFILES: &str = "/etc/returndesk/returndesk.toml\n";
const DOC: &str = "usr/share/doc/returndesk";

pub(super) fn build(parts: &Parts) -> Result<PathBuf> {
    let tree = Tree::new(parts.dist.join("deb"))?;
    fill(&tree, parts)?;
    let architecture = architecture()?;
    let control = std::fs::read_to_string(source("packaging/deb/control"))?
        .replace("@VERSION@", &parts.version)
        .replace("@ARCHITECTURE@", architecture)
        .replace("@LIBC@", &libc_version(parts)?)
        .replace("@SIZE_KB@", &tree.size_kb()?.to_string());
    let md5 = output(
        command("sh").current_dir(tree.root()).args(["-c", "find usr -type f | LC_ALL=C sort | xargs -d '\\n' md5sum"]),
    )?;
    tree.write("DEBIAN/control", control.as_bytes(), 0o644)?;
    tree.write("DEBIAN/conffiles", CONFFILES.as_bytes(), 0o644)?;
    tree.write("DEBIAN/md5sums", md5.as_bytes(), 0o644)?;
    for script in ["postinst", "prerm", "postrm"] {
        tree.copy(&source(&format!("packaging/deb/{script}")), &format!("DEBIAN/{script}"), 0o755)?;
    }
    let deb = parts.dist.join(format!("returndesk_{}_{architecture}.deb", parts.version));
    let mut pack = command("dpkg-deb");
    pack.args(["--root-owner-group", "-Zxz", "--build"]).arg(tree.root()).arg(&deb);
    output(pack.env("SOURCE_DATE_EPOCH", parts.epoch.to_string())).context("`dpkg-deb` comes with Debian")?;
    std::fs::remove_dir_all(tree.root())?;
    Ok(deb)
}

fn fill(tree: &Tree, parts: &Parts) -> Result<()> {
    tree.copy(&parts.binary, "usr/bin/returndesk", 0o755)?;
    run(command("strip").arg(tree.root().join("usr/bin/returndesk")))?;
    tree.copy(&source("systemd/returndesk.service"), "usr/lib/systemd/system/returndesk.service", 0o644)?;
    tree.copy(&source("systemd/returndesk.sysusers"), "usr/lib/sysusers.d/returndesk.conf", 0o644)?;
    tree.copy(&source("packaging/returndesk.toml"), "etc/returndesk/returndesk.toml", 0o644)?;
    tree.copy(&source("packaging/deb/copyright"), &format!("{DOC}/copyright"), 0o644)?;
    tree.copy(&source("packaging/deb/lintian-overrides"), "usr/share/lintian/overrides/returndesk", 0o644)?;
    tree.write(&format!("{DOC}/changelog"), changelog(parts)?.as_bytes(), 0o644)?;
    tree.gzip(&format!("{DOC}/changelog"))?;
    tree.copy(&source("app/docs/configuration.md"), &format!("{DOC}/configuration.md"), 0o644)?;
    tree.gzip(&format!("{DOC}/configuration.md"))?;
    let binary = parts.binary.to_string_lossy().into_owned();
    // Made by the program itself from what its commands say of themselves.
    let manual = output(command(&binary).args(["describe", "man"]))?;
    tree.write("usr/share/man/man1/returndesk.1", manual.as_bytes(), 0o644)?;
    tree.gzip("usr/share/man/man1/returndesk.1")?;
    for (shell, place) in [
        ("bash", "usr/share/bash-completion/completions/returndesk"),
        ("zsh", "usr/share/zsh/vendor-completions/_returndesk"),
        ("fish", "usr/share/fish/vendor_completions.d/returndesk.fish"),
    ] {
        let said = output(command(&binary).args(["describe", shell]))?;
        tree.write(place, said.as_bytes(), 0o644)?;
    }
    Ok(())
}

/// Debian's form of the changelog, of this version alone; the rest stands in ours.
fn changelog(parts: &Parts) -> Result<String> {
    let date = output(command("date").args(["-R", "-u", "-d", &format!("@{}", parts.epoch)]))?;
    Ok(format!(
        "returndesk ({}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- ReturnDesk <returndesk@localhost>  {}\n",
        parts.version,
        date.trim()
    ))
}

/// The newest glibc that the binary asks for.
fn libc_version(parts: &Parts) -> Result<String> {
    let symbols =
        output(command("objdump").args(["-T"]).arg(&parts.binary)).context("`objdump` comes with binutils")?;
    let versions = symbols.split("GLIBC_").skip(1).filter_map(|rest| {
        let text: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let mut numbers = text.split('.').map(|part| part.parse::<u32>().ok());
        Some((numbers.next()??, numbers.next().flatten()?))
    });
    let (major, minor) = versions.max().context("the binary names no glibc")?;
    Ok(format!("{major}.{minor}"))
}
