//! A number as a barcode that every gun reads: Code 128, set B, drawn as one path.

use leptos::prelude::*;

mod bars;

use bars::modules;

/// The bars as a path of a height of 40, and how wide it is.
fn path(text: &str) -> Option<(String, usize)> {
    let modules = modules(text)?;
    let (mut path, mut at) = (String::new(), 0);
    for run in modules.chunk_by(|one, two| one == two) {
        let width = run.len();
        if run.first() == Some(&true) {
            path.push_str(&format!("M{at} 0h{width}v40h-{width}z"));
        }
        at += width;
    }
    Some((path, at))
}

/// The barcode of a text; nothing when it cannot be one.
#[component]
pub fn Barcode(
    /// What it says.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    path(&text).map(|(bars, width)| {
        view! {
            <svg class="barcode" viewBox=format!("0 0 {width} 40") preserveAspectRatio="none" role="img" aria-label=text>
                <path d=bars/>
            </svg>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_begin_behind_the_gap() {
        assert!(
            path("OB-1").is_some_and(|(bars, width)| bars.starts_with("M10 0h2v40h-2z") && width == 20 + 7 * 11 + 2)
        );
        assert_eq!(path("店"), None);
    }
}
