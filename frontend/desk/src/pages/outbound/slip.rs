//! The slip that lies in the parcel: on screen as it will be printed.

use contract::outbound::{OutboundLineView, OutboundView};
use domain::kind::OutboundKind;
use domain::state::OutboundState;
use leptos::prelude::*;
use parts::label::Barcode;
use parts::said::{cell, said};
use parts::words::Spoken;
use ui::locale::{date, zone_minutes};
use ui::text;

use super::substitute::swap;

fn line(view: &OutboundView, line: &OutboundLineView, on_changed: Callback<()>) -> AnyView {
    let other = (view.head.kind == OutboundKind::Exchange && view.head.state == OutboundState::Open)
        .then(|| swap(view.head.id, line, on_changed));
    view! {
        <tr>
            <td class="slip__box" aria-hidden="true"></td>
            <td>{line.name.clone()} {other}</td>
            <td class="u-nowrap"><code>{line.sku.clone()}</code></td>
            <td class="u-end slip__count">{line.quantity}</td>
        </tr>
    }
    .into_any()
}

/// The slip.
pub(super) fn slip(view: &OutboundView, on_changed: Callback<()>) -> AnyView {
    let head = &view.head;
    let lines = head.lines.iter().map(|own| line(view, own, on_changed)).collect_view();
    let total: i64 = head.lines.iter().map(|line| line.quantity).sum();
    let opened_ms = head.opened_at.ms();
    let own = |value: &Option<String>| value.clone().unwrap_or_default();
    let warehouse = view.warehouse_name.as_ref().map(|name| {
        view! { <dt>{text("发货仓", "From")}</dt><dd>{said(name)}</dd> }
    });
    let sold = view.order_number.clone().map(|number| {
        view! { <dt>{text("订单", "Order")}</dt><dd>{number}</dd> }
    });
    let carrier = head.carrier.as_ref().map(|carrier| cell(said(&carrier.name)));
    let waybill = (!head.waybill.is_empty()).then(|| {
        view! { <dt>{text("运单", "Waybill")}</dt><dd>{carrier} " " {head.waybill.clone()}</dd> }
    });
    view! {
        <article class="slip" data-test="slip">
            <header class="slip__head">
                <div>
                    <p class="slip__kind">{head.kind.text()}</p>
                    <p class="slip__number">{head.number.clone()}</p>
                </div>
                <Barcode text=head.number.clone()/>
            </header>
            <div class="slip__about">
                <section>
                    <h3 class="slip__label">{text("收件人", "To")}</h3>
                    <p class="slip__name">{own(&view.contact_name)} " " {own(&view.contact_phone)}</p>
                    <p>{own(&view.contact_address)}</p>
                </section>
                <dl class="slip__facts">
                    <dt>{text("退换货单", "Return")}</dt>
                    <dd>{head.rma_number.clone()}</dd>
                    {sold}
                    {warehouse}
                    <dt>{text("建单", "Opened")}</dt>
                    <dd>{move || date(opened_ms, zone_minutes())}</dd>
                    {waybill}
                </dl>
            </div>
            <table class="slip__lines">
                <thead>
                    <tr>
                        <th></th>
                        <th>{text("商品", "Goods")}</th>
                        <th>{text("编码", "Code")}</th>
                        <th class="u-end">{text("数量", "Quantity")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                <tfoot>
                    <tr>
                        <td></td>
                        <td colspan="2">{text("合计", "In all")}</td>
                        <td class="u-end slip__count">{total}</td>
                    </tr>
                </tfoot>
            </table>
        </article>
    }
    .into_any()
}
