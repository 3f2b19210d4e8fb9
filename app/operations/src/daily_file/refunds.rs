//! The refunds of the day, component by component: what finance reconciles.

use domain::settlement::Basis;
use domain::{Money, Text};
use store::Conn;

use super::DailyFile;
use super::table::{Cell, Table, headings, moment};
use crate::definitions::Definitions;
use crate::error::Error;

pub(super) fn table(conn: &Conn, definitions: &Definitions, file: &DailyFile) -> Result<Table, Error> {
    let rows = store::daily_file::refunds(conn, file.shop, file.date)?;
    Ok(Table {
        title: Text::new("退款清单", "Refunds"),
        headings: headings(&[
            ("结算号", "Settlement"),
            ("完成时间", "Settled"),
            ("退换单号", "Return"),
            ("订单号", "Order"),
            ("依据", "Basis"),
            ("方式", "Means"),
            ("币种", "Currency"),
            ("商品款", "Goods"),
            ("税费", "Tax"),
            ("发货运费", "Outbound freight"),
            ("退货运费", "Return freight"),
            ("差价及补偿", "Difference and compensation"),
            ("扣减及手续费", "Deductions and fees"),
            ("实退金额", "Net"),
            ("平台退款单号", "Platform number"),
            ("付款流水或凭证", "Payment references"),
            ("录入人", "Keyed by"),
            ("批准人", "Approved by"),
        ]),
        rows: rows
            .into_iter()
            .map(|row| {
                let money = |minor: i64| Cell::Money(Money::new(minor, row.currency));
                vec![
                    Cell::text(row.settlement_id.to_string()),
                    moment(definitions, file.shop, row.settled_at),
                    Cell::text(row.rma_number),
                    Cell::text(row.order_number),
                    Cell::Word(basis(row.basis)),
                    Cell::Word(means(&row.means)),
                    Cell::text(row.currency.code()),
                    money(row.goods_minor),
                    money(row.tax_minor),
                    money(row.outbound_freight_minor),
                    money(row.return_freight_minor),
                    money(row.compensation_minor),
                    money(row.withheld_minor),
                    money(row.net_minor),
                    Cell::text(row.platform_number),
                    Cell::text(row.references),
                    Cell::text(row.proposed_by),
                    Cell::text(row.approved_by),
                ]
            })
            .collect(),
    })
}

fn basis(basis: Basis) -> Text {
    let (zh, en) = match basis {
        Basis::Counted => ("按验收", "counted"),
        Basis::Unshipped => ("未发货", "unshipped"),
        Basis::Waived => ("无需退货", "keep the goods"),
        Basis::Advanced => ("先行退款", "in advance"),
        Basis::PlatformDecided => ("平台已退", "by the platform"),
        Basis::Compensation => ("补偿", "compensation"),
    };
    Text::new(zh, en)
}

fn means(means: &str) -> Text {
    let (zh, en) = match means {
        "original" => ("原路退回", "original payment"),
        "credit" => ("余额", "store credit"),
        "manual" => ("人工付款", "by hand"),
        "platform" => ("平台", "platform"),
        _ => ("无需付款", "none"),
    };
    Text::new(zh, en)
}
