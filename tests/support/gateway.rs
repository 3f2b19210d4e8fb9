//! The scripted payment process, started and killed by tests.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The running process.
pub struct PaymentProcess {
    program: PathBuf,
    ledger: PathBuf,
    child: Child,
    /// Where it listens, such as `http://127.0.0.1:40001`.
    pub url: String,
}

impl PaymentProcess {
    /// Starts `program` with a ledger in `dir`.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn start(program: &str, dir: &Path) -> Self {
        let (program, ledger) = (PathBuf::from(program), dir.join("gateway-ledger.jsonl"));
        let (child, address) = spawn(&program, "127.0.0.1:0", &ledger);
        Self { program, ledger, child, url: format!("http://{address}") }
    }

    /// Kills it and starts it again on the same ledger and address.
    ///
    /// # Panics
    /// When it does not come up again.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let address = self.url.trim_start_matches("http://").to_owned();
        let (child, _) = spawn(&self.program, &address, &self.ledger);
        self.child = child;
    }

    /// What it does with the next refunds.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn script(&self, words: &[&str]) {
        let words = serde_json::to_string(words).unwrap();
        ureq::post(format!("{}/script", self.url)).content_type("application/json").send(words).unwrap();
    }

    /// What it has booked: key, state, amount in minor units.
    ///
    /// # Panics
    /// When it does not answer.
    #[must_use]
    pub fn ledger(&self) -> Vec<(String, String, i64)> {
        let shown = ureq::get(format!("{}/ledger", self.url)).call().unwrap().body_mut().read_to_string().unwrap();
        let shown: Value = serde_json::from_str(&shown).unwrap();
        let rows = shown["rows"].as_array().unwrap().iter();
        let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        rows.map(|row| (text(row, "key"), text(row, "state"), row["amount_minor"].as_i64().unwrap())).collect()
    }
}

impl Drop for PaymentProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(program: &Path, address: &str, ledger: &Path) -> (Child, String) {
    let mut child = Command::new(program).arg(address).arg(ledger).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line.trim().to_owned())
}
