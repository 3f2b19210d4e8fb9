//! The built server in a real Chromium, as the people who use it see it.

mod board;
mod browser;
mod camera;
mod canned;
mod exceptions;
mod gun;
mod hid;
mod inbox;
mod keys;
mod language;
mod messages;
mod parcel;
mod portal;
mod poster;
mod search;
mod seat;
mod shop;
mod station;
mod stories;
mod sweep;
mod upload;
mod whole;
