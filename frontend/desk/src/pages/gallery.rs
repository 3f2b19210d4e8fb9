//! Every component in every state. Loaded when first opened: staff rarely do.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use ui::gallery::Gallery;

/// The gallery of the design system.
pub(crate) struct GalleryPage;

#[lazy_route]
impl LazyRoute for GalleryPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Gallery framed=false /> }.into_any()
    }
}
