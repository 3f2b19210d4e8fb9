//! The folder on its disk: who owns it, who may read it, how much room is left.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use store::DATABASE_FILE;

use crate::admin::{Place, SOCKET_FILE};
use crate::doctor::{Check, Pen, Status};

/// Less free room than this is a warning, a tenth of it an error.
const ROOM_SMALL_BYTES: u64 = 2 * 1_024 * 1_024 * 1_024;

pub(super) fn checks(place: &Place, pen: &Pen) -> Vec<Check> {
    let mut checks = vec![match place.served {
        true => pen.ok("folder.lock", "服务正在运行", "a server runs on this folder"),
        false => pen.ok("folder.lock", "没有服务在运行", "no server runs on this folder"),
    }];
    match store::check::disk(&place.dir) {
        Ok(facts) => {
            checks.push(room(pen, facts.free_bytes, facts.total_bytes));
            checks.push(match facts.unsafe_file_system {
                None => pen.ok("folder.file_system", "本地文件系统", "a local file system"),
                Some(name) => pen.check(
                    "folder.file_system",
                    Status::Warning,
                    format!("文件系统为 {name}"),
                    format!("the folder is on {name}"),
                ),
            });
        }
        Err(error) => checks.push(pen.failed("folder.disk", &error)),
    }
    checks.push(modes(pen, &place.dir));
    checks
}

fn room(pen: &Pen, free_bytes: u64, total_bytes: u64) -> Check {
    let status = match free_bytes {
        free if free < ROOM_SMALL_BYTES / 10 => Status::Error,
        free if free < ROOM_SMALL_BYTES => Status::Warning,
        _ => Status::Ok,
    };
    let gib = |bytes: u64| bytes as f64 / 1_073_741_824.0;
    let zh = format!("磁盘剩余 {:.1} GiB，共 {:.1} GiB", gib(free_bytes), gib(total_bytes));
    let en = format!("{:.1} GiB of {:.1} GiB free", gib(free_bytes), gib(total_bytes));
    let check = pen.check("folder.room", status, zh, en);
    match status {
        Status::Ok => check,
        _ => pen.remedy(check, "请清理磁盘或换更大的磁盘", "free some room or move to a larger disk"),
    }
}

fn modes(pen: &Pen, dir: &Path) -> Check {
    let mut open_to_others = Vec::new();
    for name in ["", DATABASE_FILE, SOCKET_FILE] {
        let path = if name.is_empty() { dir.to_owned() } else { dir.join(name) };
        let Ok(facts) = fs::symlink_metadata(&path) else { continue };
        if facts.permissions().mode() & 0o077 != 0 {
            open_to_others.push(path.display().to_string());
        }
    }
    if open_to_others.is_empty() {
        return pen.ok("folder.modes", "仅所有者可读写", "only the owner may read and write");
    }
    let list = open_to_others.join(", ");
    let zh = format!("其他用户可以访问：{list}");
    let check = pen.check("folder.modes", Status::Warning, zh, format!("others may get at {list}"));
    pen.remedy(check, "chmod 0700 数据目录，chmod 0600 其中的文件", "chmod 0700 the folder and 0600 the files in it")
}
