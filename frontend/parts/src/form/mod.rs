//! Forms as people fill them in. What is shown, asked, fixed and wrong is decided by `engine::form::run`, the very code
//! that the server runs when the answers arrive; here is only how it looks.

use leptos::prelude::*;

mod choice;
mod customer;
mod field;
mod goods;
mod goods_row;
mod kept;
mod order;
mod photo;
mod photos;
mod reason;
mod run;
mod slot;
mod written;

pub use order::OrderLookup;
pub use photo::{Progress, UploadFuture, Uploader};
pub use run::FormRun;

use field::field_view;

/// All fields of a form, from top to bottom, each shown while the form says so.
#[component]
pub fn FormView(
    /// The form with its answers.
    form: FormRun,
) -> impl IntoView {
    let fields = form.slots().into_iter().map(field_view).collect_view();
    let between = move || {
        let errors = form.form_errors();
        (!errors.is_empty()).then(|| {
            let lines = errors.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
            view! { <ul class="form__errors" role="alert">{lines}</ul> }
        })
    };
    view! {
        <div class="form">
            {fields}
            {between}
        </div>
    }
    .into_any()
}
