//! Remembers: one SQLite file, one writer with group commit, a fixed pool of readers. The only crate that says `rusqlite`.
//!
//! Invariants: only the writer thread changes or checkpoints the file, every commit is synced before its commands are
//! answered, and a reader's connection cannot write.

pub mod api_token;
pub mod attachment;
mod backup;
pub mod badge;
mod batch;
pub mod case_facts;
pub mod case_work;
pub mod check;
mod checkpoint;
pub mod claim;
mod col;
mod conn;
pub mod contact;
pub mod customer;
pub mod daily_file;
pub mod decision;
pub mod device;
pub mod disposition;
mod error;
pub mod event;
pub mod extension;
pub mod external_case;
pub mod files;
mod filesystem;
pub mod firing;
pub mod hand_over;
pub mod idempotency;
pub mod import;
pub mod inbox;
pub mod inspection;
pub mod invoice_work;
mod job;
mod largest_id;
pub mod ledger;
pub mod line_budget;
mod lock;
pub mod master;
mod migrate;
pub mod note;
pub mod notice;
mod open;
pub mod order;
pub mod outbound;
pub mod outbox;
mod params;
pub mod parcel;
pub mod parcel_match;
pub mod payout;
pub mod person;
pub mod pin_try;
pub mod policy_override;
pub mod portal_token;
mod pragma;
mod queue;
mod readers;
pub mod reference;
pub mod release;
pub mod report;
pub mod rma;
pub mod rma_line;
pub mod rma_list;
pub mod rma_view;
pub mod role_holder;
mod row;
pub mod scan;
pub mod scope;
pub mod session;
pub mod settlement;
pub mod setup_link;
pub mod shift;
pub mod shipment;
pub mod sku;
pub mod stock_move;
pub mod task;
pub mod template_rows;
pub mod unit_group;
mod writer;

#[cfg(test)]
mod sql_check;
#[cfg(test)]
mod tests;

pub use backup::{BackupProgress, BackupReport};
pub use case_work::{CaseWork, case_work};
pub use conn::{Conn, Tx};
pub use error::{ConstraintKind, Error, OpenError};
pub use job::{Full, Job, Lane, Outcome, Verdict};
pub use largest_id::largest_id;
pub use migrate::schema_version;
pub use open::{DATABASE_FILE, OpenOptions, Store, Synchronous, sqlite_version};
pub use writer::StoreFacts;
