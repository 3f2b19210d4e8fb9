//! Whether the certificate is good, and for how long.

use crate::admin::Place;
use crate::doctor::{Check, Pen, Status};

/// Fewer days left than this are a warning, a third of it an error.
const DAYS_SHORT: i64 = 21;
const DAY_MS: i64 = 86_400_000;

pub(super) fn check(place: &Place, pen: &Pen) -> Option<Check> {
    let id = "tls.certificate";
    let path = place.certificate.as_ref()?;
    let facts = match crate::tls::facts(path) {
        Ok(facts) => facts,
        Err(fault) => return Some(pen.failed(id, &fault.message)),
    };
    let days = (facts.ends_at - place.app.now().ms()) / DAY_MS;
    let status = match days {
        days if days < DAYS_SHORT / 3 => Status::Error,
        days if days < DAYS_SHORT => Status::Warning,
        _ => Status::Ok,
    };
    let names = facts.names.join(", ");
    let zh = format!("证书用于 {names}，还有 {days} 天到期");
    let check = pen.check(id, status, zh, format!("the certificate is for {names} and ends in {days} days"));
    Some(match status {
        Status::Ok => check,
        _ => pen.remedy(
            check,
            "更新 tls_cert 和 tls_key 指向的文件，无需重启",
            "renew the files of tls_cert and tls_key; no restart is needed",
        ),
    })
}
