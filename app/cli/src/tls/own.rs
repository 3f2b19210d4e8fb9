//! An authority of the folder's own, for networks where no other signs: made once, trusted once on every device, good for
//! ten years; the server's certificate under it is good for a year and renewed by itself.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write as _;
use std::net::IpAddr;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use sha2::{Digest as _, Sha256};
use time::{Duration, OffsetDateTime};

use crate::fault::{Exit, Fault};
use crate::tls::files::{facts, unreadable};

/// Stands for the machine's own name.
const AUTO: &str = "auto";
const AUTHORITY_CERT: &str = "ca.pem";
const AUTHORITY_KEY: &str = "ca.key";
const SERVER_CERT: &str = "server.pem";
const SERVER_KEY: &str = "server.key";
/// How long the authority is good.
const AUTHORITY_DAYS: i64 = 3_650;
/// How long the server's certificate is good: what browsers accept at most, less a margin.
const SERVER_DAYS: i64 = 365;
/// How long before its end it is renewed.
const RENEW_DAYS: i64 = 30;
/// Clocks of other devices may be behind by so much.
const BEFORE: Duration = Duration::hours(24);

/// What browsers call the server: host names and addresses, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names(Vec<String>);

/// The authority as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authority {
    /// Its certificate, PEM.
    pub(crate) pem: String,
    /// SHA-256 of the certificate: pairs of hex digits with colons, as devices show it.
    pub(crate) fingerprint: String,
}

impl FromStr for Names {
    type Err = String;

    /// A list with commas: `desk.example.lan, 192.168.1.20`; or `auto`: the machine's own name and what it calls itself.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim() == AUTO {
            return Ok(Self::of_machine());
        }
        let names: Vec<String> = text.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
        let is_name = |name: &String| {
            let label = |part: &str| {
                let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
                (1..=63).contains(&part.len()) && plain && !part.starts_with('-') && !part.ends_with('-')
            };
            name.parse::<IpAddr>().is_ok() || name.len() <= 253 && name.split('.').all(label)
        };
        match names.iter().find(|name| !is_name(name)) {
            Some(name) => Err(format!("`{name}` is neither a host name nor an address")),
            None => Ok(Self(names)),
        }
    }
}

impl Names {
    fn of_machine() -> Self {
        let host = rustix::system::uname().nodename().to_string_lossy().to_ascii_lowercase();
        let own = if host.is_empty() || host == "localhost" { None } else { host.parse::<Self>().ok() };
        let mut names = own.map(|names| names.0).unwrap_or_default();
        names.extend(["localhost", "127.0.0.1"].map(str::to_owned));
        Self(names)
    }

    /// The first one: what links to this server say.
    pub(crate) fn first(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }
}

impl Authority {
    /// Reads the authority of a folder.
    pub(crate) fn read(dir: &Path) -> Result<Self, Fault> {
        let path = dir.join(AUTHORITY_CERT);
        let pem = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let der = pem_content(&pem).ok_or_else(|| unreadable(&path, &"there is no certificate in it"))?;
        let digest = Sha256::digest(&der);
        let pairs: Vec<String> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
        Ok(Self { pem, fingerprint: pairs.join(":") })
    }
}

fn pem_content(pem: &str) -> Option<Vec<u8>> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;
    CertificateDer::from_pem_slice(pem.as_bytes()).ok().map(|der| der.to_vec())
}

/// Certificate and key that the server shows.
pub(super) fn files(dir: &Path) -> (PathBuf, PathBuf) {
    (dir.join(SERVER_CERT), dir.join(SERVER_KEY))
}

