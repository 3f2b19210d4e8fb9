//! Scenarios over HTTP and the command line. The files mirror the URL tree.

mod cli;
mod event;
mod health;
mod idempotency;
mod openapi;
mod outbound;
mod payout;
mod person;
mod routes;
mod session;
mod settlement;
mod setup;
mod token;
mod warehouse;
