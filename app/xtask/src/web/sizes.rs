//! What a visitor transfers, file by file, beside what it may be.

use super::App;
use crate::manifest::Manifest;

const KB: usize = 1000;

/// A table of every app's files, raw and as Brotli, with the sum of the first visit beside its bar.
pub(crate) fn table(apps: &[App], manifests: &[Manifest]) -> String {
    let mut table = String::new();
    for (app, manifest) in apps.iter().zip(manifests) {
        table.push_str(&format!("\n   {:<52}{:>10}{:>10}\n", app.name, "raw kB", "br kB"));
        for file in &manifest.files {
            let when = if file.lazy { "· " } else { "" };
            table.push_str(&line(&format!("{when}{}", file.path), file.raw_bytes, file.br_bytes));
        }
        let (raw, br) = sum(manifest, false);
        table.push_str(&line("first visit", raw, br));
        let verdict = if br > app.bar_kb * KB { "OVER" } else { "within" };
        table.push_str(&format!("   {verdict} the bar of {} kB as Brotli\n", app.bar_kb));
        if manifest.files.iter().any(|file| file.lazy) {
            let (raw, br) = sum(manifest, true);
            table.push_str(&line("· when first opened", raw, br));
        }
    }
    table
}

/// The apps whose first visit is more than may land.
pub(crate) fn over_floor(apps: &[App], manifests: &[Manifest]) -> Vec<String> {
    let measured = apps.iter().zip(manifests).map(|(app, manifest)| (app, sum(manifest, false).1));
    measured
        .filter(|(app, br_bytes)| *br_bytes > app.floor_kb * KB)
        .map(|(app, br_bytes)| format!("{} {:.1} kB of {} kB", app.name, br_bytes as f64 / KB as f64, app.floor_kb))
        .collect()
}

fn sum(manifest: &Manifest, lazy: bool) -> (usize, usize) {
    let files = || manifest.files.iter().filter(|file| file.lazy == lazy);
    (files().map(|file| file.raw_bytes).sum(), files().map(|file| file.br_bytes).sum())
}

fn line(name: &str, raw_bytes: usize, br_bytes: usize) -> String {
    let kb = |bytes: usize| bytes as f64 / KB as f64;
    format!("   {name:<52}{:>10.1}{:>10.1}\n", kb(raw_bytes), kb(br_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::File;

    fn manifest(lazy_bytes: usize, first_bytes: usize) -> Manifest {
        let file = |path: &str, lazy, bytes| File {
            path: String::from(path),
            hash: String::new(),
            lazy,
            raw_bytes: bytes * 3,
            br_bytes: bytes,
            gz_bytes: bytes,
        };
        Manifest {
            app: String::from("desk"),
            inputs: String::new(),
            files: vec![file("a.wasm", false, first_bytes), file("b.wasm", true, lazy_bytes)],
        }
    }

    const DESK: &[App] = &[App { name: "desk", bar_kb: 10, floor_kb: 20, lazy: true }];

    #[track_caller]
    fn check(lazy_bytes: usize, first_bytes: usize, verdict: &str, over: usize) {
        let manifests = [manifest(lazy_bytes, first_bytes)];
        assert!(table(DESK, &manifests).contains(verdict), "{}", table(DESK, &manifests));
        assert_eq!(over_floor(DESK, &manifests).len(), over);
    }

    #[test]
    fn only_the_first_visit_is_held_against_the_bar() {
        check(90_000, 10_000, "within the bar", 0);
        check(0, 10_001, "OVER the bar", 0);
        check(0, 20_001, "OVER the bar", 1);
    }
}
