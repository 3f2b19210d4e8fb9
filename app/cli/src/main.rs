//! The `returndesk` binary.
mod assets;

fn main() {}
