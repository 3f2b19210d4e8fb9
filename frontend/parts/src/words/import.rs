//! Words of imports that cross HTTP as short codes.

use ui::{State, Words, text};

use super::flow::words;

/// What a file tells of.
pub fn import_target(code: &str) -> Words {
    let known = [
        ("customers", text("顾客", "Customers")),
        ("products", text("商品（条码、组合装）", "Articles (barcodes, bundles)")),
        ("orders", text("订单", "Orders")),
        ("order_lines", text("订单明细", "Order lines")),
        ("shipments", text("发货与物流", "Shipments")),
        ("returns", text("历史退货", "Past returns")),
        ("external_cases", text("平台售后单", "Platforms' cases")),
    ];
    words(&known, code)
}

/// How far an import is.
pub fn import_state(code: &str) -> (Words, State) {
    let known = [
        ("running", text("进行中", "Running")),
        ("done", text("完成", "Done")),
        ("failed", text("失败", "Failed")),
        ("stopped", text("已停止", "Stopped")),
    ];
    let state = match code {
        "running" => State::Waiting,
        "done" => State::Good,
        "failed" => State::Bad,
        _ => State::Paused,
    };
    (words(&known, code), state)
}

/// What is wrong with rows, in general.
pub fn import_problem(code: &str) -> Words {
    let known = [
        ("required", text("必填项为空", "A required value is missing")),
        ("not_a_number", text("不是整数", "Not a whole number")),
        ("out_of_range", text("超出范围", "Out of range")),
        ("not_an_amount", text("不是金额", "Not an amount")),
        ("negative_money", text("金额为负", "A negative amount")),
        ("impossible_date", text("日期时间不存在", "A date that does not exist")),
        ("unknown_word", text("词语无法识别", "A word that is not understood")),
        ("unknown_shop", text("没有该店铺", "No such shop")),
        ("no_shop", text("没有指定店铺", "No shop is named")),
        ("unknown_order", text("没有该订单", "No such order")),
        ("unknown_line", text("没有该订单行", "No such order line")),
        ("ambiguous_order", text("多个店铺有同号订单", "Several shops have that order")),
        ("unknown_sku", text("没有该商品", "No such article")),
        ("sku_differs", text("商品与订单行不符", "Another article than the order line's")),
        ("barcode_taken", text("条码已属于其他商品", "The barcode is another article's")),
        ("duplicate_key", text("文件内重复", "Stands in the file twice")),
        ("encoding", text("含无法解码的字符", "Characters that cannot be decoded")),
        ("ragged_row", text("列数不符", "Too many or too few columns")),
        ("unclosed_quote", text("引号没有结束", "A quotation mark is not closed")),
        ("number_precision", text("Excel 丢失了末尾数字", "Excel lost the last digits")),
        ("money_does_not_sum", text("税与运费超过实付", "Tax and freight exceed what was paid")),
        ("forbidden", text("没有该店铺的权限", "Not allowed for that shop")),
        ("kept_by_source", text("订单由接口维护", "The order is kept through the API")),
        ("number_taken", text("单号已被占用", "The number is another case's")),
        ("history_differs", text("与已导入的历史不一致", "Differs from history imported before")),
    ];
    words(&known, code)
}
