//! The embedded front end: which file answers which address, in which encoding, under which policy.
//! A release binary carries the files, compressed only; a debug build reads `frontend/dist` from disk at every request.

use std::borrow::Cow;
use std::io::Read as _;

use rust_embed::RustEmbed;

/// What pages may do: load from here, run our WASM, nothing inline, nothing framed elsewhere.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; \
     form-action 'self'";

/// Names carry the content's hash, so a browser never needs to ask again.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// The page names the current files, so a browser asks each time.
const ASK: &str = "no-cache";
/// The page without a front end.
const PLACEHOLDER: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>ReturnDesk</title>\
     <p>前端尚未构建：运行 cargo xtask web，然后重新加载。</p>\
     <p>The front end is not built: run cargo xtask web, then reload.</p>";
/// Encodings that the build prepares: name in HTTP, ending of the file. Best first.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
// Every browser takes gzip, so the third copy of each file would be weight that nobody asks for: 9 MB.
#[cfg_attr(not(debug_assertions), include = "*.br", include = "*.gz")]
struct Dist;

/// An answer ready to be sent.
#[derive(Debug)]
pub(crate) struct AssetResponse {
    /// HTTP status.
    pub(crate) status: u16,
    /// Header names, in lower case, and values.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Empty for 304. The caller drops it for HEAD.
    pub(crate) body: Cow<'static, [u8]>,
}

/// Answers a GET or HEAD of `path` (no query) outside `/api`: a file of an app, or the app's page for its routes.
pub(crate) fn asset(path: &str, accept_encoding: &str, if_none_match: Option<&str>) -> AssetResponse {
    let embedded = |name: &str| {
        let file = Dist::get(name)?;
        let hash = file.metadata.sha256_hash();
        let etag = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Some(Stored { bytes: file.data, hash: etag })
    };
    respond(embedded, path, accept_encoding, if_none_match)
}

/// A file of the front end.
struct Stored {
    bytes: Cow<'static, [u8]>,
    hash: String,
}

fn respond(
    find: impl Fn(&str) -> Option<Stored>,
    path: &str,
    accept_encoding: &str,
    if_none_match: Option<&str>,
) -> AssetResponse {
    let Some((app, rest)) = app_of(path) else { return not_found() };
    let (name, cache) = match rest.strip_prefix("assets/") {
        Some(file) if is_file_name(file) => (format!("{app}/assets/{file}"), FOREVER),
        Some(_) => return not_found(),
        None => (format!("{app}/index.html"), ASK),
    };
    let is_page = cache == ASK;
    let Some((stored, encoding)) = best(find, &name, accept_encoding) else {
        return if is_page { placeholder() } else { not_found() };
    };
    // Each encoding is a file of its own, so its hash makes a strong tag of its own.
    let etag = format!("\"{}\"", stored.hash);
    let mut headers = policy_headers();
    headers.push(("cache-control", cache.to_owned()));
    headers.push(("vary", "accept-encoding".to_owned()));
    headers.push(("etag", etag.clone()));
    if if_none_match.is_some_and(|tags| has_tag(tags, &etag)) {
        return AssetResponse { status: 304, headers, body: Cow::Borrowed(&[]) };
    }
    headers.push(("content-type", content_type(&name).to_owned()));
    if let Some(encoding) = encoding {
        headers.push(("content-encoding", encoding.to_owned()));
    }
    AssetResponse { status: 200, headers, body: stored.bytes }
}

/// Which app answers `path`, and the rest of the path inside it. The portal also has the root.
fn app_of(path: &str) -> Option<(&'static str, &str)> {
    let path = path.strip_prefix('/')?;
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match first {
        "" if rest.is_empty() => Some(("portal", "")),
        "portal" => Some(("portal", rest)),
        "desk" => Some(("desk", rest)),
        _ => None,
    }
}

/// A plain file name; the prepared encodings are reached only by `accept-encoding`.
fn is_file_name(file: &str) -> bool {
    let is_plain = file.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    is_plain && !file.starts_with('.') && !ENCODINGS.iter().any(|(_, ending)| file.ends_with(ending))
}

/// The file in the best encoding that the client takes.
fn best(
    find: impl Fn(&str) -> Option<Stored>,
    name: &str,
    accept_encoding: &str,
) -> Option<(Stored, Option<&'static str>)> {
    for (encoding, ending) in ENCODINGS {
        if accepts(accept_encoding, encoding)
            && let Some(stored) = find(&format!("{name}{ending}"))
        {
            return Some((stored, Some(encoding)));
        }
    }
    find(name).or_else(|| find(&format!("{name}.gz")).and_then(plain_of)).map(|stored| (stored, None))
}

/// What a file prepared in gzip holds, for the rare client that takes neither encoding.
fn plain_of(gzip: Stored) -> Option<Stored> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&*gzip.bytes).read_to_end(&mut bytes).ok()?;
    // The bytes differ from the prepared file's, so the strong tag has to.
    Some(Stored { bytes: Cow::Owned(bytes), hash: format!("{}-plain", gzip.hash) })
}

/// Whether `header` takes `encoding`: named with a weight above 0, or covered by `*` and not named.
fn accepts(header: &str, encoding: &str) -> bool {
    let weight_of = |wanted: &str| {
        header.split(',').find_map(|part| {
            let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
            if !name.trim().eq_ignore_ascii_case(wanted) {
                return None;
            }
            let weight =
                parameters.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok());
            Some(weight.unwrap_or(0.0))
        })
    };
    weight_of(encoding).or_else(|| weight_of("*")).is_some_and(|weight| weight > 0.0)
}

/// Whether `if-none-match` names `etag`; its comparison is weak.
fn has_tag(header: &str, etag: &str) -> bool {
    header.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

fn policy_headers() -> Vec<(&'static str, String)> {
    vec![
        ("content-security-policy", CONTENT_SECURITY_POLICY.to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        // Addresses can hold case tokens; they go nowhere.
        ("referrer-policy", "no-referrer".to_owned()),
        ("cross-origin-opener-policy", "same-origin".to_owned()),
    ]
}

fn not_found() -> AssetResponse {
    plain(404, "text/plain; charset=utf-8", "404\n")
}

fn placeholder() -> AssetResponse {
    plain(503, "text/html; charset=utf-8", PLACEHOLDER)
}

fn plain(status: u16, content_type: &str, body: &'static str) -> AssetResponse {
    let mut headers = policy_headers();
    headers.push(("cache-control", "no-store".to_owned()));
    headers.push(("content-type", content_type.to_owned()));
    AssetResponse { status, headers, body: Cow::Borrowed(body.as_bytes()) }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
