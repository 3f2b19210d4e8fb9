//! The mail catcher, a Python process: `cargo xtask test` makes its environment and names it in `MAIL_PYTHON`.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The running catcher.
pub struct MailCatcher {
    child: Child,
    folder: TempDir,
    /// Its port with STARTTLS.
    pub starttls: u16,
    /// Its port with TLS from the first byte.
    pub tls: u16,
}

impl MailCatcher {
    /// Starts it.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn start() -> Self {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let python = std::env::var_os("MAIL_PYTHON").map(PathBuf::from);
        let python = python.unwrap_or_else(|| root.join("../target/mail-venv/bin/python"));
        assert!(python.exists(), "no {}: run the tests by `cargo xtask test`, or set MAIL_PYTHON", python.display());
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(python)
            .arg(root.join("mail/catcher.py"))
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ports: Value = serde_json::from_str(&line).unwrap();
        let port = |name: &str| u16::try_from(ports[name].as_u64().unwrap()).unwrap();
        Self { child, folder, starttls: port("starttls"), tls: port("tls") }
    }

    /// The certificate of its authority, PEM.
    ///
    /// # Panics
    /// When it cannot be read.
    #[must_use]
    pub fn authority(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("ca.pem")).unwrap()
    }

    /// What it has kept, in order.
    ///
    /// # Panics
    /// When a mail cannot be read.
    #[must_use]
    pub fn kept(&self) -> Vec<String> {
        let file = |number: usize| self.folder.path().join(format!("{number}.eml"));
        (1..).map(file).take_while(|path| path.exists()).map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }
}

impl Drop for MailCatcher {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
