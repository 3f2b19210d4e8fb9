//! `cargo xtask run`: from a fresh clone to a served app with demo data.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::need;
use crate::process::{cargo, command, output, run as run_command};
use crate::root::root;
use crate::stage::Stages;
use crate::wasm::Source;
use crate::web;

/// Where the demo's sign-ins are kept, to be shown again on later runs. Demo data only: a real folder has no such file.
const SIGN_INS: &str = "demo-sign-ins.txt";
/// How long the server may take to answer.
const START_LIMIT: Duration = Duration::from_secs(60);
/// How often the server is asked whether it answers.
const POLL_MS: u64 = 50;

/// How to run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Address and port to serve on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Data folder; an empty one is filled with demo data.
    #[arg(long, default_value = "demo-data")]
    data: PathBuf,
    /// Cases in the demo data.
    #[arg(long, default_value_t = 400)]
    cases: usize,
    /// Which compiler builds the front end; by default the first that works.
    #[arg(long, value_enum)]
    wasm: Option<Source>,
    /// The server without optimisation: quicker to build, slower to use.
    #[arg(long)]
    debug: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let mut stages = Stages::default();
    let free = TcpListener::bind(args.listen);
    drop(free.with_context(|| format!("cannot listen on {}; choose another with `--listen`", args.listen))?);

    let build = web::Args { wasm: args.wasm, force: false, quick: false };
    stages.need("web", web::COST, || web::web(&build))?;
    let cost = "5 min from nothing, 1 min after a change, 1 s unchanged";
    stages.need("make", "1 MB, if it is missing", need::make)?;
    let server = stages.need("server", cost, || build_server(args.debug))?;
    let data = root().join(&args.data);
    stages.need("demo", "10 s once, if the data folder is empty", || fill(&server, &data, args.cases))?;
    print!("{}", stages.table());
    serve(&server, &data, args.listen)
}

fn build_server(debug: bool) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--quiet", "--bin", "returndesk"]);
    if !debug {
        build.arg("--release");
    }
    run_command(&mut build)?;
    let folder = if debug { "debug" } else { "release" };
    Ok(web::cargo_target_folder().join(folder).join("returndesk"))
}

/// Fills an empty data folder and keeps what the demo says about signing in. The folder appears when it is complete.
fn fill(server: &Path, data: &Path, cases: usize) -> Result<()> {
    if data.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        println!("   {} has data already", data.display());
        return Ok(());
    }
    let partial = data.with_extension("partial");
    if partial.exists() {
        std::fs::remove_dir_all(&partial)?;
    }
    if data.exists() {
        std::fs::remove_dir(data)?;
    }
    let mut demo = command(&server.to_string_lossy());
    demo.arg("demo").arg("--data").arg(&partial).args(["--seed", "1", "--cases", &cases.to_string()]);
    let said = output(&mut demo)?;
    std::fs::write(partial.join(SIGN_INS), said)?;
    Ok(std::fs::rename(partial, data)?)
}

/// Serves until the server ends, by itself or by Ctrl-C.
fn serve(server: &Path, data: &Path, listen: SocketAddr) -> Result<()> {
    let mut serve = command(&server.to_string_lossy());
    serve.arg("serve").arg("--data").arg(data).args(["--listen", &listen.to_string(), "--catch-messages"]);
    let mut child = serve.spawn().context("cannot start the server")?;
    wait_for(&mut child, listen)?;

    println!(
        "\nReturnDesk is running; Ctrl-C stops it.\n   staff      http://{listen}/desk\n   customers  http://{listen}/\n   messages   caught, nothing leaves: http://{listen}/desk/messages?tab=caught"
    );
    if let Ok(said) = std::fs::read_to_string(data.join(SIGN_INS)) {
        println!("\n{}", said.trim_end());
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("the server ended with {status}");
    }
    Ok(())
}

fn wait_for(child: &mut Child, listen: SocketAddr) -> Result<()> {
    let started = Instant::now();
    while TcpStream::connect(listen).is_err() {
        if let Some(status) = child.try_wait()? {
            bail!("the server did not start ({status})");
        }
        if started.elapsed() > START_LIMIT {
            child.kill()?;
            child.wait()?;
            bail!("the server did not answer on {listen} within {} s", START_LIMIT.as_secs());
        }
        thread::sleep(Duration::from_millis(POLL_MS));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A server whose `demo` is `script`, with the data folder as `$3`.
    fn server(folder: &Path, script: &str) -> Result<PathBuf> {
        let path = folder.join("server");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n"))?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
        Ok(path)
    }

    #[test]
    fn demo_data_are_made_once() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        std::fs::create_dir(&data)?;
        let server = server(folder.path(), "mkdir $3; echo x >> $3/../calls; echo sign in as $7")?;
        fill(&server, &data, 5)?;
        fill(&server, &data, 5)?;
        assert_eq!(std::fs::read_to_string(data.join(SIGN_INS))?, "sign in as 5\n");
        assert_eq!(std::fs::read_to_string(folder.path().join("calls"))?, "x\n");
        Ok(())
    }

    #[test]
    fn half_made_demo_data_are_not_taken_for_data() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        let broken = server(folder.path(), "mkdir $3; echo half > $3/file; exit 1")?;
        assert!(fill(&broken, &data, 5).is_err());
        assert!(!data.exists());
        fill(&server(folder.path(), "mkdir $3")?, &data, 5)?;
        assert!(data.join(SIGN_INS).exists() && !data.join("file").exists());
        Ok(())
    }
}
