//! The generator's files at scale 0.01, as `tests/fixtures/make_orders.py` writes them.

use std::path::{Path, PathBuf};

use operations::import::Target;

/// 4,600 orders of three channels with 47,827 lines, and 4,364 returns.
pub(super) struct Fixture {
    dir: tempfile::TempDir,
}

pub(super) const FILES: &[(Target, &str)] = &[
    (Target::Customers, "customers"),
    (Target::Products, "products"),
    (Target::Orders, "orders"),
    (Target::OrderLines, "order_lines"),
    (Target::Returns, "returns"),
];

impl Fixture {
    pub(super) fn unpacked() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (_, name) in FILES {
            let packed = std::fs::read(folder().join(format!("{name}.csv.zst"))).unwrap();
            let content = zstd::decode_all(packed.as_slice()).unwrap();
            std::fs::write(dir.path().join(format!("{name}.csv")), content).unwrap();
        }
        Self { dir }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(format!("{name}.csv"))
    }

    /// What the generator's own database answers.
    pub(super) fn expected() -> serde_json::Value {
        let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/orders-0.01")
}
