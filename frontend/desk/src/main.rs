//! The desk's entry point in the browser.

fn main() {
    desk::start();
}
