//! Files from other systems: read in a stream, mapped by header names, each bad row named, good ones never lost.
//!
//! A run is a row with counted bytes. Rows are written in slices of one command each and are idempotent by their key, so
//! that a run that was killed is simply run again. One event tells of a whole run: its counts and the file's hash.

pub mod apply;
mod batch;
mod columns;
mod driver;
pub mod files;
pub mod inspect;
pub mod mapping;
pub(crate) mod number;
mod pace;
pub mod problem;
pub mod read;
mod resolve;
pub mod run;
mod seen;
pub mod source;
pub mod start;
pub mod stop;
pub mod target;
pub(crate) mod value;

pub use inspect::{Inspected, inspect};
pub use mapping::{Mapping, Options};
pub use problem::Problem;
pub use read::{BadRowsPage, ImportPage, ImportView, bad_rows, bad_rows_csv, find, list};
pub use run::run;
pub use start::{StartImport, Started, end_interrupted, start};
pub use stop::stop;
pub use target::Target;
