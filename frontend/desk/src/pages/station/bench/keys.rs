//! What keys do at the bench: grades, quantities, answers, and taking back.

use engine::template::Answer;
use leptos::prelude::*;
use serde_json::Value;
use ui::{State, say};

use super::hand::Hand;
use super::{Bench, Choice, exception, judge};

impl Bench {
    /// A digit that is no answer: a grade at once; with more of them and Enter, a quantity.
    fn digit(self, digit: &str) {
        if !self.may_quantity() {
            return;
        }
        if self.typed.with_untracked(String::is_empty) {
            self.grade_before.set_value(self.current_untracked().and_then(|batch| batch.grade));
        }
        self.typed.update(|typed| typed.push_str(digit));
        let typed = self.typed.get_untracked();
        let grade = match (typed.len(), typed.parse::<usize>()) {
            (1, Ok(number)) if self.rights.inspects => {
                let grades = self.post.meta.with(|view| view.grades.iter().map(|grade| grade.id).collect::<Vec<_>>());
                number.checked_sub(1).and_then(|at| grades.get(at).copied()).or(self.grade_before.get_value())
            }
            _ => self.grade_before.get_value(),
        };
        self.change(|batch| batch.grade = grade);
        if self.rights.inspects && typed.len() == 1 {
            self.to_first_lack();
        }
    }

    fn enter(self) {
        let typed = self.typed.get_untracked();
        let Ok(quantity) = typed.parse::<i64>() else { return };
        self.typed.set(String::new());
        self.cursor.set(None);
        let grade = self.grade_before.get_value();
        self.change(|batch| batch.grade = grade);
        let mut set = Ok(());
        self.hand.update(|hand| {
            if let Some(hand) = hand {
                set = hand.set_quantity(quantity);
            }
        });
        let name = self.current_untracked().map(|batch| batch.name).unwrap_or_default();
        match set {
            Ok(()) => self.say(State::Good, format!("{name}  ×{quantity}"), String::new()),
            Err(most) => self.say(
                State::Attention,
                format!("{name}  ×{quantity}?"),
                say!("最多还等 {most} 件；多出来的按 F8 登记", "At most {most} are awaited; press F8 for more"),
            ),
        }
    }

    fn move_cursor(self, down: bool) {
        let Some(batch) = self.current_untracked().filter(|_| self.rights.inspects) else { return };
        let count = untrack(|| judge::checklist(self.post.meta, &batch)).map_or(0, |list| list.items.len());
        self.typed.set(String::new());
        self.cursor.update(|cursor| {
            *cursor = match (*cursor, down) {
                (None, true) => (count > 0).then_some(0),
                (None, false) => count.checked_sub(1),
                (Some(at), true) => Some(at + 1).filter(|at| *at < count),
                (Some(at), false) => at.checked_sub(1),
            };
        });
    }

    /// A key on a question; whether it was used.
    fn answer(self, at: usize, name: &str) -> bool {
        let Some(batch) = self.current_untracked() else { return false };
        let item = untrack(|| judge::checklist(self.post.meta, &batch)).and_then(|list| list.items.get(at).cloned());
        let Some(item) = item else { return false };
        match (item.answer, name) {
            (Answer::Number, digit)
                if digit.len() == 1 && digit.chars().all(|one| one.is_ascii_digit() || one == '.') =>
            {
                self.typed.update(|typed| typed.push_str(digit));
                let typed = self.typed.get_untracked();
                let number = typed.parse::<f64>().ok().and_then(serde_json::Number::from_f64);
                self.change(|batch| {
                    batch.answers.insert(item.id, number.map_or(Value::String(typed), Value::Number));
                });
            }
            (Answer::Number, "Enter") => {
                self.typed.set(String::new());
                self.to_first_lack();
            }
            (Answer::Text, "Enter") => self.write_note(),
            (_, digit) => {
                let number = digit.parse::<usize>().ok().filter(|_| digit.len() == 1);
                let Some(number) = number else { return false };
                let Some(value) = judge::answer_of_key(&item, number) else { return true };
                self.change(|batch| {
                    batch.answers.insert(item.id, value);
                });
                self.to_first_lack();
            }
        }
        true
    }

    pub(super) fn key(self, name: &str) -> bool {
        if let Some(choice) = self.choice.get_untracked() {
            return exception::choose(self, choice, name);
        }
        if self.lot_key(name) {
            return true;
        }
        if let Some(at) = self.cursor.get_untracked()
            && self.answer(at, name)
        {
            return true;
        }
        if name.len() == 1 && name.as_bytes().iter().all(u8::is_ascii_digit) {
            self.digit(name);
            return true;
        }
        match name {
            "Enter" => self.enter(),
            "ArrowDown" => self.move_cursor(true),
            "ArrowUp" => self.move_cursor(false),
            "l" if self.rights.inspects => self.change(|batch| batch.liability = judge::next_bearer(batch.liability)),
            "h" if self.rights.inspects => self.next_disposition(),
            "n" => self.write_note(),
            "b" => self.type_lot(),
            "Backspace" => self.take_back(),
            "F8" => self.choice.set(self.hand.with_untracked(Option::is_some).then_some(Choice::Exception)),
            "F9" => self.finish(),
            "Escape" => self.put_down(),
            _ => return false,
        }
        true
    }

    fn next_disposition(self) {
        let Some(batch) = self.current_untracked() else { return };
        let (line, meta) = (self.line_of(&batch), self.post.meta);
        let next = untrack(|| judge::next_disposition(&batch, line.as_ref(), judge::grade(meta, &batch).as_ref()));
        self.change(|batch| batch.disposition = next);
    }

    fn take_back(self) {
        if !self.typed.with_untracked(String::is_empty) {
            self.typed.set(String::new());
            let grade = self.grade_before.get_value();
            return self.change(|batch| batch.grade = grade);
        }
        let mut gone = None;
        self.hand.update(|hand| gone = hand.as_mut().and_then(Hand::take_back));
        if let Some(name) = gone {
            self.say(State::Attention, format!("{name}  −1"), say!("撤销了一件", "One taken back"));
        }
    }

    /// Back to where nothing lies on the bench; what was counted stays until it is finished.
    fn put_down(self) {
        if self.cursor.get_untracked().is_some() {
            return self.cursor.set(None);
        }
        let empty = self.hand.with_untracked(|hand| {
            hand.as_ref().is_some_and(|hand| hand.batches.is_empty() && hand.missing.is_empty())
        });
        if empty {
            self.hand.set(None);
            self.post.said.set(None);
        } else if self.hand.with_untracked(Option::is_some) {
            self.say(
                State::Attention,
                say!("还没完成", "Not finished"),
                say!("按 F9 完成，或用 Backspace 逐件撤销", "Finish with F9, or take units back with Backspace"),
            );
        }
    }
}
