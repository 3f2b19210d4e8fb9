//! What the platform has refunded is booked before we refund anything ourselves: else a customer is paid twice.

use domain::settlement::Basis;
use domain::{Money, RmaId};
use store::Conn;

use crate::error::{Error, Refusal};
use crate::external_case::ExternalStatus;

/// Refuses a refund of ours while a platform's refund of the case is not booked.
///
/// # Errors
/// `Conflict` with the platform's number and amount.
pub(super) fn check(conn: &Conn, rma: RmaId, basis: Basis, net_minor: i64) -> Result<(), Error> {
    if basis == Basis::PlatformDecided || net_minor == 0 {
        return Ok(());
    }
    let mut booked = store::external_case::booked_minor(conn, rma)?;
    for case in store::external_case::of_rma(conn, rma)? {
        if case.mapped_status != ExternalStatus::Refunded.as_str() {
            continue;
        }
        // Without an amount, any booking will do.
        let refunded = case.amount_minor.unwrap_or(1);
        if booked < refunded {
            let amount = case.amount_minor.zip(case.currency).map(|(minor, currency)| Money::new(minor, currency));
            return Err(refusal(&case.number, amount));
        }
        booked -= refunded;
    }
    Ok(())
}

fn refusal(number: &str, amount: Option<Money>) -> Error {
    let amount = amount.map(|amount| format!(" {} {}", amount.to_decimal_text(), amount.currency)).unwrap_or_default();
    let refusal = Refusal::new(
        "platform_has_refunded",
        format!("平台已在售后单 {number} 中退款{amount}，尚未登记"),
        format!("the platform has refunded{amount} in its case {number}, and that is not booked yet"),
    );
    Error::conflict(refusal.help(
        "请先以“平台裁定”登记该笔退款，余额才能再退",
        "book it first as decided by the platform; what remains can be refunded then",
    ))
}
