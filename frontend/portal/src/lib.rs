//! The customers' app, small enough for a phone on 4G.

mod app;

/// Takes the reader's language and appearance and mounts the portal on the page's body.
pub fn start() {
    ui::locale::start();
    ui::theme::start();
    leptos::mount::mount_to_body(app::App);
}
