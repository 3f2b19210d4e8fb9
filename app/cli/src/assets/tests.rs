//! Which answer an address gets, against a small front end made up here.

use super::*;

/// The files of the made-up front end; each one's content is its name.
const FILES: &[&str] = &[
    "desk/index.html",
    "desk/index.html.br",
    "desk/assets/desk-1.wasm",
    "desk/assets/desk-1.wasm.br",
    "desk/assets/desk-1.wasm.gz",
    "desk/assets/icon-1.svg",
    "desk/manifest.json",
    "portal/index.html",
];

fn find(name: &str) -> Option<Stored> {
    let name = FILES.iter().find(|file| **file == name)?;
    Some(Stored { bytes: Cow::Borrowed(name.as_bytes()), hash: (*name).to_owned() })
}

fn get(path: &str, accept_encoding: &str) -> AssetResponse {
    respond(find, path, accept_encoding, None)
}

fn header<'a>(response: &'a AssetResponse, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_str())
}

#[track_caller]
fn check(path: &str, accept_encoding: &str, status: u16, body: &str) {
    let response = get(path, accept_encoding);
    assert_eq!((response.status, String::from_utf8_lossy(&response.body).as_ref()), (status, body), "{path}");
}

#[test]
fn each_address_has_its_app() {
    check("/", "", 200, "portal/index.html");
    check("/portal", "", 200, "portal/index.html");
    check("/portal/case/abc", "", 200, "portal/index.html");
    check("/desk", "", 200, "desk/index.html");
    check("/desk/", "", 200, "desk/index.html");
    check("/desk/boards/a.b", "", 200, "desk/index.html");
    check("/desk/assets/icon-1.svg", "", 200, "desk/assets/icon-1.svg");
}

#[test]
fn what_is_not_there_is_not_a_page() {
    for path in [
        "/desk/assets/icon-2.svg",
        "/desk/assets/",
        "/desk/assets/../manifest.json",
        "/desk/assets/desk-1.wasm.br",
        "/desk/assets/.hidden",
        "/deskassets/icon-1.svg",
        "/other",
        "//desk",
        "desk",
        "",
    ] {
        check(path, "br", 404, "404\n");
    }
}

#[test]
fn the_best_encoding_that_the_client_takes() {
    let wasm = "/desk/assets/desk-1.wasm";
    check(wasm, "gzip, deflate, br", 200, "desk/assets/desk-1.wasm.br");
    check(wasm, "gzip", 200, "desk/assets/desk-1.wasm.gz");
    check(wasm, "br;q=0, gzip;q=0.5", 200, "desk/assets/desk-1.wasm.gz");
    check(wasm, "*", 200, "desk/assets/desk-1.wasm.br");
    check(wasm, "*, br;q=0", 200, "desk/assets/desk-1.wasm.gz");
    check(wasm, "identity", 200, "desk/assets/desk-1.wasm");
    check("/desk/assets/icon-1.svg", "br", 200, "desk/assets/icon-1.svg");
    assert_eq!(header(&get(wasm, "br"), "content-encoding"), Some("br"));
    assert_eq!(header(&get(wasm, ""), "content-encoding"), None);
}

#[test]
fn caching() {
    let wasm = get("/desk/assets/desk-1.wasm", "br");
    assert_eq!(header(&wasm, "cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(header(&wasm, "vary"), Some("accept-encoding"));
    assert_eq!(header(&wasm, "content-type"), Some("application/wasm"));
    assert_eq!(header(&get("/desk", "br"), "cache-control"), Some("no-cache"));
    assert_eq!(header(&get("/other", "br"), "cache-control"), Some("no-store"));
    assert_ne!(header(&wasm, "etag"), header(&get("/desk/assets/desk-1.wasm", "gzip"), "etag"));
}

#[track_caller]
fn check_tag(if_none_match: &str, status: u16) {
    let response = respond(find, "/desk", "br", Some(if_none_match));
    assert_eq!((response.status, response.body.is_empty()), (status, status == 304), "{if_none_match}");
    assert_eq!(header(&response, "etag"), Some("\"desk/index.html.br\""));
}

#[test]
fn a_known_tag_needs_no_body() {
    check_tag("\"desk/index.html.br\"", 304);
    check_tag("\"a\", W/\"desk/index.html.br\"", 304);
    check_tag("*", 304);
    check_tag("\"desk/index.html\"", 200);
}

#[test]
fn every_answer_carries_the_policy() {
    for path in ["/", "/desk/assets/icon-1.svg", "/other"] {
        let response = get(path, "br");
        assert_eq!(header(&response, "content-security-policy"), Some(CONTENT_SECURITY_POLICY), "{path}");
        assert_eq!(header(&response, "x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(header(&response, "referrer-policy"), Some("no-referrer"), "{path}");
    }
    assert!(!CONTENT_SECURITY_POLICY.contains("unsafe-inline"));
    assert!(!CONTENT_SECURITY_POLICY.contains("  "));
}

#[test]
fn without_a_front_end_the_page_says_so() {
    let response = respond(|_| None, "/desk/inbox", "br", None);
    assert_eq!(response.status, 503);
    assert!(String::from_utf8_lossy(&response.body).contains("cargo xtask web"));
    assert_eq!(respond(|_| None, "/desk/assets/a.js", "br", None).status, 404);
}

#[test]
fn a_client_without_encodings_gets_what_was_packed() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, b"body {}").unwrap();
    let packed = packed.finish().unwrap();
    let only_packed = |name: &str| {
        (name == "desk/assets/style-1.css.gz")
            .then(|| Stored { bytes: Cow::Owned(packed.clone()), hash: "1".to_owned() })
    };
    let get = |encoding| respond(only_packed, "/desk/assets/style-1.css", encoding, None);
    let plain = get("");
    assert_eq!((plain.status, &*plain.body), (200, b"body {}".as_slice()));
    assert_eq!(header(&plain, "content-encoding"), None);
    let gzip = get("gzip");
    assert_eq!((header(&gzip, "content-encoding"), &*gzip.body), (Some("gzip"), packed.as_slice()));
    assert_ne!(header(&plain, "etag"), header(&gzip, "etag"));
}
