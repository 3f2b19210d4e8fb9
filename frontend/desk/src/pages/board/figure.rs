//! A figure as people read it, by its unit.

use contract::board::{MeasureView, RowView};
use parts::said::read;
use ui::lang;
use ui::locale::{big_number, decimal, integer, money};

/// Where a figure stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Large, alone: 万 and 亿 instead of many digits.
    Alone,
    /// In a table: exact.
    Exact,
}

/// The figure in words; a dash where there is nothing to measure.
pub(super) fn figure(measure: &MeasureView, row: &RowView, at: usize, place: Place) -> String {
    let Some(value) = row.figures.get(at).copied().flatten() else { return "—".to_owned() };
    // Counts and minor units are whole numbers far below 2^53.
    let whole = value.round() as i64;
    match (measure.unit.as_str(), &row.currency) {
        ("count", _) if place == Place::Alone => big_number(lang(), whole),
        ("count", _) => integer(whole),
        ("money", Some(currency)) => money(lang(), whole, currency),
        ("money", None) => integer(whole),
        ("hours", _) => decimal(value, 1),
        ("percent", _) => format!("{}%", decimal(value, 1)),
        _ if (value - value.round()).abs() < 1e-9 => integer(whole),
        _ => decimal(value, 2),
    }
}

/// The unit behind a figure, where the figure does not carry it.
pub(super) fn unit(measure: &MeasureView) -> &'static str {
    match (measure.unit.as_str(), lang()) {
        ("hours", ui::Lang::Zh) => "小时",
        ("hours", ui::Lang::En) => "h",
        _ => "",
    }
}

/// Names of a row's groups.
pub(super) fn label(row: &RowView) -> String {
    let names: Vec<String> = row.labels.iter().map(read).collect();
    let joined = names.join(" · ");
    if joined.is_empty() { "—".to_owned() } else { joined }
}

/// The page of the rows behind a row.
pub(super) fn rows(at: Part<'_>, row: &RowView) -> Option<String> {
    row.behind.as_ref().map(|query| format!("/desk/boards/{}/{}?{query}", at.board, at.component))
}

/// Which component of which board.
#[derive(Clone, Copy)]
pub(super) struct Part<'p> {
    pub(super) board: &'p str,
    pub(super) component: &'p str,
}
