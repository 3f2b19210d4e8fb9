//! Says in words what a guard in the schema refused. The names are those of `store/migrations`.

use crate::error::{Error, Refusal};

/// The refusal that belongs to a guard's name. An unknown name is a fault of ours, not the reader's.
pub(crate) fn refused(name: &str) -> Error {
    let known = GUARDS.iter().find(|guard| name.contains(guard.0));
    match known {
        Some((_, code, zh, en)) => Error::conflict(Refusal::new(code, *zh, *en)),
        None => Error::internal(format!("constraint `{name}`")),
    }
}

/// Guard, code, words.
type Guard = (&'static str, &'static str, &'static str, &'static str);

// INVARIANT: each entry is the only words for that guard; verbs that check first say the remaining quantity as well.
const GUARDS: &[Guard] = &[
    (
        "order_line_claimed_within_ordered",
        "exceeds_ordered",
        "申请数量超过该商品的可申请数量",
        "more is claimed than is left of this order line",
    ),
    (
        "order_line_goods_within_shipped",
        "exceeds_shipped",
        "要求退回的数量超过已发货数量",
        "more goods are expected back than were shipped",
    ),
    (
        "order_line_unshipped_within_unshipped",
        "exceeds_unshipped",
        "未发货数量不足",
        "fewer units than this are still unshipped",
    ),
    (
        "sales_order_held_within_captured",
        "exceeds_captured",
        "退款合计超过该订单实收金额",
        "refunds would exceed what was paid for the order",
    ),
    ("sales_order_freight_once", "freight_refunded", "该订单的运费已退过", "the order's freight is already refunded"),
    (
        "tender_refunded_within_amount",
        "exceeds_tender",
        "退款超过该支付方式的实收金额",
        "the refund exceeds what was paid by this means",
    ),
    (
        "rma_line_settled_within_share",
        "exceeds_share",
        "退款超过该商品的实付分摊",
        "the refund exceeds what was paid for these goods",
    ),
    (
        "rma_line_counted_within_accepted",
        "exceeds_accepted",
        "退款超过验收合格数量对应的金额",
        "the refund exceeds the paid share of the accepted quantity",
    ),
    (
        "rma_line_received_within_approved",
        "exceeds_announced",
        "收到数量超过申请数量，多出的请按未申报商品登记",
        "more was counted than announced; count the rest as undeclared goods",
    ),
    (
        "rma_line_inspected_within_received",
        "exceeds_received",
        "质检数量超过已收数量",
        "more is inspected than was received",
    ),
    (
        "rma_line_dispositioned_once",
        "already_dispositioned",
        "这些商品已经处置过",
        "these goods are already disposed of",
    ),
    ("disposition_once", "already_dispositioned", "这些商品已经处置过", "these goods are already disposed of"),
    ("disposition.unit_group_id", "already_dispositioned", "这些商品已经处置过", "these goods are already disposed of"),
    ("disposition.corrects_id", "already_corrected", "该处置已更正过", "this disposition is already corrected"),
    (
        "stock_move_by_disposition",
        "stock_needs_disposition",
        "库存只能由处置改变",
        "stock changes only by a disposition",
    ),
    (
        "unit_group_serial_open",
        "serial_in_return",
        "该序列号已在另一个退换货中",
        "this serial is already in another return",
    ),
    ("unit_group.serial", "serial_in_return", "该序列号已在另一个退换货中", "this serial is already in another return"),
    (
        "unit_group_serial_is_one",
        "serial_is_one",
        "带序列号的商品一次只能登记一件",
        "goods with a serial are counted one by one",
    ),
    (
        "settlement_four_eyes",
        "four_eyes",
        "超过限额的款项不能由录入人自己批准",
        "above the limit, who keyed a settlement cannot approve it",
    ),
    (
        "settlement.platform_number",
        "platform_number_used",
        "该平台退款单号已登记过",
        "this refund of the platform is booked already",
    ),
    ("ledger_posting_balances", "books_do_not_balance", "分录借贷不平", "the posting does not sum to zero"),
    ("payout_one_live", "payout_under_way", "该款项已在支付中", "this settlement is already being paid"),
    ("payout.settlement_id", "payout_under_way", "该款项已在支付中", "this settlement is already being paid"),
    ("rma_final_is_immutable", "case_is_over", "该单已结束，不能再修改", "the case is over and cannot be changed"),
    ("outbound_shipped_has_waybill", "waybill_needed", "请填写运单号", "a waybill is needed"),
    ("outbound_waived_has_reason", "reason_needed", "请填写原因", "a reason is needed"),
    ("parcel_opened_after_signed", "sign_first", "请先签收包裹", "sign the parcel first"),
    ("decision.rma_id", "already_decided", "该步骤已经处理过", "this step is already decided"),
    ("task.rma_id", "already_open", "该任务已存在", "this task is already open"),
    ("event_is_append_only", "append_only", "记录不可修改", "the record cannot be changed"),
    ("event_is_kept", "append_only", "记录不可删除", "the record cannot be deleted"),
    ("rma.number", "number_taken", "该单号已存在", "this number is taken"),
    ("sales_order.shop_id", "order_exists", "该订单已存在", "this order exists already"),
    ("person.name", "name_taken", "该登录名已被使用", "this sign-in name is taken"),
    ("device.name", "name_taken", "已有同名的工位", "another station has this name"),
    ("shift_one_open", "station_taken", "该工位正由他人使用", "somebody else is at this station"),
    ("api_token.name", "name_taken", "该名称已被使用", "this name is taken"),
    (".code", "code_taken", "该编码已被使用", "this code is taken"),
    ("sku_barcode.barcode", "barcode_taken", "该条码已属于另一个商品", "this barcode belongs to another article"),
];
