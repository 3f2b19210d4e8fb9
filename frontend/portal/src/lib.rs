//! The customers' app, small enough for a phone on 4G.

#![expect(unreachable_pub, reason = "the component macro turns `pub(crate)` into `pub`")]

mod address;
mod app;
mod case;
mod find;
mod request;
mod routes;
mod scan;
mod uploads;

/// Takes the reader's language and appearance and mounts the portal on the page's body.
pub fn start() {
    // A fault names itself in the browser's console instead of "unreachable".
    console_error_panic_hook::set_once();
    ui::start();
    leptos::mount::mount_to_body(app::App);
}
