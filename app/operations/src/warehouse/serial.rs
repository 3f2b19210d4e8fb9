//! Q4: a serial that comes back was shipped on that order, or is flagged as swapped; it is in one open return at most.

use domain::OrderLineId;
use store::Conn;

use crate::error::{Error, Refusal};

/// Most characters of a serial or lot.
const MAX_CODE_CHARS: usize = 100;

/// A serial or lot as it is stored: capitals, without spaces at the ends.
pub(super) fn code(text: &str, field: &str) -> Result<String, Error> {
    let code = text.trim().to_uppercase();
    if (1..=MAX_CODE_CHARS).contains(&code.chars().count()) && !code.chars().any(char::is_control) {
        return Ok(code);
    }
    let refusal = Refusal::new(
        "code_malformed",
        format!("序列号和批号不能为空，最长 {MAX_CODE_CHARS} 个字符"),
        format!("a serial or lot is not empty and has at most {MAX_CODE_CHARS} characters"),
    );
    Err(Error::invalid(refusal.at(field)))
}

/// Refuses a serial that was not shipped on the order line unless it is flagged as swapped. Gives whether it is.
pub(super) fn check(
    conn: &Conn,
    serial: &str,
    order_line: Option<OrderLineId>,
    flagged: bool,
    field: &str,
) -> Result<bool, Error> {
    let shipped = match order_line {
        Some(line) => store::unit_group::serial_was_shipped(conn, serial, line)?,
        None => false,
    };
    if shipped || flagged {
        return Ok(!shipped);
    }
    let refusal = Refusal::new(
        "serial_not_shipped",
        format!("序列号 {serial} 不是该订单发出的"),
        format!("serial {serial} was not shipped on this order"),
    )
    .help("如确认是被调换的商品，请标记为“已调换”", "flag it as swapped if another unit came back");
    Err(Error::conflict(refusal.at(field)))
}
