//! Which cases an unknown parcel may belong to: scored by what its waybill is like, how the phone on its label ends, and
//! what was scanned in it. The score and its signs are told; a person decides.

use std::collections::BTreeMap;

use domain::{ParcelId, RmaId, SkuId, Text};
use store::Conn;
use store::parcel::ParcelRow;

use super::read::SEE_PARCELS;
use crate::actor::Actor;
use crate::error::Error;
use crate::gate;

/// Cases that are suggested.
const MAX_SUGGESTED: usize = 10;
/// Awaited waybills that are compared, newest first.
const MAX_AWAITED: u32 = 20_000;
/// Cases that one sign brings.
const MAX_OF_SIGN: u32 = 500;
/// The most a score can be.
const FULL: u32 = 100;
/// A waybill's common end of fewer letters says nothing: day and city stand at its front.
const MIN_COMMON_END: usize = 6;

/// Which sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Its waybill is like the parcel's.
    Waybill,
    /// The buyer's phone ends like the one on the label.
    PhoneTail,
    /// It waits for what was scanned in the parcel.
    Goods,
}

/// A sign that a parcel belongs to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which.
    pub sign: Sign,
    /// Its part of the score.
    pub points: u32,
    /// In words.
    pub text: Text,
}

/// A case that a parcel may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The case.
    pub rma: RmaId,
    /// Its human number.
    pub number: String,
    /// The names of the goods it waits for.
    pub goods: Vec<String>,
    /// 1 to 100.
    pub score: u32,
    /// The signs, the strongest first.
    pub reasons: Vec<Reason>,
}

/// The cases a parcel may belong to, the likeliest first. Those it belongs to are left out, and those of shops and places
/// that the actor does not reach.
///
/// # Errors
/// `NotFound`, the store's.
pub fn suggest(conn: &Conn, actor: &Actor, id: ParcelId) -> Result<Vec<Suggestion>, Error> {
    let known = super::read::parcel(conn, actor, id)?;
    let parcel = &known.parcel.parcel;
    let mut signs: BTreeMap<RmaId, Vec<Reason>> = BTreeMap::new();
    by_waybill(conn, parcel, &mut signs)?;
    by_phone(conn, parcel, &mut signs)?;
    by_goods(conn, parcel, &mut signs)?;
    let own: Vec<RmaId> = store::parcel::cases(conn, id)?.into_iter().map(|case| case.rma_id).collect();
    let mut scored: Vec<(u32, RmaId, Vec<Reason>)> = signs
        .into_iter()
        .filter(|(rma, _)| !own.contains(rma))
        .map(|(rma, mut reasons)| {
            reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points));
            (score(&reasons), rma, reasons)
        })
        .collect();
    scored.sort_by_key(|(score, rma, _)| (std::cmp::Reverse(*score), std::cmp::Reverse(*rma)));
    let scope = gate::rows_any(actor, &SEE_PARCELS);
    let mut suggested = Vec::new();
    for (score, rma, reasons) in scored {
        let Some(case) = store::parcel_match::open_case(conn, rma)? else { continue };
        if !scope.touches(Some(case.shop_id), parcel.warehouse_id) {
            continue;
        }
        let goods = store::parcel_match::awaited_skus(conn, rma)?.into_iter().map(|(_, name)| name).collect();
        suggested.push(Suggestion { rma, number: case.number, goods, score, reasons });
        if suggested.len() == MAX_SUGGESTED {
            break;
        }
    }
    Ok(suggested)
}

fn score(reasons: &[Reason]) -> u32 {
    reasons.iter().map(|reason| reason.points).sum::<u32>().min(FULL)
}

fn by_waybill(conn: &Conn, parcel: &ParcelRow, signs: &mut BTreeMap<RmaId, Vec<Reason>>) -> Result<(), Error> {
    for awaited in store::parcel_match::awaited(conn, MAX_AWAITED)? {
        let Some(points) = alike(&parcel.waybill, &awaited.waybill) else { continue };
        let reasons = signs.entry(awaited.rma_id).or_default();
        if reasons.iter().any(|reason| reason.sign == Sign::Waybill && reason.points >= points) {
            continue;
        }
        reasons.retain(|reason| reason.sign != Sign::Waybill);
        let text = Text::new(
            format!("在等运单 {}，与面单相近", awaited.waybill),
            format!("it waits for waybill {}, which is like the label's", awaited.waybill),
        );
        reasons.push(Reason { sign: Sign::Waybill, points, text });
    }
    Ok(())
}

