//! A customer in figures: orders, what came back, what was paid and paid back.

use contract::master::{CustomerHistory, CustomerSums};
use leptos::prelude::*;
use ui::{Card, DescriptionList, Fact, Money, Text, text};

const TITLE: Text = text("合计", "In figures");

/// A share of a whole in percent, with one digit; nothing of nothing.
fn share(part: i64, whole: i64) -> Option<String> {
    let per_mille = part.checked_mul(1000)?.checked_add(whole / 2)?.checked_div(whole)?;
    Some(format!("{}.{}%", per_mille / 10, per_mille % 10))
}

fn amount(name: Text, minor: Option<i64>, sums: &CustomerSums) -> Option<Fact> {
    let (minor, currency) = (minor?, sums.currency.code().to_owned());
    Some(Fact::new(name, move || view! { <Money amount_minor=minor currency=currency.clone()/> }))
}

/// The figures.
pub(super) fn row(found: &CustomerHistory) -> AnyView {
    let count = |name: Text, value: i64| Fact::words(name, ui::locale::integer(value));
    let mut facts = vec![
        count(text("订单", "Orders"), found.order_count),
        count(text("退换货单", "Cases"), found.case_count),
        count(text("有退换的订单", "Orders that came back"), found.returned_orders),
    ];
    let rate = share(found.returned_orders, found.order_count);
    facts.extend(rate.map(|rate| Fact::words(text("退货率", "Return rate"), rate)));
    for sums in &found.sums {
        facts.extend(amount(text("实付", "Paid"), sums.paid_minor, sums));
        facts.extend(amount(text("已退款", "Refunded"), sums.refunded_minor, sums));
    }
    view! {
        <Card title=TITLE>
            <div class="u-stack-8" data-test="customer-sums">
                <DescriptionList facts=Signal::stored(facts)/>
                <p class="u-soft u-small">{text("只计您能看到的店铺", "Only shops that you can see are counted")}</p>
            </div>
        </Card>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_are_rounded_and_nothing_is_no_whole() {
        assert_eq!(share(1, 3).as_deref(), Some("33.3%"));
        assert_eq!(share(2, 3).as_deref(), Some("66.7%"));
        assert_eq!(share(4, 4).as_deref(), Some("100.0%"));
        assert_eq!(share(0, 0), None);
    }
}
