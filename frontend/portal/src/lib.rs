//! The customers' app, small enough for a phone on 4G.

mod app;

/// Mounts the portal on the page's body.
pub fn start() {
    leptos::mount::mount_to_body(app::App);
}
