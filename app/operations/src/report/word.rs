//! The core's closed words on boards. The desk says the same on its chips.

use domain::Text;

/// A word of a closed list; `None` for lists that are data.
pub(super) fn of(what: &str, code: &str) -> Option<Text> {
    let (zh, en) = match what {
        "case_state" => case_state(code)?,
        "goods_state" => goods_state(code)?,
        "money_state" => money_state(code)?,
        "kind" => kind(code)?,
        "settlement_state" | "basis" | "means" => settlement(what, code)?,
        "origin" | "verdict" => origin(what, code)?,
        "task_kind" | "task_state" => task(what, code)?,
        "parcel_state" | "parcel_direction" => parcel(what, code)?,
        _ => return None,
    };
    Some(Text::new(zh, en))
}

type Words = Option<(&'static str, &'static str)>;

fn case_state(code: &str) -> Words {
    Some(match code {
        "submitted" => ("审批中", "In review"),
        "needs_info" => ("待补充", "Needs information"),
        "in_progress" => ("处理中", "In progress"),
        "rejected" => ("已拒绝", "Rejected"),
        "withdrawn" => ("已撤回", "Withdrawn"),
        "closed" => ("已完结", "Closed"),
        _ => return None,
    })
}

fn goods_state(code: &str) -> Words {
    Some(match code {
        "none_expected" => ("无需寄回", "None expected"),
        "awaiting" => ("待寄回", "Awaited"),
        "in_transit" => ("运输中", "In transit"),
        "arrived" => ("已签收", "Arrived"),
        "partly_received" => ("部分收到", "Partly received"),
        "received" => ("已收齐", "Received"),
        "inspected" => ("已质检", "Inspected"),
        "dispositioned" => ("已处置", "Disposed of"),
        _ => return None,
    })
}

fn money_state(code: &str) -> Words {
    Some(match code {
        "none" => ("无款项", "None due"),
        "open" => ("未定", "Open"),
        "proposed" => ("待批准", "To be approved"),
        "approved" => ("待付款", "To be paid"),
        "executing" => ("付款中", "Being paid"),
        "unknown" => ("结果未知", "Outcome unknown"),
        "failed" => ("付款失败", "Payment failed"),
        "settled" => ("已结清", "Settled"),
        _ => return None,
    })
}

fn kind(code: &str) -> Words {
    Some(match code {
        "unshipped_refund" => ("未发货仅退款", "Refund before shipping"),
        "shipped_refund" => ("已发货仅退款", "Refund, keep the goods"),
        "return_refund" => ("退货退款", "Return and refund"),
        "exchange" => ("换货", "Exchange"),
        "reship" => ("补发", "Send again"),
        "repair" => ("维修", "Repair"),
        "price_difference" => ("退差价", "Price difference"),
        "compensation" => ("补偿", "Compensation"),
        "refused" => ("拒收", "Refused at the door"),
        "intercepted" => ("拦截", "Stopped in transit"),
        "advance_refund" => ("先行退款", "Refund in advance"),
        _ => return None,
    })
}

fn settlement(what: &str, code: &str) -> Words {
    Some(match (what, code) {
        ("settlement_state", "proposed") => ("待批准", "To be approved"),
        ("settlement_state", "approved") => ("待付款", "To be paid"),
        ("settlement_state", "executing") => ("付款中", "Being paid"),
        ("settlement_state", "settled") => ("已结清", "Settled"),
        ("settlement_state", "cancelled") => ("已取消", "Cancelled"),
        ("basis", "counted") => ("按验收数量", "As accepted"),
        ("basis", "unshipped") => ("未发货部分", "Never shipped"),
        ("basis", "waived") => ("无需退货", "Goods are kept"),
        ("basis", "advanced") => ("先退后收", "Before the goods come"),
        ("basis", "platform_decided") => ("平台已退", "Paid by the platform"),
        ("basis", "compensation") => ("补偿额度", "Compensation budget"),
        ("means", "original") => ("原路退回", "The way it was paid"),
        ("means", "credit") => ("账户余额", "Store credit"),
        ("means", "manual") => ("线下付款", "By hand"),
        ("means", "platform") => ("平台付款", "By the platform"),
        ("means", "none") => ("无需付款", "Nothing to pay"),
        _ => return None,
    })
}

fn origin(what: &str, code: &str) -> Words {
    Some(match (what, code) {
        ("origin", "filed") => ("在此申请", "Filed here"),
        ("origin", "imported") => ("历史导入", "Imported history"),
        ("origin", "platform") => ("平台售后", "From the platform"),
        ("verdict", "auto_agree") => ("自动同意", "Agreed by policy"),
        ("verdict", "review") => ("需要审核", "A person decides"),
        ("verdict", "refuse") => ("不符合政策", "Not eligible"),
        _ => return None,
    })
}

fn task(what: &str, code: &str) -> Words {
    Some(match (what, code) {
        ("task_kind", "approve") => ("审批", "Approval"),
        ("task_kind", "work") => ("办理", "Work"),
        ("task_kind", "info") => ("补充资料", "Information"),
        ("task_kind", "rule") => ("规则待办", "From a rule"),
        ("task_kind", "conflict") => ("平台冲突", "Platform conflict"),
        ("task_state", "open") => ("待处理", "Open"),
        ("task_state", "done") => ("已完成", "Done"),
        ("task_state", "cancelled") => ("已取消", "Cancelled"),
        _ => return None,
    })
}

fn parcel(what: &str, code: &str) -> Words {
    Some(match (what, code) {
        ("parcel_state", "announced") => ("已登记运单", "Announced"),
        ("parcel_state", "signed") => ("已签收", "Signed for"),
        ("parcel_state", "opened") => ("已开箱清点", "Opened and counted"),
        ("parcel_direction", "return") => ("顾客退回", "Return"),
        ("parcel_direction", "outbound_back") => ("发货退回", "Outbound sent back"),
        ("parcel_direction", "unknown") => ("未知", "Unknown"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use domain::LineKind;
    use domain::settlement::Basis;
    use domain::state::{CaseState, GoodsState, MoneyState, Origin, ParcelState, SettlementState, Verdict};

    use super::of;

    #[track_caller]
    fn check<'c>(what: &str, codes: impl IntoIterator<Item = &'c str>) {
        for code in codes {
            let word = of(what, code).unwrap_or_else(|| panic!("{what} {code} has no name"));
            assert!(!word.zh.is_empty() && !word.en.is_empty());
        }
    }

    #[test]
    fn every_closed_word_has_a_name() {
        check("case_state", CaseState::ALL.iter().map(|code| code.as_str()));
        check("goods_state", GoodsState::ALL.iter().map(|code| code.as_str()));
        check("money_state", MoneyState::ALL.iter().map(|code| code.as_str()));
        check("kind", LineKind::ALL.iter().map(|code| code.as_str()));
        check("origin", Origin::ALL.iter().map(|code| code.as_str()));
        check("verdict", Verdict::ALL.iter().map(|code| code.as_str()));
        check("basis", Basis::ALL.iter().map(|code| code.as_str()));
        check("settlement_state", SettlementState::ALL.iter().map(|code| code.as_str()));
        check("parcel_state", ParcelState::ALL.iter().map(|code| code.as_str()));
        assert_eq!(of("reason", "size"), None);
    }
}
