//! Which time shops keep, as a store that knows no zones needs it.

use std::collections::BTreeMap;

use domain::{ShopId, Timestamp};
use store::report::{Asked, Zone};

use crate::masters::Masters;
use crate::offsets::spans;

/// A board asked now: every shop with its offsets from UTC over the time that cases can lie in.
pub(crate) fn asked(masters: &Masters, now: Timestamp) -> Asked {
    let mut by_name: BTreeMap<&str, Vec<ShopId>> = BTreeMap::new();
    for shop in masters.shops() {
        by_name.entry(&shop.zone).or_default().push(shop.id);
    }
    let until_ms = now.ms() + 400 * 86_400_000;
    let zones = by_name.into_values().filter_map(|shops| {
        let first = *shops.first()?;
        let spans = spans(|ms| masters.offset_minutes(first, Timestamp::from_ms(ms)), until_ms);
        Some(Zone { shops, spans })
    });
    // No shop has this id: the offset of what belongs to none.
    let offset_minutes = masters.offset_minutes(ShopId::from_raw(0), now);
    Asked { now, zones: zones.collect(), offset_minutes }
}
