//! Lot and last day of use of what was scanned last: read from a GS1 code, scanned on their own, or typed.

use domain::{Gs1, LocalDate};
use leptos::prelude::*;
use ui::{State, say, text};

use super::Bench;
use super::hand::{Batch, Lot, Target};

/// Longest lot, as GS1 has it.
const MAX_LOT: usize = 20;

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typing {
    /// The lot.
    Code(String),
    /// The last day: `YYMMDD` or `YYYYMMDD`.
    Day(String),
}

/// What a code on the goods says.
pub(super) fn of_label(label: &Gs1) -> Lot {
    Lot { code: label.lot.clone().unwrap_or_default(), expires_on: label.expires_on, unreadable: false }
}

/// A typed day.
fn day(text: &str) -> Option<LocalDate> {
    let whole = if text.len() == 6 { format!("20{text}") } else { text.to_owned() };
    if whole.len() != 8 {
        return None;
    }
    let (year, month) = (whole.get(..4)?.parse().ok()?, whole.get(4..6)?.parse().ok()?);
    LocalDate::from_ymd(year, month, whole.get(6..)?.parse().ok()?)
}

impl Bench {
    /// Units of an article that has lots, without one.
    pub(super) fn lacks_lot(self, batch: &Batch) -> bool {
        let counts = self.rights.receives && !matches!(batch.target, Target::Group(_));
        let sku = self.line_of(batch).and_then(|line| line.sku);
        counts && batch.lot.code.is_empty() && !batch.lot.unreadable && sku.is_some_and(|sku| sku.has_lot)
    }

    /// Whether a line on the bench waits for units of an article by serial.
    pub(super) fn waits_for_serial(self, sku: domain::SkuId) -> bool {
        let waits = |hand: &super::Hand| hand.wait_for_serial(Some(sku)).is_some();
        self.rights.receives && self.hand.with_untracked(|hand| hand.as_ref().is_some_and(waits))
    }

    /// The keys go to the lot of what was scanned last.
    pub(super) fn type_lot(self) {
        if self.may_quantity() && self.rights.receives {
            self.typed.set(String::new());
            self.cursor.set(None);
            self.lotting.set(Some(Typing::Code(String::new())));
        }
    }

    /// A scan while a lot is being typed is the lot; a GS1 code says more. Whether it was used.
    pub(super) fn lot_scanned(self, code: &str) -> bool {
        if self.lotting.with_untracked(Option::is_none) {
            return false;
        }
        let read = Gs1::read(code).map(|label| of_label(&label));
        match read {
            Some(lot) if !lot.code.is_empty() => {
                self.change(|batch| batch.lot = lot);
                self.lotting.set(None);
                self.said_lot();
            }
            _ => {
                let code: String = code.trim().chars().take(MAX_LOT).collect();
                self.change(|batch| batch.lot.code = code);
                self.lotting.set(Some(Typing::Day(String::new())));
                self.said_lot();
            }
        }
        true
    }

    fn said_lot(self) {
        let Some(batch) = self.current_untracked() else { return };
        untrack(|| self.say(State::Good, batch.name.clone(), words(&batch.lot)));
    }

    /// A key while a lot is being typed; whether it was used.
    pub(super) fn lot_key(self, name: &str) -> bool {
        let Some(typing) = self.lotting.get_untracked() else { return false };
        let next = match (typing, name) {
            (_, "Escape") => None,
            (Typing::Code(code), "Enter") => {
                let unreadable = code.is_empty();
                self.change(|batch| {
                    batch.lot.code = code;
                    batch.lot.unreadable = unreadable;
                });
                (!unreadable).then(|| Typing::Day(String::new()))
            }
            (Typing::Day(typed), "Enter") => match day(&typed) {
                Some(day) => {
                    self.change(|batch| batch.lot.expires_on = Some(day));
                    None
                }
                None if typed.is_empty() => None,
                None => {
                    untrack(|| {
                        let hint = say!("按 YYMMDD 输入，例如 270131", "As YYMMDD, such as 270131");
                        self.say(State::Attention, say!("没有这一天", "There is no such day"), hint);
                    });
                    Some(Typing::Day(String::new()))
                }
            },
            (Typing::Code(mut code), "Backspace") => {
                code.pop();
                Some(Typing::Code(code))
            }
            (Typing::Day(mut typed), "Backspace") => {
                typed.pop();
                Some(Typing::Day(typed))
            }
            (Typing::Code(mut code), letter) if letter.len() == 1 && code.len() < MAX_LOT => {
                code.push_str(&letter.to_uppercase());
                Some(Typing::Code(code))
            }
            (Typing::Day(mut typed), digit) if typed.len() < 8 && digit.len() == 1 => {
                typed.extend(digit.chars().filter(char::is_ascii_digit));
                Some(Typing::Day(typed))
            }
            (typing, other) if other.len() == 1 => Some(typing),
            // Keys of the whole screen stay what they are.
            _ => return false,
        };
        self.lotting.set(next);
        true
    }

    /// What is typed or known of the lot, below what was scanned last.
    pub(super) fn lot_line(self, batch: &Batch) -> Option<AnyView> {
        let typing = self.lotting.get().map(|typing| match typing {
            Typing::Code(code) => (text("批号，回车", "Lot, then Enter"), code),
            Typing::Day(day) => {
                (text("到期日 YYMMDD，回车；没有直接回车", "Last day YYMMDD, Enter; Enter alone if none"), day)
            }
        });
        if let Some((label, typed)) = typing {
            return Some(
                view! { <p class="bench2__lot is-typing" data-test="station-lot" role="status">{label} " " <b>{typed} "▏"</b></p> }.into_any(),
            );
        }
        let words = words(&batch.lot);
        let shown = !words.is_empty() || self.lacks_lot(batch);
        shown.then(|| {
            let key = self.rights.receives.then(|| view! { <kbd class="ui-kbd">"B"</kbd> " " });
            let words =
                if words.is_empty() { text("批号未登记", "Lot not given").get().to_owned() } else { words };
            view! { <p class="bench2__lot" data-test="station-lot">{key}{words}</p> }.into_any()
        })
    }
}

fn words(lot: &Lot) -> String {
    let code = lot.code.clone();
    let lot_words = (!code.is_empty()).then(|| say!("批号 {code}", "lot {code}"));
    let lot_words = lot_words.or_else(|| lot.unreadable.then(|| say!("批号看不清", "lot unreadable")));
    let day = lot.expires_on.map(|day| say!("到期 {day}", "use by {day}"));
    lot_words.into_iter().chain(day).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_typed_short_or_long() {
        let read = |text| day(text).map(|day| day.to_string());
        assert_eq!(read("270131").as_deref(), Some("2027-01-31"));
        assert_eq!(read("20270131").as_deref(), Some("2027-01-31"));
        assert_eq!((read("270231"), read("27013"), read("")), (None, None, None));
    }
}
