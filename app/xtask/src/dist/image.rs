//! The OCI image: the binary, the libraries it loads, nothing to log in to. An archive, for servers without a registry.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::tree::Tree;
use super::{Parts, architecture};
use crate::process::{command, output, run};

/// Who the program is in the image: nobody else's number.
const USER: u32 = 10_001;

pub(super) fn build(parts: &Parts) -> Result<PathBuf> {
    let files = Tree::new(parts.dist.join("rootfs"))?;
    fill(&files, parts)?;
    let layer = parts.dist.join("layer.tar");
    pack(files.root(), &layer, parts.epoch)?;
    std::fs::remove_dir_all(files.root())?;
    let diff = sha256(&layer)?;
    run(command("gzip").args(["-9", "--no-name"]).arg(&layer))?;

    let image = Tree::new(parts.dist.join("oci"))?;
    let layer =
        blob(&image, &std::fs::read(layer.with_extension("tar.gz"))?, "application/vnd.oci.image.layer.v1.tar+gzip")?;
    std::fs::remove_file(parts.dist.join("layer.tar.gz"))?;
    let created = output(command("date").args(["-u", "-d", &format!("@{}", parts.epoch), "+%Y-%m-%dT%H:%M:%SZ"]))?;
    let config = json!({
        "created": created.trim(),
        "architecture": architecture()?,
        "os": "linux",
        "config": {
            "User": format!("{USER}:{USER}"),
            "ExposedPorts": { "8443/tcp": {} },
            "Env": ["RETURNDESK_DATA=/data", "RETURNDESK_LISTEN=0.0.0.0:8443", "RETURNDESK_TLS_NAMES=auto"],
            "Entrypoint": ["/usr/bin/returndesk"],
            "Cmd": ["serve"],
            "Volumes": { "/data": {} },
            "WorkingDir": "/data",
            "StopSignal": "SIGTERM",
            "Labels": {
                "org.opencontainers.image.title": "ReturnDesk",
                "org.opencontainers.image.version": parts.version,
                "org.opencontainers.image.licenses": "Apache-2.0",
            },
        },
        "rootfs": { "type": "layers", "diff_ids": [format!("sha256:{diff}")] },
    });
    let config = blob(&image, &serde_json::to_vec(&config)?, "application/vnd.oci.image.config.v1+json")?;
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": config,
        "layers": [layer],
    });
    let mut manifest = blob(&image, &serde_json::to_vec(&manifest)?, "application/vnd.oci.image.manifest.v1+json")?;
    let name = format!("returndesk:{}", parts.version);
    if let Some(manifest) = manifest.as_object_mut() {
        let names = json!({
            "org.opencontainers.image.ref.name": parts.version,
            "io.containerd.image.name": format!("docker.io/library/{name}"),
        });
        manifest.insert("annotations".to_owned(), names);
    }
    let index = json!({ "schemaVersion": 2, "manifests": [manifest] });
    image.write("index.json", &serde_json::to_vec(&index)?, 0o644)?;
    image.write("oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#, 0o644)?;
    let archive = parts.dist.join(format!("returndesk-{}-{}.oci.tar", parts.version, architecture()?));
    pack(image.root(), &archive, parts.epoch)?;
    std::fs::remove_dir_all(image.root())?;
    Ok(archive)
}

fn fill(files: &Tree, parts: &Parts) -> Result<()> {
    files.copy(&parts.binary, "usr/bin/returndesk", 0o755)?;
    run(command("strip").arg(files.root().join("usr/bin/returndesk")))?;
    // Where the loader looks for them: `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)` and the loader itself.
    let loaded = output(command("ldd").arg(&parts.binary))?;
    for path in loaded.split_whitespace().filter(|word| word.starts_with('/')) {
        let file = std::fs::canonicalize(path).with_context(|| format!("cannot find `{path}`"))?;
        files.copy(&file, path.trim_start_matches('/'), 0o755)?;
    }
    files.write("etc/passwd", format!("returndesk:x:{USER}:{USER}::/data:/nonexistent\n").as_bytes(), 0o644)?;
    files.write("etc/group", format!("returndesk:x:{USER}:\n").as_bytes(), 0o644)?;
    // Volumes take over owner and mode of what they cover.
    files.write("data/.keep", b"", 0o600)?;
    std::fs::remove_file(files.root().join("data/.keep"))?;
    Ok(())
}

/// Packs a folder so that the same content gives the same bytes. The data folder is the program's, the rest root's.
fn pack(folder: &Path, to: &Path, epoch: u64) -> Result<()> {
    let owner = folder.join("data");
    let mut tar = command("tar");
    tar.arg("--create").arg("--file").arg(to).arg("--directory").arg(folder);
    tar.args(["--sort=name", "--format=ustar", "--owner=0", "--group=0", "--numeric-owner"]);
    tar.arg(format!("--mtime=@{epoch}"));
    if !owner.exists() {
        return run(tar.arg("."));
    }
    run(tar.args(["--exclude=./data", "."]))?;
    let mut more = command("tar");
    more.arg("--append").arg("--file").arg(to).arg("--directory").arg(folder);
    more.args(["--format=ustar", "--numeric-owner", "--mode=0700"]);
    more.args([format!("--owner={USER}"), format!("--group={USER}"), format!("--mtime=@{epoch}")]);
    run(more.arg("./data"))
}

/// Puts bytes under their digest; what others call them by.
fn blob(image: &Tree, bytes: &[u8], media_type: &str) -> Result<Value> {
    image.write("blobs/new", bytes, 0o644)?;
    let path = image.root().join("blobs/new");
    let digest = sha256(&path)?;
    std::fs::create_dir_all(image.root().join("blobs/sha256"))?;
    std::fs::rename(path, image.root().join("blobs/sha256").join(&digest))?;
    Ok(json!({ "mediaType": media_type, "digest": format!("sha256:{digest}"), "size": bytes.len() }))
}

fn sha256(path: &Path) -> Result<String> {
    let said = output(command("sha256sum").arg(path))?;
    said.split_whitespace().next().map(str::to_owned).context("`sha256sum` said nothing")
}
