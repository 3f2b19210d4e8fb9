//! TLS: the folder's own authority, another's certificate that is renewed while the server runs, and the plain door.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use support::{Binary, Served};
use tempfile::TempDir;

struct Place {
    dir: TempDir,
}

/// What came back: status line and headers, and the body.
struct Answer {
    head: String,
    body: Vec<u8>,
    certificate: Vec<u8>,
}

impl Place {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn binary(&self) -> Binary {
        Binary::on(&self.path("data"))
    }

    fn authority(&self) -> PathBuf {
        self.path("data/tls/ca.pem")
    }
}

fn port(url: &str) -> u16 {
    url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
}

/// Asks over TLS as `name`, trusting only the authority in `trusted`.
fn ask(url: &str, name: &str, path: &str, trusted: &Path) -> Result<Answer, String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(trusted).expect("an authority")).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let server = ServerName::try_from(name.to_owned()).expect("a name");
    let connection = ClientConnection::new(Arc::new(config), server).expect("a connection");
    let socket = TcpStream::connect(("127.0.0.1", port(url))).expect("a socket");
    let mut stream = StreamOwned::new(connection, socket);
    let request = format!("GET {path} HTTP/1.1\r\nhost: {name}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).map_err(|error| error.to_string())?;
    let certificate = stream.conn.peer_certificates().and_then(<[_]>::first).expect("a certificate").to_vec();
    let mut bytes = Vec::new();
    // A server may end the connection without saying so over TLS.
    if let Err(error) = stream.read_to_end(&mut bytes)
        && bytes.is_empty()
    {
        return Err(error.to_string());
    }
    Ok(parted(&bytes, certificate))
}

fn ask_plainly(url: &str, path: &str, host: &str) -> Answer {
    let mut socket = TcpStream::connect(("127.0.0.1", port(url))).expect("a socket");
    let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).expect("a request");
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).expect("an answer");
    parted(&bytes, Vec::new())
}

fn parted(bytes: &[u8], certificate: Vec<u8>) -> Answer {
    let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").expect("a head");
    Answer { head: String::from_utf8_lossy(&bytes[..end]).into_owned(), body: bytes[end + 4..].to_vec(), certificate }
}

fn hang_up(served: &Served) {
    let sent = Command::new("kill").args(["-HUP", &served.id().to_string()]).status().expect("kill");
    assert!(sent.success());
}

#[test]
fn the_own_authority_is_trusted_once_and_shown_without_tls() {
    let place = Place::new();
    let binary = place.binary();
    let served = binary.serve(&["--tls-names", "desk.lan,127.0.0.1", "--plain-listen", "127.0.0.1:0"]);
    assert!(served.url.starts_with("https://"), "{}", served.url);
    let trusted = place.authority();
    let page = ask(&served.url, "desk.lan", "/api/health", &trusted).expect("trusted");
    assert!(page.head.starts_with("HTTP/1.1 200") && page.head.to_lowercase().contains("strict-transport-security"));
    let by_address = ask(&served.url, "127.0.0.1", "/trust/returndesk-ca.crt", &trusted).expect("trusted");
    assert_eq!(by_address.body, fs::read(&trusted).expect("the authority"));
    assert!(ask(&served.url, "other.lan", "/api/health", &trusted).is_err(), "not its name");
    let other = Place::new();
    drop(other.binary().serve(&["--tls-names", "desk.lan"]));
    assert!(ask(&served.url, "desk.lan", "/api/health", &other.authority()).is_err(), "another's authority");

    let plain = served.plain_url.clone().expect("the plain door");
    let told = ask_plainly(&plain, "/trust", "desk.lan");
    let shown = binary.run(&["tls", "authority", "--to", &place.path("out.crt").to_string_lossy(), "--json"]).json(0);
    let fingerprint = shown["sha256"].as_str().expect("a fingerprint");
    assert!(String::from_utf8_lossy(&told.body).contains(fingerprint));
    assert_eq!(ask_plainly(&plain, "/trust/ca.key", "desk.lan").head.split(' ').nth(1), Some("404"));
    let sent_on = ask_plainly(&plain, "/desk/cases?x=1", "desk.lan:80");
    let there = format!("location: https://desk.lan:{}/desk/cases?x=1", port(&served.url));
    assert!(sent_on.head.starts_with("HTTP/1.1 308") && sent_on.head.contains(&there), "{}", sent_on.head);
    let _ = served.stop();

    // The authority outlives a restart and a change of names; the key is its owner's alone.
    let before = fs::read(&trusted).expect("the authority");
    let served = binary.serve(&["--tls-names", "new.lan"]);
    assert_eq!(fs::read(&trusted).expect("the authority"), before);
    ask(&served.url, "new.lan", "/api/health", &trusted).expect("trusted under the new name");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &fs::metadata(place.path("data/tls/ca.key")).expect("a key").permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_renewed_certificate_is_shown_without_a_restart_and_a_bad_one_is_not() {
    let place = Place::new();
    let makers: Vec<Place> = (0..2).map(|_| Place::new()).collect();
    for maker in &makers {
        drop(maker.binary().serve(&["--tls-names", "desk.lan"]));
    }
    let (cert, key) = (place.path("cert.pem"), place.path("key.pem"));
    let put = |maker: &Place| {
        fs::copy(maker.path("data/tls/server.pem"), &cert).expect("a certificate");
        fs::copy(maker.path("data/tls/server.key"), &key).expect("a key");
    };
    put(&makers[0]);
    let (cert_text, key_text) = (cert.to_string_lossy().into_owned(), key.to_string_lossy().into_owned());
    let served = place.binary().serve(&["--tls-cert", &cert_text, "--tls-key", &key_text]);
    let first = ask(&served.url, "desk.lan", "/api/health", &makers[0].authority()).expect("the first");
    fs::write(&cert, "spoilt").expect("a bad file");
    hang_up(&served);
    let still = ask(&served.url, "desk.lan", "/api/health", &makers[0].authority()).expect("the first goes on");
    assert_eq!(first.certificate, still.certificate);
    put(&makers[1]);
    hang_up(&served);
    // The signal comes when it comes; each look is a new connection.
    let renewed = std::iter::repeat_with(|| ask(&served.url, "desk.lan", "/api/health", &makers[1].authority()));
    assert!(renewed.take(2_000).any(|answer| answer.is_ok()), "the renewed one is never shown");
    let report = place.binary().run(&["doctor", "--json"]);
    assert!(report.out.contains("tls.certificate"), "{}", report.out);
}

#[test]
fn a_request_for_another_authority_keeps_its_key() {
    let place = Place::new();
    let (key, to) = (place.path("new.key"), place.path("new.csr"));
    let (key_text, to_text) = (key.to_string_lossy().into_owned(), to.to_string_lossy().into_owned());
    let args = ["tls", "request", "--names", "desk.lan", "--key", &key_text, "--to", &to_text];
    let _ = place.binary().run(&args).expect(0);
    assert!(fs::read_to_string(&to).expect("a request").contains("CERTIFICATE REQUEST"));
    let made = fs::read(&key).expect("a key");
    let again = place.binary().run(&args);
    assert_eq!((again.code, fs::read(&key).expect("a key")), (3, made), "a key is never overwritten");
    place.binary().run(&["tls", "request", "--names", "https://x", "--key", "k", "--to", "r"]).expect(2);
}
