//! `/trust`: how a device comes to trust the folder's own authority. Plain pages without scripts, in both languages,
//! since the browser that reads them does not trust anything yet.

use std::borrow::Cow;

use http_api::{AssetPage, TRUST};

use crate::tls::Authority;

/// The certificate's name when it is saved; devices know what to do with the ending.
const FILE: &str = "returndesk-ca.crt";
const PAGE: &str = include_str!("trust/page.html");
/// The colours and sizes of all our pages, then what this one makes of them.
const STYLE: &str = concat!(include_str!("../../../frontend/ui/styles/tokens.css"), include_str!("trust/style.css"));
/// Nothing but our own style.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The page, its style and the certificate; `None` for other paths.
pub(crate) fn asset(path: &str, authority: Option<&Authority>) -> Option<AssetPage> {
    let rest = path.strip_prefix(TRUST)?;
    let found = match (rest, authority) {
        ("" | "/", Some(authority)) => {
            let text =
                PAGE.replace("{fingerprint}", &authority.fingerprint).replace("{file}", &format!("{TRUST}/{FILE}"));
            let text = text.replace("{style}", &format!("{TRUST}/style.css"));
            page(200, "text/html; charset=utf-8", text.into_bytes())
        }
        ("/style.css", Some(_)) => page(200, "text/css; charset=utf-8", STYLE.as_bytes().to_vec()),
        (rest, Some(authority)) if rest.strip_prefix('/') == Some(FILE) => {
            page(200, "application/x-x509-ca-cert", authority.pem.clone().into_bytes())
        }
        _ if rest.is_empty() || rest.starts_with('/') => page(404, "text/plain; charset=utf-8", b"404\n".to_vec()),
        // `/trusted` is somebody else's.
        _ => return None,
    };
    Some(found)
}

fn page(status: u16, kind: &str, body: Vec<u8>) -> AssetPage {
    let headers = vec![
        ("content-type", kind.to_owned()),
        ("content-security-policy", POLICY.to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        ("cache-control", "no-store".to_owned()),
    ];
    AssetPage { status, headers, body: Cow::Owned(body) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_authority_and_gives_it() {
        let authority = Authority { pem: "PEM".to_owned(), fingerprint: "AB:CD".to_owned() };
        let body = |path: &str| {
            let page = asset(path, Some(&authority)).unwrap();
            (page.status, String::from_utf8(page.body.into_owned()).unwrap())
        };
        let (status, text) = body("/trust");
        assert_eq!(status, 200);
        assert!(text.contains("AB:CD") && text.contains("/trust/returndesk-ca.crt") && !text.contains('{'), "{text}");
        assert_eq!(body("/trust/returndesk-ca.crt"), (200, "PEM".to_owned()));
        assert_eq!(body("/trust/ca.key").0, 404);
        assert_eq!(asset("/trust", None).unwrap().status, 404);
        assert!(asset("/trusted", Some(&authority)).is_none());
    }
}
