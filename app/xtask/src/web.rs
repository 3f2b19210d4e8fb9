//! `cargo xtask web`: the front end from source to `frontend/dist`, skipped app by app when nothing in it changed.

use anyhow::{Context as _, Result, ensure};

use crate::manifest::Manifest;
use crate::need::npm_packages;
use crate::process::{cargo, command, run};
use crate::root::root;
use crate::wasm::{Source, Toolchain, toolchain};

mod inputs;
mod sizes;

/// How to build the front end.
#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Which compiler builds for WASM; by default the first that works.
    #[arg(long, value_enum)]
    pub(crate) wasm: Option<Source>,
    /// Build even if nothing changed.
    #[arg(long)]
    pub(crate) force: bool,
    /// Build for looking at pages while they are written: seconds after a change, and far too large to serve.
    #[arg(long)]
    pub(crate) quick: bool,
}

/// What a stage of this verb costs, for the announcement.
pub(crate) const COST: &str = "about 6 min from nothing, 2 min after a change, 1 s unchanged";

/// One app of the front end.
pub(crate) struct App {
    /// Package and folder name.
    pub(crate) name: &'static str,
    /// What the first visit may transfer as Brotli, in kB: where we want to be, and what fails the build.
    pub(crate) bar_kb: usize,
    /// See `bar_kb`.
    pub(crate) floor_kb: usize,
    /// Whether parts of it load when first opened.
    pub(crate) lazy: bool,
}

/// The apps, smallest first.
pub(crate) const APPS: &[App] = &[
    App { name: "portal", bar_kb: 200, floor_kb: 300, lazy: true },
    App { name: "desk", bar_kb: 600, floor_kb: 600, lazy: true },
];

pub(crate) fn web(args: &Args) -> Result<()> {
    let toolchain = toolchain(args.wasm)?;
    // Two builds at once would empty each other's folders.
    std::fs::create_dir_all(toolchain.folder())?;
    let lock = std::fs::File::create(toolchain.folder().join("web.lock"))?;
    lock.lock()?;
    npm_packages()?;
    let mut tool_built = false;
    for app in APPS {
        let mut inputs = inputs::hash(app.name, &toolchain.version()?)?;
        if args.quick {
            inputs.insert_str(0, "quick-");
        }
        if !args.force && manifest(app).is_ok_and(|built| built.inputs == inputs) {
            println!("   {}: up to date", app.name);
            continue;
        }
        if !tool_built {
            run(cargo().args(["build", "--quiet", "--package", "xtask", "--features", "bundle", "--bin", "bundle"]))?;
            tool_built = true;
        }
        build(app, &toolchain, &inputs, args.quick)?;
    }
    if args.quick {
        return Ok(());
    }
    let manifests = APPS.iter().map(manifest).collect::<Result<Vec<_>>>()?;
    print!("{}", sizes::table(APPS, &manifests));
    let over = sizes::over_floor(APPS, &manifests);
    ensure!(over.is_empty(), "larger than may land: {}", over.join(", "));
    Ok(())
}

/// Prints what the bundles that were built last weigh.
pub(crate) fn print_sizes() -> Result<()> {
    let manifests = APPS.iter().map(manifest).collect::<Result<Vec<_>>>()?;
    print!("{}", sizes::table(APPS, &manifests));
    Ok(())
}

fn build(app: &App, toolchain: &Toolchain, inputs: &str, quick: bool) -> Result<()> {
    println!("   {}: building with {}", app.name, toolchain.version()?);
    let binary = format!("{}-app", app.name);
    let profile = if quick { "wasm-quick" } else { "wasm" };
    let cargo_args = ["--quiet", "--profile", profile, "--package", app.name, "--bin", &binary];
    let mut rustc = toolchain.cargo("rustc")?;
    rustc.args(cargo_args);
    if app.lazy {
        // Relocations let the bundler move lazy parts out; where nothing is moved, they would only hinder wasm-opt.
        rustc.args(["--", "-Clink-args=--emit-relocs"]);
    }
    run(&mut rustc)?;

    let wasm = toolchain.folder().join(format!("{}/{profile}/{binary}.wasm", crate::wasm::TARGET));
    let tool = cargo_target_folder().join("debug/bundle");
    let mut bundle = command(&tool.to_string_lossy());
    bundle.arg(app.name).arg(wasm).args(["--frontend", "frontend", "--inputs", inputs]);
    if quick {
        bundle.arg("--quick");
    }
    run(bundle.arg("--work").arg(toolchain.folder().join("bundle").join(app.name)))
}

fn manifest(app: &App) -> Result<Manifest> {
    let path = root().join("frontend/dist").join(app.name).join("manifest.json");
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// Where cargo puts the server and the tools.
pub(crate) fn cargo_target_folder() -> std::path::PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}
