//! 退货入库: every stock move of the day, signed; what leaves a bucket has a minus.

use domain::Text;
use domain::state::Bucket;
use store::Conn;

use super::DailyFile;
use super::table::{Cell, Table, headings, moment};
use crate::definitions::Definitions;
use crate::error::Error;

pub(super) fn table(conn: &Conn, definitions: &Definitions, file: &DailyFile) -> Result<Table, Error> {
    let rows = store::daily_file::stock_in(conn, file.shop, file.date)?;
    Ok(Table {
        title: Text::new("退货入库", "Returns in"),
        headings: headings(&[
            ("流水号", "Move"),
            ("时间", "Time"),
            ("仓库", "Warehouse"),
            ("退换单号", "Return"),
            ("订单号", "Order"),
            ("退回运单号", "Waybill"),
            ("商品编码", "SKU"),
            ("商品名称", "Article"),
            ("库存类型", "Bucket"),
            ("数量", "Quantity"),
            ("批号", "Lot"),
            ("有效期", "Best before"),
            ("序列号", "Serial"),
        ]),
        rows: rows
            .into_iter()
            .map(|row| {
                vec![
                    Cell::text(row.move_id.to_string()),
                    moment(definitions, file.shop, row.at),
                    Cell::text(row.warehouse),
                    Cell::text(row.rma_number),
                    Cell::text(row.order_number),
                    Cell::text(row.waybill),
                    Cell::text(row.sku_code),
                    Cell::text(row.sku_name),
                    Cell::Word(bucket(row.bucket)),
                    Cell::Number(row.quantity),
                    Cell::text(row.lot),
                    Cell::text(row.expires_on),
                    Cell::text(row.serial),
                ]
            })
            .collect(),
    })
}

fn bucket(bucket: Bucket) -> Text {
    let (zh, en) = match bucket {
        Bucket::Pending => ("待检", "pending"),
        Bucket::Good => ("良品", "good"),
        Bucket::Defective => ("次品", "defective"),
        Bucket::Scrap => ("报废", "scrap"),
        Bucket::Vendor => ("供应商", "vendor"),
    };
    Text::new(zh, en)
}
