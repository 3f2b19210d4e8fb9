//! The portal's entry point in the browser.

fn main() {
    portal::start();
}
