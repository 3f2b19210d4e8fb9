//! The built server in a real Chromium, as the people who use it see it.

mod browser;
mod review;
