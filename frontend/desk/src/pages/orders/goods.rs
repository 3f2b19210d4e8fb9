//! The lines of an order: counts, what can still be claimed, and the exact shares of what was paid.

use contract::order::{LineMoney, OrderLineView, OrderView};
use domain::Currency;
use leptos::prelude::*;
use parts::said::read;
use ui::{Card, Column, Money, State, StateChip, Table, Text, text};

const TITLE: Text = text("商品与分摊", "Goods and shares");

fn goods_cell(line: &OrderLineView) -> AnyView {
    let name = line.name.clone();
    let mark = |on: bool, words: Text| on.then(|| view! { <StateChip state=State::Paused label=words/> });
    view! {
        <span class="order__goods" class:is-part=line.parent_id.is_some()>
            <span class="u-clip">{move || read(&name)}</span>
            <span class="u-soft u-small">{line.label.clone()} " · " {line.sku.clone()}</span>
            {mark(line.is_gift, text("赠品", "Gift"))}
            {mark(line.is_bundle, text("组合装", "Bundle"))}
        </span>
    }
    .into_any()
}

/// A count; zero steps back.
fn count(value: i64) -> AnyView {
    view! { <span class:u-soft=value == 0>{ui::locale::integer(value)}</span> }.into_any()
}

fn amount(currency: Currency, get: fn(&LineMoney) -> i64) -> impl Fn(&OrderLineView) -> Option<AnyView> {
    move |line| {
        let amount = get(line.money.as_ref()?);
        let code = currency.code().to_owned();
        Some(view! { <span class:u-soft=amount == 0><Money amount_minor=amount currency=code/></span> }.into_any())
    }
}

/// The table.
pub(super) fn goods(order: &OrderView) -> AnyView {
    let mut columns = vec![
        Column::new("goods", text("商品", "Article"), goods_cell).grow().pinned(),
        Column::new("ordered", text("购买", "Ordered"), |line: &OrderLineView| count(line.ordered)).number(),
        Column::new("cancelled", text("取消", "Cancelled"), |line: &OrderLineView| count(line.cancelled)).number(),
        Column::new("shipped", text("已发", "Shipped"), |line: &OrderLineView| count(line.shipped)).number(),
        Column::new("claimed", text("已申请", "Claimed"), |line: &OrderLineView| count(line.claimed)).number(),
        Column::new("claimable", text("可申请", "Claimable"), |line: &OrderLineView| count(line.claimable)).number(),
    ];
    if order.money.is_some() {
        let currency = order.currency;
        columns.extend([
            Column::new("price", text("单价", "Unit price"), amount(currency, |money| money.unit_price_minor)).number(),
            Column::new("discount", text("优惠", "Discount"), amount(currency, |money| money.discount_minor)).number(),
            Column::new("goods_share", text("货款", "Goods"), amount(currency, |money| money.goods_minor)).number(),
            Column::new("tax", text("税", "Tax"), amount(currency, |money| money.tax_minor)).number(),
            Column::new("freight", text("运费", "Freight"), amount(currency, |money| money.freight_minor)).number(),
        ]);
    }
    let rows = Signal::stored(order.lines.clone());
    let key = Callback::new(|line: OrderLineView| line.id.to_string());
    view! { <Card title=TITLE flush=true><Table label=TITLE rows key columns/></Card> }.into_any()
}
