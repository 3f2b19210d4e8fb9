//! The staff's app. What opens first is small; boards and other heavy parts load when first opened.

#![expect(unreachable_pub, reason = "the component macro turns `pub(crate)` into `pub`")]

mod app;
mod chart;
mod pages;

/// Takes the reader's language and appearance and mounts the desk on the page's body.
pub fn start() {
    ui::locale::start();
    ui::theme::start();
    leptos::mount::mount_to_body(app::App);
}
