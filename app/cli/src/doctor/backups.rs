//! Whether the folder was backed up lately, and whether the last try succeeded.

use crate::admin::Place;
use crate::doctor::{Check, Pen, Status};

/// A day and a margin.
const LATELY_MS: i64 = 26 * 3_600_000;

pub(super) fn check(place: &Place, pen: &Pen) -> Check {
    let id = "backup.recent";
    let read = place.app.read(|conn| Ok((store::backup_run::last(conn, true)?, store::backup_run::last(conn, false)?)));
    let (good, last) = match read {
        Ok(read) => read,
        Err(error) => return pen.failed(id, &error),
    };
    let check = match (good, last) {
        (_, Some(last)) if !last.error.is_empty() => {
            let (zh, en) =
                (format!("最近一次备份失败：{}", last.error), format!("the last backup failed: {}", last.error));
            pen.check(id, Status::Error, zh, en)
        }
        (Some(good), _) => {
            let hours = (place.app.now().ms() - good.started_at.ms()) / 3_600_000;
            let (zh, en) =
                (format!("{hours} 小时前备份过：{}", good.file), format!("backed up {hours} h ago: {}", good.file));
            if place.app.now().ms() - good.started_at.ms() <= LATELY_MS {
                return pen.ok(id, zh, en);
            }
            pen.check(id, Status::Warning, zh, en)
        }
        (None, _) => pen.check(id, Status::Warning, "从未备份", "there is no backup yet"),
    };
    pen.remedy(
        check,
        "设置 backup_folder 与 backup_recipients 定时备份，或运行 returndesk backup",
        "set backup_folder and backup_recipients for one each night, or run `returndesk backup`",
    )
}
