//! Why a settlement does not fit, in words with what remains.

use domain::settlement::SettlementRefusal;
use domain::{Currency, Money};

use crate::error::{Error, Refusal};

/// The words of a refusal.
pub(super) fn refused(refusal: SettlementRefusal, currency: Currency) -> Error {
    let money = |minor: i64| Money::new(minor, currency).to_string();
    match refusal {
        SettlementRefusal::Empty => Error::invalid(
            Refusal::new("empty", "请至少录入一项不为零的金额", "key at least one amount that is not zero")
                .at("components"),
        ),
        SettlementRefusal::WrongSign { kind } => Error::invalid(
            Refusal::new(
                "wrong_sign",
                "扣减和手续费应为负数，其他款项应为正数",
                "deductions and fees are below zero, everything else above",
            )
            .help(format!("请检查款项“{kind}”的正负号"), format!("check the sign of `{kind}`"))
            .at("components"),
        ),
        SettlementRefusal::NetNegative => Error::conflict(
            Refusal::new("net_negative", "扣减不能超过退款本身", "what is withheld cannot exceed the refund").help(
                "差额请登记为顾客应付款；未经顾客同意不会收取",
                "book the difference as a receivable; nothing is charged without the customer's consent",
            ),
        ),
        SettlementRefusal::ExceedsBasis { remaining_minor } => exceeds(
            "exceeds_basis",
            ("按该依据，商品和税费还可退", "on this basis, goods and tax may still be refunded up to"),
            money(remaining_minor),
        ),
        SettlementRefusal::ExceedsFreight { remaining_minor } => exceeds(
            "exceeds_freight",
            ("该订单的发货运费还可退", "of the order's outbound freight, this may still be refunded:"),
            money(remaining_minor),
        ),
        SettlementRefusal::ExceedsCompensation { remaining_minor } => exceeds(
            "exceeds_compensation",
            ("补偿预算还剩", "of the budget for compensation, this is left:"),
            money(remaining_minor),
        ),
        SettlementRefusal::ExceedsCaptured { remaining_minor } => exceeds(
            "exceeds_captured",
            ("该订单实收金额中还可退", "of what was paid for the order, this may still be refunded:"),
            money(remaining_minor),
        ),
        SettlementRefusal::TooLarge => {
            Error::invalid(Refusal::new("too_large", "金额过大", "the amount is too large").at("components"))
        }
    }
}

/// The words of a line's own cap.
pub(super) fn exceeds_line(room_minor: i64, currency: Currency, field: &str) -> Error {
    let money = Money::new(room_minor, currency).to_string();
    let refusal = Refusal::new(
        "exceeds_line",
        format!("该行按此依据还可退 {money}"),
        format!("on this basis, the line may still be refunded up to {money}"),
    );
    Error::conflict(refusal.at(field))
}

fn exceeds(code: &'static str, words: (&str, &str), money: String) -> Error {
    let refusal = Refusal::new(code, format!("{} {money}", words.0), format!("{} {money}", words.1));
    Error::conflict(refusal.at("components"))
}
