//! 补发/换货: what was opened on the day and has to go out, line by line, with whom it goes to as far as the reader sees it.

use domain::{Permission, Text};
use store::Conn;

use super::DailyFile;
use super::table::{Cell, Table, headings, midnight, moment};
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate;

pub(super) fn table(conn: &Conn, actor: &Actor, definitions: &Definitions, file: &DailyFile) -> Result<Table, Error> {
    let from = midnight(definitions, file.shop, file.date);
    let until = midnight(definitions, file.shop, file.date.plus_days(1));
    let place = (Some(file.shop), None);
    let shown = |field: &str, text: String| {
        let sight = gate::sight(definitions, actor, Permission::ExportRun, place, field);
        Cell::text(gate::shown(sight, Some(text)).unwrap_or_default())
    };
    let rows = store::daily_file::outbound(conn, file.shop, from, until)?;
    Ok(Table {
        title: Text::new("补发换货", "Outbound"),
        headings: headings(&[
            ("出库单号", "Outbound"),
            ("类型", "Kind"),
            ("状态", "State"),
            ("建单时间", "Opened"),
            ("仓库", "Warehouse"),
            ("退换单号", "Return"),
            ("订单号", "Order"),
            ("商品编码", "SKU"),
            ("商品名称", "Article"),
            ("数量", "Quantity"),
            ("收件人", "Name"),
            ("电话", "Phone"),
            ("地址", "Address"),
            ("快递公司", "Carrier"),
            ("运单号", "Waybill"),
        ]),
        rows: rows
            .into_iter()
            .map(|row| {
                vec![
                    Cell::text(row.number),
                    Cell::Word(kind(&row.kind)),
                    Cell::Word(state(row.state)),
                    moment(definitions, file.shop, row.opened_at),
                    Cell::text(row.warehouse),
                    Cell::text(row.rma_number),
                    Cell::text(row.order_number),
                    Cell::text(row.sku_code),
                    Cell::text(row.sku_name),
                    Cell::Number(row.quantity),
                    shown("contact.name", row.contact_name),
                    shown("contact.phone", row.contact_phone),
                    shown("contact.address", row.contact_address),
                    Cell::text(row.carrier),
                    Cell::text(row.waybill),
                ]
            })
            .collect(),
    })
}

fn kind(kind: &str) -> Text {
    let (zh, en) = match kind {
        "exchange" => ("换货", "exchange"),
        "reship" => ("补发", "reship"),
        "repair_return" => ("维修寄回", "repair return"),
        _ => ("原件寄回", "send back"),
    };
    Text::new(zh, en)
}

fn state(state: domain::state::OutboundState) -> Text {
    use domain::state::OutboundState;
    let (zh, en) = match state {
        OutboundState::Open => ("待发货", "open"),
        OutboundState::Shipped => ("已发货", "shipped"),
        OutboundState::Delivered => ("已签收", "delivered"),
        OutboundState::Waived => ("已豁免", "waived"),
    };
    Text::new(zh, en)
}
