//! `index.html` with every source name replaced by the file that it became, and the files of the app's `assets/`.

use anyhow::{Context as _, Result, ensure};

use crate::App;
use crate::hashed::Dist;

/// Adds the app's own assets and its page to `dist`.
pub(crate) fn build(app: &App, dist: &mut Dist) -> Result<()> {
    let assets = app.source().join("assets");
    if assets.exists() {
        for entry in std::fs::read_dir(assets)? {
            let entry = entry?;
            let name = entry.file_name().into_string().ok().context("an asset's name is not UTF-8")?;
            dist.add_hashed(&name, &std::fs::read(entry.path())?, false)?;
        }
    }
    let source = std::fs::read_to_string(app.source().join("index.html"))?;
    let page = linked(&source, &app.name, dist);
    for forbidden in ["<style", " style=", "<script>", " onload="] {
        ensure!(!page.contains(forbidden), "index.html has `{forbidden}`, which the page's policy forbids");
    }
    dist.add_named("index.html", page.as_bytes(), false)
}

/// Replaces `"boot.js"` by `"/desk/assets/boot-….js"`, and so on for every logical name. What `boot.js` imports is
/// fetched along with it.
fn linked(source: &str, app: &str, dist: &Dist) -> String {
    let preloads = dist.preloads().iter();
    let preloads: String =
        preloads.map(|file| format!("<link rel=\"modulepreload\" href=\"/{app}/assets/{file}\">\n")).collect();
    let mut page = source.replace("</head>", &format!("{preloads}</head>"));
    for (name, file) in dist.names() {
        page = page.replace(&format!("\"{name}\""), &format!("\"/{app}/assets/{file}\""));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_hashed_files() {
        let mut dist = Dist::new(std::env::temp_dir());
        dist.name("boot.js", "boot-1.js");
        dist.preload("chunk-2.js");
        let page = linked("<script type=\"module\" src=\"boot.js\"></script></head>", "desk", &dist);
        assert!(page.contains("src=\"/desk/assets/boot-1.js\""), "{page}");
        assert!(page.contains("href=\"/desk/assets/chunk-2.js\""), "{page}");
    }
}
