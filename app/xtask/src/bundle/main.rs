//! Turns the WASM that cargo built into what the browser loads: split, bound, shrunk, hashed and compressed.
//! A binary of its own, so that the other verbs of `cargo xtask` need not build what only this one uses.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Parser;

mod compress;
mod hashed;
#[path = "../manifest.rs"]
mod manifest;
mod page;
mod script;
mod style;
mod wasm;

use hashed::Dist;
use manifest::Manifest;

/// Bundles one app of the front end.
#[derive(Parser)]
struct Args {
    /// `portal` or `desk`: the folder below `frontend/`.
    app: String,
    /// The WASM file that cargo built.
    wasm: PathBuf,
    /// The `frontend` folder.
    #[arg(long)]
    frontend: PathBuf,
    /// Folder for what is only needed on the way; emptied first.
    #[arg(long)]
    work: PathBuf,
    /// Hash of what the bundle is made from, kept in its manifest.
    #[arg(long)]
    inputs: String,
    /// Neither shrink nor compress well.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let app = App {
        name: args.app,
        frontend: std::path::absolute(args.frontend)?,
        work: std::path::absolute(args.work)?,
        quick: args.quick,
    };
    app.bundle(&args.wasm, args.inputs).with_context(|| format!("cannot bundle `{}`", app.name))
}

/// Where one app's sources are and where its bundle is made.
struct App {
    name: String,
    frontend: PathBuf,
    work: PathBuf,
    quick: bool,
}

impl App {
    fn source(&self) -> PathBuf {
        self.frontend.join(&self.name)
    }

    fn node_module(&self, path: &str) -> PathBuf {
        self.frontend.join("node_modules").join(path)
    }

    fn bundle(&self, cargo_wasm: &Path, inputs: String) -> Result<()> {
        let fresh = self.work.join("dist");
        if self.work.exists() {
            std::fs::remove_dir_all(&self.work)?;
        }
        std::fs::create_dir_all(&fresh)?;

        let mut dist = Dist::new(fresh.clone());
        wasm::build(self, cargo_wasm, &mut dist)?;
        script::build(self, &mut dist)?;
        style::build(self, &mut dist)?;
        page::build(self, &mut dist)?;
        let manifest = Manifest { app: self.name.clone(), inputs, files: dist.finish(self.quick)? };
        std::fs::write(fresh.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;

        let place = self.frontend.join("dist").join(&self.name);
        if place.exists() {
            std::fs::remove_dir_all(&place)?;
        }
        std::fs::create_dir_all(self.frontend.join("dist"))?;
        std::fs::rename(&fresh, &place).with_context(|| format!("cannot move the bundle to `{}`", place.display()))
    }
}
