//! What was paid for each line. Totals are shared by largest remainder, so that the lines sum to the order exactly.

use domain::allocate::allocate;

/// What is known of a line's money, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineMoney {
    /// Base units.
    pub quantity: i64,
    /// Price of one unit before discounts.
    pub unit_price_minor: i64,
    /// Discounts on the line.
    pub discount_minor: i64,
    /// Paid, tax and freight included.
    pub paid_minor: Option<i64>,
    /// Tax.
    pub tax_minor: Option<i64>,
    /// Freight.
    pub freight_minor: Option<i64>,
    /// Whether it was given; nothing is shared to it while another line can bear it.
    pub is_gift: bool,
}

/// What is known of an order's money, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Paid in all.
    pub captured_minor: Option<i64>,
    /// Tax in all.
    pub tax_minor: Option<i64>,
    /// Freight in all.
    pub freight_minor: Option<i64>,
}

/// What was paid for a line, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paid {
    /// For the goods, after discounts.
    pub goods_minor: i64,
    /// As tax.
    pub tax_minor: i64,
    /// As freight.
    pub freight_minor: i64,
}

impl Paid {
    /// All of it.
    #[must_use]
    pub const fn total_minor(&self) -> i64 {
        self.goods_minor.saturating_add(self.tax_minor).saturating_add(self.freight_minor)
    }
}

/// Why the money of an order does not add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The lines' taxes do not sum to the order's.
    Tax {
        /// What the lines sum to.
        lines_minor: i64,
    },
    /// The lines' freights do not sum to the order's.
    Freight {
        /// What the lines sum to.
        lines_minor: i64,
    },
    /// The lines do not sum to what was paid.
    Captured {
        /// What the lines sum to.
        lines_minor: i64,
    },
    /// A line's tax and freight are more than what was paid for it.
    Line {
        /// Which, from 0.
        index: usize,
    },
}

/// Finds what was paid for each line.
///
/// # Errors
/// The first `Mismatch`.
pub fn share(lines: &[LineMoney], totals: &Totals) -> Result<Vec<Paid>, Mismatch> {
    let tax =
        fill(lines, |line| line.tax_minor, totals.tax_minor).map_err(|lines_minor| Mismatch::Tax { lines_minor })?;
    let freight = fill(lines, |line| line.freight_minor, totals.freight_minor)
        .map_err(|lines_minor| Mismatch::Freight { lines_minor })?;
    let extras: Vec<i64> = tax.iter().zip(&freight).map(|(tax, freight)| tax.saturating_add(*freight)).collect();
    let mut known = Vec::with_capacity(lines.len());
    for (index, (line, extra)) in lines.iter().zip(&extras).enumerate() {
        let goods = line.paid_minor.map(|paid| paid.saturating_sub(*extra));
        if goods.is_some_and(|goods| goods < 0) {
            return Err(Mismatch::Line { index });
        }
        known.push(goods);
    }
    let goods = match totals.captured_minor {
        Some(captured) => goods_of_total(lines, &known, &extras, captured)?,
        None => known.iter().zip(lines).map(|(known, line)| known.unwrap_or_else(|| weight(line))).collect(),
    };
    let parts = goods.into_iter().zip(tax).zip(freight);
    Ok(parts.map(|((goods_minor, tax_minor), freight_minor)| Paid { goods_minor, tax_minor, freight_minor }).collect())
}

/// Splits what was paid for a bundle over its parts by their weights.
#[must_use]
pub fn split(paid: &Paid, weights: &[i64]) -> Vec<Paid> {
    let goods = allocate(paid.goods_minor, weights);
    let tax = allocate(paid.tax_minor, weights);
    let freight = allocate(paid.freight_minor, weights);
    let parts = goods.into_iter().zip(tax).zip(freight);
    parts.map(|((goods_minor, tax_minor), freight_minor)| Paid { goods_minor, tax_minor, freight_minor }).collect()
}

// The lines' own amounts, the rest of the total shared over those without one. Err: what the lines sum to.
fn fill(lines: &[LineMoney], own: fn(&LineMoney) -> Option<i64>, total: Option<i64>) -> Result<Vec<i64>, i64> {
    let named = lines.iter().filter_map(own).fold(0_i64, i64::saturating_add);
    let Some(total) = total else { return Ok(lines.iter().map(|line| own(line).unwrap_or(0)).collect()) };
    let rest = total.saturating_sub(named);
    let open: Vec<i64> = lines.iter().filter(|line| own(line).is_none()).map(weight).collect();
    if rest < 0 || (open.is_empty() && rest != 0) {
        return Err(named);
    }
    let mut shares = allocate(rest, &open).into_iter();
    Ok(lines.iter().map(|line| own(line).unwrap_or_else(|| shares.next().unwrap_or(0))).collect())
}

