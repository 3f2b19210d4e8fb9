//! Where a suggested amount comes from, in one line beside it.

use contract::settlement::{PreviewView, WithheldView};
use domain::RmaLineId;
use parts::said::{money, read};
use parts::words::Spoken;
use ui::say;

/// Goods and tax: the units that the basis admits, and what is left of their share.
pub(super) fn paid(preview: &PreviewView, line: RmaLineId) -> Option<String> {
    let own = preview.lines.iter().find(|own| own.line == line)?;
    let (units, cap) = (read(&own.why), money(own.cap));
    if own.held.minor == 0 {
        return Some(say!("{units}，分摊 {cap}", "{units}; their share is {cap}"));
    }
    let held = money(own.held);
    Some(say!("{units}，分摊 {cap}，已录 {held}", "{units}; their share is {cap}, {held} of it keyed before"))
}

fn group(one: &WithheldView) -> String {
    let (grade, liable) = (read(&one.grade), one.liability.text().get());
    let (percent, off, units) = (one.money_percent, 100 - one.money_percent, one.quantity);
    let (share, amount) = (money(one.share), money(one.amount));
    say!(
        "质检为“{grade}”，按 {percent}% 退，责任在{liable}：{units} 件分摊 {share} 扣 {off}% 为 {amount}",
        "Graded “{grade}”, paid back at {percent}%, liable: {liable}; units: {units}, share {share}, less {off}% is {amount}"
    )
}

/// A deduction: grade, its factor, who is liable, and on what; by inspected group.
pub(super) fn withheld(preview: &PreviewView, line: RmaLineId, amount_minor: i64) -> Option<String> {
    let groups: Vec<&WithheldView> = preview.withheld.iter().filter(|one| one.line == line).collect();
    if groups.is_empty() {
        return None;
    }
    let all: i64 = groups.iter().map(|one| one.amount.minor).sum();
    let mut words: Vec<String> = groups.into_iter().map(group).collect();
    if all > amount_minor {
        words.push(say!("以这一行可退的金额为限", "no more than the line may be paid"));
    }
    Some(words.join(&say!("；", "; ")))
}

#[cfg(test)]
mod tests {
    use contract::settlement::CapsView;
    use domain::settlement::Basis;
    use domain::state::Bearer;
    use domain::{Currency, Money, Text};

    use super::*;

    fn cny(minor: i64) -> Money {
        Money::new(minor, Currency::CNY)
    }

    fn preview(amounts: &[i64]) -> PreviewView {
        let zero = cny(0);
        let group = |amount: &i64| WithheldView {
            line: RmaLineId::from_raw(3),
            grade: Text::new("使用过", "used"),
            money_percent: 90,
            liability: Bearer::Customer,
            quantity: 2,
            share: cny(20_000),
            amount: cny(*amount),
        };
        PreviewView {
            order: None,
            currency: Currency::CNY,
            basis: Basis::Counted,
            lines: Vec::new(),
            caps: CapsView {
                basis: zero,
                captured: zero,
                order_held: zero,
                freight_paid: zero,
                freight_held: zero,
                compensation: zero,
            },
            suggestion: Vec::new(),
            withheld: amounts.iter().map(group).collect(),
            net: None,
            refusal: None,
            needs_second: false,
        }
    }

    #[track_caller]
    fn check(amounts: &[i64], line: i64, amount_minor: i64, expect: &[&str]) {
        let words = withheld(&preview(amounts), RmaLineId::from_raw(line), amount_minor).unwrap_or_default();
        assert_eq!(words.is_empty(), expect.is_empty(), "{words}");
        for part in expect {
            assert!(words.contains(part), "{part} in {words}");
        }
    }

    #[test]
    fn a_deduction_names_grade_factor_and_who_is_liable() {
        check(&[2_000], 3, 2_000, &["使用过", "90%", "顾客", "¥200.00", "扣 10%", "¥20.00"]);
        check(&[2_000], 4, 2_000, &[]);
        check(&[2_000, 1_000], 3, 2_500, &["¥10.00", "为限"]);
    }
}
