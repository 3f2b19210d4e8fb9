//! Scenarios over HTTP and the command line. The files mirror the URL tree.

mod cli;
mod daily_file;
mod event;
mod external_case;
mod health;
mod idempotency;
mod import;
mod ledger;
mod master;
mod openapi;
mod order;
mod outbound;
mod payout;
mod person;
mod portal;
mod record;
mod rma;
mod routes;
mod session;
mod settlement;
mod setup;
mod station;
mod station_work;
mod template;
mod token;
mod warehouse;
