//! The staff's app. What opens first is small; boards and other heavy parts load when first opened.

#![expect(unreachable_pub, reason = "the component macro turns `pub(crate)` into `pub`")]

mod app;
mod ask;
mod asked;
mod camera;
mod chart;
mod code_box;
mod frame;
mod go;
mod gun;
mod nav;
mod pages;
mod photos;
mod routes;
mod rows;
mod undo;

/// Takes the reader's language and appearance and mounts the desk on the page's body.
pub fn start() {
    // A fault names itself in the browser's console instead of "unreachable".
    console_error_panic_hook::set_once();
    ui::start();
    leptos::mount::mount_to_body(app::App);
}
