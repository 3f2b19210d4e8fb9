//! The built server in a real Chromium, as the people who use it see it.

mod browser;
mod exceptions;
mod gun;
mod hid;
mod keys;
mod language;
mod parcel;
mod portal;
mod seat;
mod shop;
mod station;
mod stories;