/// How much two different waybills are alike: a slip or two, one inside the other, the same end.
fn alike(left: &str, right: &str) -> Option<u32> {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let shorter = left.len().min(right.len());
    if shorter < MIN_COMMON_END {
        return None;
    }
    match distance_within(&left, &right, 2) {
        Some(0 | 1) => return Some(70),
        Some(_) => return Some(50),
        None => {}
    }
    let (long, short) = if left.len() >= right.len() { (&left, &right) } else { (&right, &left) };
    if short.len() >= 8 && long.windows(short.len()).any(|part| part == short.as_slice()) {
        return Some(60);
    }
    let common = left.iter().rev().zip(right.iter().rev()).take_while(|(one, other)| one == other).count();
    (common >= MIN_COMMON_END).then_some(35)
}

// Insertions, deletions and replacements that turn one into the other, if they are at most `most`.
fn distance_within(left: &[char], right: &[char], most: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, one) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let replaced = last[column] + usize::from(one != other);
            line.push(replaced.min(last[column + 1] + 1).min(line[column] + 1));
        }
        if line.iter().all(|distance| *distance > most) {
            return None;
        }
        last = line;
    }
    last.last().copied().filter(|distance| *distance <= most)
}

fn by_phone(conn: &Conn, parcel: &ParcelRow, signs: &mut BTreeMap<RmaId, Vec<Reason>>) -> Result<(), Error> {
    let given = parcel.phone_tail.as_str();
    let Some(four) = given.len().checked_sub(4).and_then(|from| given.get(from..)) else { return Ok(()) };
    for (rma, phone) in store::parcel_match::by_phone_tail(conn, four, MAX_OF_SIGN)? {
        let digits: Option<String> = phone.map(|phone| phone.chars().filter(char::is_ascii_digit).collect());
        // A phone that is kept masked tells its tail and no more.
        let whole = digits.filter(|digits| digits.len() >= given.len());
        let points = match whole {
            Some(digits) if !digits.ends_with(given) => continue,
            Some(_) if given.len() >= 7 => 60,
            _ => 40,
        };
        let reasons = signs.entry(rma).or_default();
        if reasons.iter().all(|reason| reason.sign != Sign::PhoneTail) {
            let text = Text::new(
                format!("买家手机尾号同为 {four}"),
                format!("the buyer's phone ends in {four} as on the label"),
            );
            reasons.push(Reason { sign: Sign::PhoneTail, points, text });
        }
    }
    Ok(())
}

fn by_goods(conn: &Conn, parcel: &ParcelRow, signs: &mut BTreeMap<RmaId, Vec<Reason>>) -> Result<(), Error> {
    let scanned = store::parcel_match::scanned_skus(conn, parcel.id)?;
    if scanned.is_empty() {
        return Ok(());
    }
    let mut waiting: BTreeMap<RmaId, Vec<SkuId>> = BTreeMap::new();
    for goods in store::parcel_match::by_goods(conn, &scanned, MAX_OF_SIGN)? {
        waiting.entry(goods.rma_id).or_default().push(goods.sku_id);
    }
    for (rma, common) in waiting {
        let awaited = store::parcel_match::awaited_skus(conn, rma)?.len().max(common.len());
        let all = scanned.len() + awaited - common.len();
        // The same set of articles is worth most; the more strangers on either side, the less.
        let part = |most: usize| u32::try_from(most * common.len() / all.max(1)).unwrap_or(0);
        let points = part(40).max(5);
        let text = Text::new(
            format!("在等其中 {} 种商品（包裹内扫到 {} 种）", common.len(), scanned.len()),
            format!("it waits for {} of the {} articles scanned in the parcel", common.len(), scanned.len()),
        );
        signs.entry(rma).or_default().push(Reason { sign: Sign::Goods, points, text });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expect: Option<u32>) {
        assert_eq!(alike(left, right), expect, "{left} {right}");
        assert_eq!(alike(right, left), expect, "{right} {left}");
    }

    #[test]
    fn waybills_are_alike_by_slips_parts_and_ends() {
        check("SF1234567890", "SF1234567890", Some(70));
        check("SF1234567890", "SF1234567898", Some(70));
        check("SF1234567890", "SF123456789", Some(70));
        check("SF1234567890", "SF1234567", Some(60));
        check("SF1234567890", "SF1234576890", Some(50));
        check("SF1234567890", "XXXX1234567890", Some(35));
        check("SF1234567890", "JD0SF1234567890", Some(60));
        check("SF1234567890", "YT9990567890", Some(35));
        check("SF1234567890", "YT9999999990", None);
        check("123", "123", None);
    }
}