/// Makes the authority if there is none, and the server's certificate if there is none, if it ends soon or if it is for
/// other names.
pub(super) fn ensure(dir: &Path, names: &Names) -> Result<(), Fault> {
    if is_good(dir, names) {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|error| Fault::io("the TLS folder", &error))?;
    let issuer = match Authority::read(dir) {
        Ok(authority) => {
            let path = dir.join(AUTHORITY_KEY);
            let key = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            let key = KeyPair::from_pem(&key).map_err(|error| unreadable(&path, &error))?;
            Issuer::from_ca_cert_pem(&authority.pem, key).map_err(|error| unreadable(&path, &error))?
        }
        Err(_) if !dir.join(AUTHORITY_CERT).exists() => make_authority(dir)?,
        Err(fault) => return Err(fault),
    };
    let mut params = params(&names.0, SERVER_DAYS)?;
    params.distinguished_name.push(DnType::CommonName, names.first());
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate().map_err(|error| failed(&error))?;
    let cert = params.signed_by(&key, &issuer).map_err(|error| failed(&error))?;
    let authority = Authority::read(dir)?;
    // The key first: a certificate without its key is noticed and made again.
    write(&dir.join(SERVER_KEY), &key.serialize_pem())?;
    write(&dir.join(SERVER_CERT), &format!("{}{}", cert.pem(), authority.pem))
}

/// A key and a request to an authority outside, for the same names.
pub(crate) fn request(names: &Names) -> Result<(String, String), Fault> {
    let mut params = CertificateParams::new(names.0.clone()).map_err(|error| failed(&error))?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, names.first());
    let key = KeyPair::generate().map_err(|error| failed(&error))?;
    let request = params.serialize_request(&key).and_then(|request| request.pem()).map_err(|error| failed(&error))?;
    Ok((key.serialize_pem(), request))
}

fn is_good(dir: &Path, names: &Names) -> bool {
    let (cert, key) = files(dir);
    let soon = (OffsetDateTime::now_utc() + Duration::days(RENEW_DAYS)).unix_timestamp().saturating_mul(1_000);
    let good = facts(&cert).is_ok_and(|facts| facts.names == names.0 && facts.ends_at > soon);
    good && key.exists() && dir.join(AUTHORITY_CERT).exists()
}

fn make_authority(dir: &Path) -> Result<Issuer<'static, KeyPair>, Fault> {
    let mut params = params(&[], AUTHORITY_DAYS)?;
    let key = KeyPair::generate().map_err(|error| failed(&error))?;
    // Two servers' authorities are told apart in a device's list.
    let mark: String = Sha256::digest(key.public_key_raw()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    params.distinguished_name.push(DnType::CommonName, format!("ReturnDesk {mark}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let cert = params.self_signed(&key).map_err(|error| failed(&error))?;
    write(&dir.join(AUTHORITY_KEY), &key.serialize_pem())?;
    write(&dir.join(AUTHORITY_CERT), &cert.pem())?;
    tracing::info!("an authority of our own was made; devices are to trust it");
    Ok(Issuer::new(params, key))
}

fn params(names: &[String], days: i64) -> Result<CertificateParams, Fault> {
    let mut params = CertificateParams::new(names.to_vec()).map_err(|error| failed(&error))?;
    let now = OffsetDateTime::now_utc();
    params.not_before = now - BEFORE;
    params.not_after = now + Duration::days(days);
    params.distinguished_name = DistinguishedName::new();
    Ok(params)
}

/// Writes a file as a whole, for its owner alone.
fn write(path: &Path, text: &str) -> Result<(), Fault> {
    let failed = |error: std::io::Error| Fault::io(&path.display().to_string(), &error);
    let fresh = path.with_extension("new");
    let _ = fs::remove_file(&fresh);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&fresh, path).map_err(failed)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

fn failed(error: &rcgen::Error) -> Fault {
    Fault::new(Exit::Failed, "tls_failed", format!("the certificate cannot be made: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_host_names_and_addresses() {
        for good in ["desk.lan", "desk", "192.0.2.7", "2001:db8::7", "desk.lan, 192.0.2.7", "A-1.example"] {
            assert!(good.parse::<Names>().is_ok(), "{good}");
        }
        for bad in ["", "desk.lan,", "https://desk.lan", "a b", "-x.lan", "desk..lan", "*.lan"] {
            assert!(bad.parse::<Names>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_request_carries_the_names_and_a_new_key() {
        let names: Names = "desk.lan,192.0.2.7".parse().unwrap();
        let (key, asked) = request(&names).unwrap();
        assert!(key.contains("PRIVATE KEY") && asked.contains("CERTIFICATE REQUEST"));
        let read = rcgen::CertificateSigningRequestParams::from_pem(&asked).unwrap();
        assert_eq!(read.params.subject_alt_names.len(), 2);
    }
}
