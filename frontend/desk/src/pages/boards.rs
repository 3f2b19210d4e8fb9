//! Boards. The page and the chart library load when first opened.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::chart::Chart;

/// The boards of the signed-in person.
pub(crate) struct BoardsPage;

#[lazy_route]
impl LazyRoute for BoardsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let option = Signal::stored(String::from(
            r#"{"xAxis":{"type":"category","data":["A","B"]},"yAxis":{},"series":[{"type":"bar","data":[2,3]}]}"#,
        ));
        view! {
            <h1>"看板 · Boards"</h1>
            <Chart option label="看板 · Board" />
        }
        .into_any()
    }
}
