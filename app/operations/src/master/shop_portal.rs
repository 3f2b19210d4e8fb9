//! Where a shop's customers open the portal, and which pages may show it in a frame.

use domain::ShopId;
use store::Tx;
use store::shop_portal::ShopPortalRow;

use super::check::Problems;
use super::{Saved, changed, require_editor, unless_stale};
use crate::context::Ctx;
use crate::error::Error;

/// Most pages that may frame the portal of one shop.
const ORIGINS_MAX: usize = 20;

/// What a shop says of its portal.
#[derive(Clone, Debug)]
pub struct SaveShopPortal {
    /// Whose.
    pub shop: ShopId,
    /// The version that was read, 0 when nothing was said yet.
    pub version: i64,
    /// Scheme and host, such as `https://return.example.com`; empty for this server's own address.
    pub url: String,
    /// Origins that may frame it, such as `https://shop.example.com`.
    pub embed_origins: Vec<String>,
}

/// Saves what a shop says of its portal.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Invalid` for what is no origin; `Conflict` when somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveShopPortal) -> Result<Saved, Error> {
    require_editor(ctx)?;
    ctx.definitions.masters.shop(cmd.shop)?;
    let mut problems = Problems::default();
    let url = cmd.url.trim().trim_end_matches('/').to_owned();
    let (zh, en) = (
        "填写网址的协议和域名，例如 https://return.example.com",
        "give scheme and host, such as https://return.example.com",
    );
    problems.unless(url.is_empty() || is_origin(&url), "url", "not_an_origin", zh, en);
    let mut origins = Vec::new();
    for (index, origin) in cmd.embed_origins.iter().enumerate() {
        let origin = origin.trim().trim_end_matches('/').to_ascii_lowercase();
        if origin.is_empty() || origins.contains(&origin) {
            continue;
        }
        problems.unless(is_origin(&origin), &format!("embed_origins[{index}]"), "not_an_origin", zh, en);
        origins.push(origin);
    }
    let few = origins.len() <= ORIGINS_MAX;
    problems.unless(few, "embed_origins", "too_many", "最多 20 个网站", "at most 20 sites");
    problems.done()?;
    let row = ShopPortalRow { shop_id: cmd.shop, url, embed_origins: origins.join("\n"), version: cmd.version };
    unless_stale(store::shop_portal::put(tx, &row)?)?;
    changed(ctx, "shop_portal", cmd.shop.get(), cmd.version == 0);
    Ok(Saved { id: cmd.shop.get(), version: cmd.version + 1 })
}

/// Scheme, host and port and nothing else. What passes stands in a header as it is, so nothing that could end it does.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(host) = host else { return false };
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    name.len() <= 253 && name.split('.').all(label) && port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for good in ["https://shop.example.com", "http://localhost:8080", "https://xn--fiq228c.com"] {
            assert!(is_origin(good), "{good}");
        }
        let bad = [
            "",
            "*",
            "https://*",
            "https://*.example.com",
            "shop.example.com",
            "https://a.com/path",
            "https://a.com;x",
            "https://a.com 'self'",
            "https://",
            "https://a..b",
            "javascript://a",
            "https://a:0",
            "https://a:b",
            "https://-a.com",
            "https://商店.com",
        ];
        for bad in bad {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}
