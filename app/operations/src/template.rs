//! The template: checking it, putting it in force as a release, and writing it out again.

pub mod apply;
pub mod check;
pub(crate) mod columns;
mod documents;
pub mod export;
pub mod releases;
pub mod switch_rule;

pub(crate) use documents::assemble;
