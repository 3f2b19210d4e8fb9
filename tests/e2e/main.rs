//! The built server in a real Chromium, as the people who use it see it.

mod browser;
mod gun;
mod keys;
mod language;
mod seat;
mod shop;
mod station;
mod stories;
