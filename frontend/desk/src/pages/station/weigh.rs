//! The scale at the dock: grams keyed by number for the parcel just scanned, held against what should be in it.

use contract::exception::{WEIGH, WeighRequest, WeighedView};
use leptos::prelude::*;
use parts::api::Problem;
use parts::queue::answer_of;
use serde_json::Value;
use ui::{State, say, text};

use super::post::Post;
use super::sign::{Outcome, Row};

/// Digits of the heaviest parcel.
const MAX_DIGITS: usize = 7;

/// What is typed. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    post: Post,
    typed: RwSignal<String>,
}

impl Scale {
    pub(super) fn new(post: Post) -> Self {
        Self { post, typed: RwSignal::new(String::new()) }
    }

    /// The next parcel's weight is another.
    pub(super) fn clear(self) {
        self.typed.set(String::new());
    }

    /// Digits, then Enter or F9; whether the key was one of them. `row` is the parcel just scanned.
    pub(super) fn key(self, name: &str, row: impl FnOnce() -> Option<Row>) -> bool {
        let empty = self.typed.with_untracked(String::is_empty);
        match name {
            digit if digit.len() == 1 && digit.as_bytes().iter().all(u8::is_ascii_digit) => {
                self.typed.update(|typed| {
                    if typed.len() < MAX_DIGITS {
                        typed.push_str(digit);
                    }
                });
            }
            "Backspace" if !empty => self.typed.update(|typed| {
                typed.pop();
            }),
            "Escape" if !empty => self.clear(),
            "Enter" | "F9" if !empty => self.weigh(row()),
            "F9" => untrack(|| {
                let words = say!("先输入克数，再按 F9", "Type the grams, then F9");
                self.post.show(State::Attention, say!("重量", "Weight"), words);
            }),
            _ => return false,
        }
        true
    }

    fn weigh(self, row: Option<Row>) {
        let grams = self.typed.with_untracked(|typed| typed.parse::<i64>()).unwrap_or_default();
        self.clear();
        let may_be = |row: &Row| matches!(row.outcome, Outcome::Kept | Outcome::Signed { .. });
        let Some(row) = row.filter(|row| grams > 0 && may_be(row)) else {
            let words = untrack(|| say!("没有可称重的包裹", "No parcel to weigh"));
            return self.post.say(State::Attention, words, untrack(|| say!("先扫运单号", "Scan a waybill first")));
        };
        let parcel = match row.outcome {
            Outcome::Signed { parcel, .. } => parcel.to_string(),
            _ => answer_of(&row.key, "/effect/signed/parcel"),
        };
        let entry = self.post.entry(&WEIGH, vec![parcel], &WeighRequest { grams }, &format!("{}  {grams} g", row.code));
        self.post.put(vec![entry], || {});
        self.post.show(
            State::Waiting,
            format!("{}  {grams} g", row.code),
            untrack(|| say!("重量已保存", "Weight kept")),
        );
    }

    /// What the server made of a weight.
    pub(super) fn heard(self, about: &str, answer: &Result<Value, Problem>) {
        let found = match answer {
            Ok(answer) => serde_json::from_value::<WeighedView>(answer.clone()).ok(),
            Err(problem) => {
                let words = problem.words_in_full();
                return untrack(|| self.post.say(State::Bad, about, words));
            }
        };
        let Some(found) = found else { return };
        untrack(|| match (found.expected_grams, found.gap) {
            (Some(expected), true) => self.post.say(
                State::Bad,
                about,
                say!(
                    "应重 {expected} 克，差得太多：已列入异常件",
                    "{expected} g expected: too far off, now an exception"
                ),
            ),
            (Some(expected), false) => {
                self.post.show(State::Good, about, say!("应重 {expected} 克，相符", "{expected} g expected: it fits"));
            }
            (None, _) => self.post.show(State::Good, about, say!("重量已记录", "Weight kept")),
        });
    }

    /// What is typed, while something is.
    pub(super) fn view(self) -> AnyView {
        let shown = move || {
            let typed = self.typed.get();
            (!typed.is_empty()).then(|| {
                view! {
                    <p class="dock__scale" data-test="station-scale" role="status">
                        {text("重量", "Weight")} " " <b>{typed}</b> " g " <kbd class="ui-kbd">"↵"</kbd>
                    </p>
                }
            })
        };
        view! { {shown} }.into_any()
    }
}
