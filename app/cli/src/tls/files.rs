//! Certificates as files.

use std::fs;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rustls::Error;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_parser::extensions::GeneralName;
use x509_parser::parse_x509_certificate;

use crate::fault::Fault;

/// Tells a changed pair of files: when each was written, and how long it is.
pub(super) type Stamp = [(SystemTime, u64); 2];

/// What a certificate says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The names and addresses it is good for.
    pub(crate) names: Vec<String>,
    /// When it ends, in UTC milliseconds.
    pub(crate) ends_at: i64,
}

/// `None` while a file is not there.
pub(super) fn stamp(cert: &Path, key: &Path) -> Option<Stamp> {
    let of = |path: &Path| {
        let about = fs::metadata(path).ok()?;
        Some((about.modified().ok()?, about.len()))
    };
    Some([of(cert)?, of(key)?])
}

/// Reads a chain and its key, which must belong together.
pub(super) fn read(cert: &Path, key: &Path) -> Result<CertifiedKey, Fault> {
    let chain = CertificateDer::pem_file_iter(cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| unreadable(cert, &error))?;
    if chain.is_empty() {
        return Err(unreadable(cert, &"there is no certificate in it"));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, &error))?;
    let signing = any_supported_type(&private).map_err(|error| unreadable(key, &error))?;
    let read = CertifiedKey::new(chain, Arc::clone(&signing));
    match read.keys_match() {
        // Some kinds of keys do not tell.
        Ok(()) | Err(Error::InconsistentKeys(rustls::InconsistentKeys::Unknown)) => Ok(read),
        Err(error) => {
            let message = format!("`{}` is not the key of `{}`: {error}", key.display(), cert.display());
            Err(Fault::usage("tls_mismatch", message))
        }
    }
}

/// What the first certificate of a file says about itself.
pub(crate) fn facts(cert: &Path) -> Result<Facts, Fault> {
    let der = CertificateDer::from_pem_file(cert).map_err(|error| unreadable(cert, &error))?;
    let (_, parsed) = parse_x509_certificate(&der).map_err(|error| unreadable(cert, &error))?;
    let ends_at = parsed.validity().not_after.timestamp().saturating_mul(1_000);
    let alternative = parsed.subject_alternative_name().ok().flatten();
    let names = alternative.map(|found| found.value.general_names.iter().filter_map(name).collect());
    Ok(Facts { names: names.unwrap_or_default(), ends_at })
}

fn name(of: &GeneralName<'_>) -> Option<String> {
    match of {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => {
            let four = <[u8; 4]>::try_from(*bytes).map(IpAddr::from);
            four.or_else(|_| <[u8; 16]>::try_from(*bytes).map(IpAddr::from)).ok().map(|address| address.to_string())
        }
        _ => None,
    }
}

pub(super) fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Fault {
    Fault::usage("tls_unreadable", format!("`{}`: {error}", path.display()))
}
