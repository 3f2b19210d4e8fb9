//! Which carrier a waybill can be of: by its shape and, where the carrier has one, its check digit; both master data.

use domain::{CarrierId, Text};
use engine::expr::Pattern;
use store::Conn;
use store::master::CarrierRow;
use store::rma::RmaRow;

use crate::definitions::Definitions;
use crate::error::{Error, Refusal};

/// What a waybill looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// Carriers it can be of, in their order.
    pub carriers: Vec<CarrierId>,
    /// What seems wrong with it, when it has the shape of one carrier's numbers and yet cannot be one.
    pub doubt: Option<Text>,
}

/// Which carriers a waybill (as stored) can be of.
#[must_use]
pub fn looks(definitions: &Definitions, waybill: &str) -> Looks {
    let active = definitions.masters.carriers().iter().filter(|carrier| carrier.active);
    let shaped: Vec<&CarrierRow> = active.filter(|carrier| has_shape(carrier, waybill) == Some(true)).collect();
    let (fit, misprinted): (Vec<_>, Vec<_>) =
        shaped.into_iter().partition(|carrier| carrier.check_digit.holds(waybill));
    let doubt = misprinted.first().filter(|_| fit.is_empty()).map(|carrier| wrong_digit(carrier).message);
    Looks { carriers: fit.into_iter().map(|carrier| carrier.id).collect(), doubt }
}

/// Whether a waybill has the shape of a carrier's; `None` when the master data do not say.
fn has_shape(carrier: &CarrierRow, waybill: &str) -> Option<bool> {
    let pattern = Pattern::new(carrier.tracking_pattern.as_str());
    // A pattern that cannot be read is the business admin's to mend, not the customer's to suffer.
    let sound = !carrier.tracking_pattern.is_empty() && pattern.problem().is_none();
    sound.then(|| pattern.matches(waybill))
}

fn wrong_digit(carrier: &CarrierRow) -> Refusal {
    Refusal::new(
        "waybill_check_digit",
        format!("这不是有效的{}运单号，可能抄错了一位", carrier.name.zh),
        format!("this is no waybill of {}: a digit may be wrong", carrier.name.en),
    )
}

/// Refuses a waybill that cannot be of the chosen carrier. Without a carrier every number is taken: typing it in by hand
/// always works.
///
/// # Errors
/// `Invalid`.
pub(crate) fn check(definitions: &Definitions, carrier: Option<CarrierId>, waybill: &str) -> Result<(), Error> {
    let Some(id) = carrier else { return Ok(()) };
    let known = definitions.masters.carriers().iter().find(|row| row.id == id && row.active);
    let Some(carrier) = known else {
        let refusal = Refusal::new("no_such_carrier", "没有这个快递公司", "there is no such carrier");
        return Err(Error::invalid(refusal.at("carrier")));
    };
    let refusal = match has_shape(carrier, waybill) {
        Some(false) => Refusal::new(
            "waybill_not_of_carrier",
            format!("{} 的运单号不是这种格式", carrier.name.zh),
            format!("waybills of {} do not look like this", carrier.name.en),
        ),
        _ if !carrier.check_digit.holds(waybill) => wrong_digit(carrier),
        _ => return Ok(()),
    };
    let refusal = refusal.help(
        "请对照面单核对运单号；不确定快递公司时可以不选",
        "compare it with the label; when the carrier is not certain, choose none",
    );
    Err(Error::invalid(refusal.at("waybill")))
}

/// Refuses the case's own number or its order's in the place of a waybill.
pub(crate) fn check_not_ours(conn: &Conn, rma: &RmaRow, waybill: &str) -> Result<(), Error> {
    let same = |number: &str| number.to_uppercase() == waybill;
    let order = match rma.order_id {
        Some(order) => store::order::find(conn, order)?.is_some_and(|order| same(&order.number)),
        None => false,
    };
    if !order && !same(&rma.number) {
        return Ok(());
    }
    let refusal = Refusal::new(
        "waybill_is_ours",
        "这是订单号或退换货单号，不是快递单号",
        "this is the number of the order or the return, not a waybill",
    )
    .help("请填写快递面单上的号码", "enter the number on the carrier's label");
    Err(Error::invalid(refusal.at("waybill")))
}
