//! The built binary: commands, and a server as a process of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use crate::client::Client;

/// The binary on a data folder.
#[derive(Clone, Debug)]
pub struct Binary {
    data: PathBuf,
}

/// What a command did.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A server process. Killed when dropped.
pub struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Where it listens.
    pub url: String,
    /// Where plain HTTP sends to it, when asked for.
    pub plain_url: Option<String>,
    /// The link for the first account, when nobody exists.
    pub setup_url: Option<String>,
}

impl Binary {
    /// The binary on the folder `data`, which may not exist yet.
    #[must_use]
    pub fn on(data: &Path) -> Self {
        Self { data: data.to_owned() }
    }

    /// Runs a command on the folder.
    #[must_use]
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    /// Runs a command on the folder with standard input.
    #[must_use]
    pub fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        // A command that does not read has closed its end.
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("the binary ends");
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Starts a server on a free port and waits until it listens.
    #[must_use]
    pub fn serve(&self, more: &[&str]) -> Served {
        self.serve_with(more, &[])
    }

    /// The same with variables in its environment.
    #[must_use]
    pub fn serve_with(&self, more: &[&str], variables: &[(&str, &str)]) -> Served {
        let mut args = vec!["serve", "--json", "--listen", "127.0.0.1:0", "--log", "warn"];
        args.extend_from_slice(more);
        let mut command = self.command(&args);
        command.envs(variables.iter().copied()).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("the server said `{line}`"));
        let text = |name: &str| said[name].as_str().map(str::to_owned);
        Served {
            child,
            out,
            url: text("url").expect("where it listens"),
            plain_url: text("plain_url"),
            setup_url: text("setup_url"),
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(built());
        command.args(args).arg("--data").arg(&self.data);
        command.env("LC_ALL", "C.UTF-8");
        // What the machine's own settings say is not the tests' concern.
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("RETURNDESK_")) {
            command.env_remove(name);
        }
        command
    }
}

impl Ran {
    /// Standard output, when the exit code is the expected one.
    #[track_caller]
    pub fn expect(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self.out
    }

    /// Standard output as JSON, when the exit code is the expected one.
    #[track_caller]
    pub fn json(self, code: i32) -> Value {
        let out = self.expect(code);
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }
}

impl Served {
    /// A client that is nobody.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop (SIGTERM) and waits; what it still said, and its exit code.
    #[must_use]
    pub fn stop(mut self) -> (String, i32) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill");
        assert!(asked.success());
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.out, &mut rest).expect("UTF-8");
        (rest, self.child.wait().expect("the server ends").code().unwrap_or(-1))
    }

    /// Kills it (SIGKILL) and waits until it is gone.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Gone already after `stop` and `kill`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary that `RETURNDESK_BIN` names, else the one beside this test, built if it is not fresh.
fn built() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        if let Some(named) = std::env::var_os("RETURNDESK_BIN") {
            return named.into();
        }
        let test = std::env::current_exe().expect("where the test is");
        let folder = test.parent().expect("target/PROFILE");
        // Tests lie one folder deeper than programs.
        let folder = if folder.ends_with("deps") { folder.parent().expect("target/PROFILE/deps") } else { folder };
        let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build.args(["build", "--quiet", "--package", "returndesk"]);
        if folder.file_name().is_some_and(|name| name == "release") {
            build.arg("--release");
        }
        assert!(build.status().expect("cargo runs").success(), "the binary does not build");
        folder.join("returndesk")
    })
}
