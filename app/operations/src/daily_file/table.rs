//! A table on its way into a file: headings in both languages, cells with their type.

use domain::{LocalDate, Money, ShopId, Text, Timestamp};

use crate::definitions::Definitions;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words, numbers that are names, days.
    Text(String),
    /// A count or an id.
    Number(i64),
    /// A decimal number as it is written: digits, one point, a minus before them.
    Decimal(String),
    /// An amount, written as a decimal.
    Money(Money),
    /// A word that reads differently in each language.
    Word(Text),
}

/// Headings and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the sheet is called.
    pub title: Text,
    /// The first row.
    pub headings: Vec<Text>,
    /// The rest; each as long as the headings.
    pub rows: Vec<Vec<Cell>>,
}

impl Cell {
    /// Words.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// Headings from pairs of Chinese and English.
pub(super) fn headings(pairs: &[(&str, &str)]) -> Vec<Text> {
    pairs.iter().map(|(zh, en)| Text::new(*zh, *en)).collect()
}

/// A moment as the shop's clock showed it: `2026-11-23 14:05:09`.
pub(super) fn moment(definitions: &Definitions, shop: ShopId, at: Timestamp) -> Cell {
    let local = at.plus_ms(60_000 * i64::from(definitions.masters.offset_minutes(shop, at)));
    let day = LocalDate::from_days(local.ms().div_euclid(86_400_000));
    let second = local.ms().rem_euclid(86_400_000) / 1_000;
    Cell::Text(format!("{day} {:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60))
}

/// Where a shop's day begins.
pub(super) fn midnight(definitions: &Definitions, shop: ShopId, day: LocalDate) -> Timestamp {
    let utc = Timestamp::from_ms(day.days().saturating_mul(86_400_000));
    // The offset at the midnight itself, found from the one about that time.
    let about = utc.plus_ms(-60_000 * i64::from(definitions.masters.offset_minutes(shop, utc)));
    utc.plus_ms(-60_000 * i64::from(definitions.masters.offset_minutes(shop, about)))
}
