//! The certificate that the server shows: given as files, or from the folder's own authority. Renewed files are taken up
//! without a restart; a bad one is said in the log, and the one before goes on.

mod files;
mod own;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rustls::ServerConfig;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::signal::unix::{SignalKind, signal};

use crate::fault::Fault;

pub(crate) use files::facts;
pub(crate) use own::{Authority, Names, request};

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Where the certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Files that somebody else renews.
    Given {
        /// The chain, PEM.
        cert: PathBuf,
        /// Its private key, PEM.
        key: PathBuf,
    },
    /// The authority in the data folder, for these names.
    Own {
        /// The folder of authority and certificate.
        dir: PathBuf,
        /// What browsers call this server.
        names: Names,
    },
}

/// The certificate in use. Clones show the same one.
#[derive(Clone, Debug)]
pub(crate) struct Certificates {
    source: Source,
    current: Arc<Current>,
}

#[derive(Debug)]
struct Current {
    key: RwLock<Arc<CertifiedKey>>,
    seen: RwLock<Option<files::Stamp>>,
}

impl Source {
    /// The files that are shown.
    pub(crate) fn files(&self) -> (PathBuf, PathBuf) {
        match self {
            Self::Given { cert, key } => (cert.clone(), key.clone()),
            Self::Own { dir, .. } => own::files(dir),
        }
    }

    /// Makes what is missing or about to end; given files are somebody else's work.
    fn prepare(&self) -> Result<(), Fault> {
        match self {
            Self::Given { .. } => Ok(()),
            Self::Own { dir, names } => own::ensure(dir, names),
        }
    }
}

impl Certificates {
    /// Reads the certificate for the first time.
    pub(crate) fn load(source: Source) -> Result<Self, Fault> {
        source.prepare()?;
        let (cert, key) = source.files();
        let seen = files::stamp(&cert, &key);
        let read = files::read(&cert, &key)?;
        let current = Current { key: RwLock::new(Arc::new(read)), seen: RwLock::new(seen) };
        Ok(Self { source, current: Arc::new(current) })
    }

    /// TLS 1.2 and 1.3 with this certificate.
    pub(crate) fn config(&self) -> Result<Arc<ServerConfig>, Fault> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Fault::usage("tls_unusable", error.to_string()))?;
        let shown: Arc<dyn ResolvesServerCert> = Arc::<Current>::clone(&self.current);
        Ok(Arc::new(config.with_no_client_auth().with_cert_resolver(shown)))
    }

    /// The file it is read from.
    pub(crate) fn file(&self) -> PathBuf {
        self.source.files().0
    }

    /// The authority to be trusted, when it is our own.
    pub(crate) fn authority(&self) -> Option<&Path> {
        match &self.source {
            Source::Own { dir, .. } => Some(dir),
            Source::Given { .. } => None,
        }
    }

    /// Takes up renewed files until it is dropped: when they change, and at once on SIGHUP.
    pub(crate) async fn watch(self) -> std::io::Result<()> {
        let mut asked = signal(SignalKind::hangup())?;
        let mut looks = tokio::time::interval(LOOK_EVERY);
        loop {
            let force = tokio::select! {
                _ = asked.recv() => true,
                _ = looks.tick() => false,
            };
            match self.renew(force) {
                Ok(true) => tracing::info!("the renewed certificate is in use"),
                Ok(false) => {}
                Err(fault) => tracing::error!(error = fault.message, "the certificate before stays in use"),
            }
        }
    }

    /// Reads the files again if they have changed; whether they were taken up.
    fn renew(&self, force: bool) -> Result<bool, Fault> {
        self.source.prepare()?;
        let (cert, key) = self.source.files();
        let stamp = files::stamp(&cert, &key);
        let mut seen = self.current.seen.write().unwrap_or_else(PoisonError::into_inner);
        if !force && *seen == stamp {
            return Ok(false);
        }
        // Seen, even if it turns out bad: said once, not every few seconds.
        *seen = stamp;
        let read = files::read(&cert, &key)?;
        *self.current.key.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(read);
        Ok(true)
    }
}

impl ResolvesServerCert for Current {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.key.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &str) -> Names {
        list.parse().unwrap()
    }

    fn shown(certificates: &Certificates) -> Vec<u8> {
        certificates.current.key.read().unwrap().end_entity_cert().unwrap().to_vec()
    }

    #[test]
    fn renewed_files_are_taken_up_and_bad_ones_are_not() {
        let place = tempfile::tempdir().unwrap();
        let (old, new) = (place.path().join("old"), place.path().join("new"));
        for dir in [&old, &new] {
            own::ensure(dir, &names("desk.lan")).unwrap();
        }
        let given = |name: &str| place.path().join(name);
        let put = |from: &Path| {
            let (cert, key) = own::files(from);
            std::fs::copy(cert, given("cert.pem")).unwrap();
            std::fs::copy(key, given("key.pem")).unwrap();
        };
        put(&old);
        let source = Source::Given { cert: given("cert.pem"), key: given("key.pem") };
        let certificates = Certificates::load(source).unwrap();
        let first = shown(&certificates);
        assert!(!certificates.renew(false).unwrap(), "nothing has changed");

        std::fs::copy(own::files(&new).0, given("cert.pem")).unwrap();
        let refused = certificates.renew(true).unwrap_err();
        assert_eq!(refused.code, "tls_mismatch", "the key is still the old one's");
        assert_eq!(shown(&certificates), first);

        put(&new);
        assert!(certificates.renew(true).unwrap());
        assert_ne!(shown(&certificates), first);

        std::fs::write(given("cert.pem"), "no certificate").unwrap();
        assert_eq!(certificates.renew(true).unwrap_err().code, "tls_unreadable");
        assert!(!certificates.renew(false).unwrap(), "a bad file is said once");
    }

    #[test]
    fn the_own_authority_stays_and_its_certificate_follows_the_names() {
        let place = tempfile::tempdir().unwrap();
        let dir = place.path().join("tls");
        let source = |list: &str| Source::Own { dir: dir.clone(), names: names(list) };
        let first = Certificates::load(source("desk.lan")).unwrap();
        let authority = Authority::read(&dir).unwrap();
        assert_eq!(shown(&first), shown(&Certificates::load(source("desk.lan")).unwrap()), "good for a year");
        let second = Certificates::load(source("desk.lan,192.0.2.7")).unwrap();
        assert_ne!(shown(&first), shown(&second));
        assert_eq!(Authority::read(&dir).unwrap().fingerprint, authority.fingerprint, "nobody trusts it twice");
        let facts = facts(&own::files(&dir).0).unwrap();
        assert_eq!(facts.names, ["desk.lan", "192.0.2.7"]);
    }
}