fn goods_of_total(
    lines: &[LineMoney],
    known: &[Option<i64>],
    extras: &[i64],
    captured: i64,
) -> Result<Vec<i64>, Mismatch> {
    let spent = extras.iter().chain(known.iter().flatten()).fold(0_i64, |sum, part| sum.saturating_add(*part));
    let rest = captured.saturating_sub(spent);
    let open: Vec<i64> =
        lines.iter().zip(known).filter(|(_, known)| known.is_none()).map(|(line, _)| weight(line)).collect();
    if rest < 0 || (open.is_empty() && rest != 0) {
        return Err(Mismatch::Captured { lines_minor: spent });
    }
    let mut shares = allocate(rest, &open).into_iter();
    Ok(known.iter().map(|known| known.unwrap_or_else(|| shares.next().unwrap_or(0))).collect())
}

fn weight(line: &LineMoney) -> i64 {
    if line.is_gift {
        return 0;
    }
    line.unit_price_minor.saturating_mul(line.quantity).saturating_sub(line.discount_minor).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: LineMoney = LineMoney {
        quantity: 1,
        unit_price_minor: 1_000,
        discount_minor: 0,
        paid_minor: None,
        tax_minor: None,
        freight_minor: None,
        is_gift: false,
    };

    #[track_caller]
    fn check(lines: &[LineMoney], totals: Totals, expect: Result<&[(i64, i64, i64)], Mismatch>) {
        let paid = share(lines, &totals);
        let paid = paid.map(|paid| {
            paid.iter().map(|paid| (paid.goods_minor, paid.tax_minor, paid.freight_minor)).collect::<Vec<_>>()
        });
        assert_eq!(paid, expect.map(<[_]>::to_vec));
    }

    fn totals(captured: i64, tax: i64, freight: i64) -> Totals {
        Totals { captured_minor: Some(captured), tax_minor: Some(tax), freight_minor: Some(freight) }
    }

    #[test]
    fn totals_are_shared_to_the_cent() {
        check(&[LINE, LINE, LINE], totals(1_001, 10, 100), Ok(&[(297, 4, 34), (297, 3, 33), (297, 3, 33)]));
        let gift = LineMoney { is_gift: true, ..LINE };
        check(&[LINE, gift], totals(900, 0, 10), Ok(&[(890, 0, 10), (0, 0, 0)]));
        check(&[gift], totals(5, 0, 0), Ok(&[(5, 0, 0)]));
    }

    #[test]
    fn lines_that_know_their_money_keep_it() {
        let known = LineMoney { paid_minor: Some(500), tax_minor: Some(20), freight_minor: Some(30), ..LINE };
        check(&[known, LINE], totals(1_200, 30, 50), Ok(&[(450, 20, 30), (670, 10, 20)]));
        check(&[known], Totals::default(), Ok(&[(450, 20, 30)]));
        check(&[LINE], Totals::default(), Ok(&[(1_000, 0, 0)]));
    }

    #[test]
    fn sums_that_differ_are_refused() {
        let known = LineMoney { paid_minor: Some(500), tax_minor: Some(20), freight_minor: Some(30), ..LINE };
        check(&[known], totals(501, 20, 30), Err(Mismatch::Captured { lines_minor: 500 }));
        check(&[known], totals(500, 21, 30), Err(Mismatch::Tax { lines_minor: 20 }));
        check(&[known], totals(500, 20, 29), Err(Mismatch::Freight { lines_minor: 30 }));
        check(&[LINE], totals(10, 5, 6), Err(Mismatch::Captured { lines_minor: 11 }));
        let short = LineMoney { paid_minor: Some(49), ..known };
        check(&[short], Totals::default(), Err(Mismatch::Line { index: 0 }));
    }

    #[test]
    fn a_bundle_s_parts_sum_to_it() {
        let paid = Paid { goods_minor: 10_001, tax_minor: 7, freight_minor: 100 };
        let parts = split(&paid, &[3, 2, 1]);
        assert_eq!(parts.iter().map(Paid::total_minor).sum::<i64>(), paid.total_minor());
        assert_eq!(parts.first(), Some(&Paid { goods_minor: 5_000, tax_minor: 4, freight_minor: 50 }));
    }
}
