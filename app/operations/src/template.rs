//! The template: checking it, putting it in force as a release, and writing it out again.

pub mod apply;
pub mod check;
pub mod clocks;
pub(crate) mod columns;
mod documents;
pub mod export;
pub mod releases;
pub mod switch_rule;

pub(crate) use documents::assemble;
