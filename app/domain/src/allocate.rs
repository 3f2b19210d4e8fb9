//! Shares that sum exactly: the largest-remainder method.

/// Splits `total` over `weights` so that the shares sum to `total` exactly.
///
/// Each share is the exact proportion rounded down or up; what rounding down leaves goes to the largest remainders,
/// earlier first on a tie. All-zero weights share equally. A negative total is split as its magnitude, then negated.
/// Weights below zero count as zero. An empty list gives an empty list.
#[must_use]
pub fn allocate(total: i64, weights: &[i64]) -> Vec<i64> {
    if weights.is_empty() {
        return Vec::new();
    }
    let mut weights: Vec<i128> = weights.iter().map(|weight| i128::from((*weight).max(0))).collect();
    let mut sum: i128 = weights.iter().sum();
    if sum == 0 {
        weights.iter_mut().for_each(|weight| *weight = 1);
        sum = i128::try_from(weights.len()).unwrap_or(1);
    }
    let magnitude = i128::from(total).abs();
    let mut shares: Vec<i128> = weights.iter().map(|weight| magnitude * weight / sum).collect();
    let mut order: Vec<(usize, i128)> = weights.iter().map(|weight| magnitude * weight % sum).enumerate().collect();
    order.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
    let left_over = magnitude - shares.iter().sum::<i128>();
    for (index, _) in order.into_iter().take(usize::try_from(left_over).unwrap_or(0)) {
        if let Some(share) = shares.get_mut(index) {
            *share += 1;
        }
    }
    let sign: i128 = if total < 0 { -1 } else { 1 };
    shares.into_iter().map(|share| i64::try_from(sign * share).unwrap_or(0)).collect()
}

/// The part of `paid` that belongs to the units `already .. already + quantity` of `ordered` like units.
///
/// Parts for disjoint ranges that cover all units sum to `paid`, whatever the order they are asked in: each is the
/// difference of two cumulative shares, so the last unit takes the remainder.
#[must_use]
pub fn share_of_units(paid_minor: i64, ordered: i64, already: i64, quantity: i64) -> i64 {
    if ordered <= 0 {
        return 0;
    }
    let upto = |units: i64| {
        let units = i128::from(units.clamp(0, ordered));
        i128::from(paid_minor) * units / i128::from(ordered)
    };
    i64::try_from(upto(already.saturating_add(quantity)) - upto(already)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_shares() {
        assert_eq!(allocate(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(allocate(-100, &[1, 1, 1]), [-34, -33, -33]);
        assert_eq!(allocate(10, &[0, 0]), [5, 5]);
        assert_eq!(allocate(5, &[3, 0, -2]), [5, 0, 0]);
        assert_eq!(allocate(7, &[]), Vec::<i64>::new());
        assert_eq!(share_of_units(8999, 3, 0, 1), 2999);
        assert_eq!(share_of_units(8999, 3, 2, 1), 3000);
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_total(total in any::<i64>(), weights in proptest::collection::vec(0i64..1_000_000_000, 1..40)) {
            let shares = allocate(total, &weights);
            prop_assert_eq!(shares.iter().map(|share| i128::from(*share)).sum::<i128>(), i128::from(total));
        }

        #[test]
        fn unit_shares_cover_the_line(paid in 0i64..1_000_000_000_000, ordered in 1i64..500, cut in 0i64..500) {
            let cut = cut.min(ordered);
            prop_assert_eq!(share_of_units(paid, ordered, 0, cut) + share_of_units(paid, ordered, cut, ordered - cut), paid);
        }
    }
}
