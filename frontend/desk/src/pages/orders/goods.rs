//! The lines of an order: counts, what can still be claimed, and the exact shares of what was paid.

use contract::order::{LineMoney, OrderLineView, OrderView};
use domain::Currency;
use leptos::prelude::*;
use parts::said::read;
use ui::{Card, Column, Money, State, StateChip, Table, Text, text};

const TITLE: Text = text("商品与分摊", "Goods and shares");
/// Columns that are mostly zero throughout.
const MAY_BE_NOTHING: [&str; 4] = ["cancelled", "discount", "tax", "freight"];

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

/// A column of figures: key, name, and the figure.
type Figure<T> = (&'static str, Text, fn(&T) -> i64);

/// The columns, and how many of them are counts and amounts. What is zero on every line needs no column.
fn columns(order: &OrderView) -> (Vec<Column<OrderLineView>>, usize, usize) {
    let counts: [Figure<OrderLineView>; 5] = [
        ("ordered", text("购买", "Ordered"), |line| line.ordered),
        ("cancelled", text("取消", "Cancelled"), |line| line.cancelled),
        ("shipped", text("已发", "Shipped"), |line| line.shipped),
        ("claimed", text("已申请", "Claimed"), |line| line.claimed),
        ("claimable", text("可申请", "Claimable"), |line| line.claimable),
    ];
    let sums: [Figure<LineMoney>; 5] = [
        ("price", text("单价", "Unit price"), |money| money.unit_price_minor),
        ("discount", text("优惠", "Discount"), |money| money.discount_minor),
        ("goods_share", text("货款", "Goods"), |money| money.goods_minor),
        ("tax", text("税", "Tax"), |money| money.tax_minor),
        ("freight", text("运费", "Freight"), |money| money.freight_minor),
    ];
    let mut columns = vec![Column::new("goods", text("商品", "Article"), goods_cell).grow().pinned()];
    let told = |key: &str, any: bool| any || !MAY_BE_NOTHING.contains(&key);
    let counts = counts.into_iter().filter(|(key, _, get)| told(key, order.lines.iter().any(|line| get(line) != 0)));
    columns.extend(
        counts.map(|(key, name, get)| Column::new(key, name, move |line: &OrderLineView| count(get(line))).number()),
    );
    let before = columns.len();
    let money = || order.lines.iter().filter_map(|line| line.money.as_ref());
    let sums = sums
        .into_iter()
        .filter(|(key, _, get)| order.money.is_some() && told(key, money().any(|money| get(money) != 0)));
    columns.extend(sums.map(|(key, name, get)| Column::new(key, name, amount(order.currency, get)).number()));
    let all = columns.len();
    (columns, before - 1, all - before)
}

/// The table.
pub(super) fn goods(order: &OrderView) -> AnyView {
    let (columns, counts, sums) = columns(order);
    let sums = if sums > 0 { format!(" repeat({sums}, minmax(0, 1.5fr))") } else { String::new() };
    let tracks = format!("repeat({counts}, minmax(0, 1fr)){sums}");
    let rows = Signal::stored(order.lines.clone());
    let key = Callback::new(|line: OrderLineView| line.id.to_string());
    view! {
        <Card title=TITLE flush=true>
            <div class="ui-table-folds" style=("--tracks", tracks)><Table label=TITLE rows key columns/></div>
        </Card>
    }
    .into_any()
}
