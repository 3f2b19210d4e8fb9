//! Components as keyed, checked line by line and as a whole.

use std::collections::BTreeMap;

use domain::settlement::{Basis, Component, ComponentKind, check};
use domain::state::Bearer;
use domain::{CarrierId, RmaLineId, SupplierId};
use serde::{Deserialize, Serialize};
use store::rma::RmaRow;

use super::caps::{CaseMoney, is_extra};
use super::words;
use crate::error::{Error, Refusal};

/// Most components of one settlement.
pub(super) const MAX_COMPONENTS: usize = 500;

/// One component as keyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewComponent {
    /// The case line it is for; goods and tax always name one, except what a platform refunded in one sum.
    pub line: Option<RmaLineId>,
    /// What for.
    pub kind: ComponentKind,
    /// Minor units, below zero when withheld.
    pub amount_minor: i64,
    /// Who bears it.
    pub bearer: Bearer,
    /// Which supplier bears it.
    pub supplier: Option<SupplierId>,
    /// Which carrier bears it.
    pub carrier: Option<CarrierId>,
    /// Why.
    pub note: String,
}

/// What the components add up to, minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) net_minor: i64,
    pub(super) freight_minor: i64,
    pub(super) extras_minor: i64,
    /// Goods and tax by line.
    pub(super) by_line: BTreeMap<RmaLineId, i64>,
}

/// Checks the components against every cap.
///
/// # Errors
/// The first cap that is exceeded, with what remains under it.
pub(super) fn sums(money: &CaseMoney, rma: &RmaRow, basis: Basis, components: &[NewComponent]) -> Result<Sums, Error> {
    if components.len() > MAX_COMPONENTS {
        let refusal = Refusal::new(
            "too_many",
            format!("一次结算最多 {MAX_COMPONENTS} 项"),
            format!("a settlement has at most {MAX_COMPONENTS} components"),
        );
        return Err(Error::invalid(refusal.at("components")));
    }
    let mut sums = Sums::default();
    for (index, part) in components.iter().enumerate() {
        add(&mut sums, money, basis, part, &format!("components[{index}]"))?;
    }
    let plain: Vec<Component> =
        components.iter().map(|part| Component { kind: part.kind, amount_minor: part.amount_minor }).collect();
    sums.net_minor = check(&plain, &money.caps(basis)).map_err(|refusal| words::refused(refusal, rma.currency))?;
    for (line, amount) in &sums.by_line {
        let row = money.line(*line, "components")?;
        let room = money.line_cap(row, basis).room_minor;
        if *amount > room {
            let place = components.iter().position(|part| part.line == Some(*line)).unwrap_or(0);
            return Err(words::exceeds_line(room, rma.currency, &format!("components[{place}]")));
        }
    }
    Ok(sums)
}

fn add(sums: &mut Sums, money: &CaseMoney, basis: Basis, part: &NewComponent, field: &str) -> Result<(), Error> {
    if let Some(line) = part.line {
        money.line(line, &format!("{field}.line"))?;
    }
    let goods = matches!(part.kind, ComponentKind::Goods | ComponentKind::Tax);
    match part.line {
        Some(line) if goods => {
            let sum = sums.by_line.entry(line).or_default();
            *sum = sum.saturating_add(part.amount_minor.max(0));
        }
        None if goods && basis != Basis::PlatformDecided => {
            let refusal =
                Refusal::new("line_needed", "商品和税费须指明所属行", "goods and tax name the line they are for");
            return Err(Error::invalid(refusal.at(format!("{field}.line"))));
        }
        _ => {}
    }
    if part.kind == ComponentKind::OutboundFreight {
        sums.freight_minor = sums.freight_minor.saturating_add(part.amount_minor.max(0));
    }
    if is_extra(part.kind) {
        sums.extras_minor = sums.extras_minor.saturating_add(part.amount_minor.max(0));
    }
    Ok(())
}
