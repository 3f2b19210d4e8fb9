//! The HTTP side: routes, who may call them, requests in, verbs run, views and refusals out.
//!
//! Invariants: every route stands in `contract::route` and is guarded by what it says there; a handler does no more
//! than extract, call one operation and wrap the answer; refusals become bodies in `frame` and nowhere else.

mod access;
mod address;
mod answer;
mod assets;
mod attachment;
mod backup;
mod board;
mod cookie;
mod daily_file;
mod doc;
mod error;
mod event;
mod event_words;
mod exception;
mod external_case;
mod extract;
mod filing;
mod frame;
mod gun;
mod hashing;
mod health;
mod import;
mod inbox;
mod ledger;
mod limit;
mod master;
mod message;
mod openapi;
mod order;
mod origin;
mod outbound;
mod person;
mod plain;
mod portal;
mod portal_view;
mod record;
mod refund;
mod registry;
mod rma;
mod rma_view;
mod routes;
mod search_view;
mod server;
mod session;
mod settlement;
mod setup;
mod state;
mod statement;
mod station;
mod template;
mod token;
mod tracking;
mod upload;
mod view;
mod warehouse;

pub use assets::{Page as AssetPage, Source as AssetSource};
pub use openapi::document as openapi_document;
pub use plain::{Plain, TRUST};
pub use server::{Handle, Server, Settings, Tls, block_on};
