//! Master data in memory: what every command needs and few commands change.

use std::collections::HashMap;

use domain::{CalendarId, GradeId, LocalDate, ReasonId, ShopId, Text, Timestamp, WarehouseId};
use engine::calendar::{Calendar, Frame, SpecialDay, Week};
use jiff::tz::TimeZone;
use store::Conn;
pub use store::master::{CarrierRow, GradeRow, ReasonRow, ShopRow, WarehouseRow};
pub use store::shop_portal::ShopPortalRow;

use crate::error::Error;
use crate::offsets::{self, Offsets};

/// A snapshot of the master tables; replaced as a whole when one of them changes.
#[derive(Debug, Default)]
pub struct Masters {
    shops: Vec<ShopRow>,
    warehouses: Vec<WarehouseRow>,
    reasons: Vec<ReasonRow>,
    grades: Vec<GradeRow>,
    carriers: Vec<CarrierRow>,
    portals: Vec<ShopPortalRow>,
    zones: HashMap<ShopId, TimeZone>,
    offsets: HashMap<ShopId, Offsets>,
    calendars: HashMap<CalendarId, Calendar>,
}

impl Masters {
    /// Reads all master tables; zones are worked out up to ten years and more after `now`.
    ///
    /// # Errors
    /// The store's.
    pub fn load(conn: &Conn, now: Timestamp) -> Result<Self, Error> {
        let shops = store::master::shops(conn)?;
        let zones: HashMap<ShopId, TimeZone> = shops.iter().map(|shop| (shop.id, zone(&shop.zone))).collect();
        let until = now.plus_ms(11 * 366 * 86_400_000);
        let offsets_of = |zone: &TimeZone| offsets::of(|at| offset_minutes(zone, at), until);
        let calendars = store::master::calendars(conn)?;
        let calendars = calendars.iter().map(|row| (row.id, working_calendar(row, offsets_of(&zone(&row.zone)))));
        let offsets = zones.iter().map(|(shop, zone)| (*shop, offsets_of(zone))).collect();
        Ok(Self {
            warehouses: store::master::warehouses(conn)?,
            reasons: store::master::reasons(conn)?,
            grades: store::master::grades(conn)?,
            carriers: store::master::carriers(conn)?,
            portals: store::shop_portal::all(conn)?,
            shops,
            calendars: calendars.collect(),
            offsets,
            zones,
        })
    }

    /// All shops.
    #[must_use]
    pub fn shops(&self) -> &[ShopRow] {
        &self.shops
    }
    /// All warehouses.
    #[must_use]
    pub fn warehouses(&self) -> &[WarehouseRow] {
        &self.warehouses
    }
    /// All reasons, groups and leaves.
    #[must_use]
    pub fn reasons(&self) -> &[ReasonRow] {
        &self.reasons
    }
    /// All grades.
    #[must_use]
    pub fn grades(&self) -> &[GradeRow] {
        &self.grades
    }
    /// All carriers.
    #[must_use]
    pub fn carriers(&self) -> &[CarrierRow] {
        &self.carriers
    }
    /// A shop.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn shop(&self, id: ShopId) -> Result<&ShopRow, Error> {
        self.shops.iter().find(|shop| shop.id == id).ok_or(Error::NotFound("shop"))
    }
    /// Where a shop's customers open the portal; empty values at version 0 for one that said nothing.
    #[must_use]
    pub fn portal(&self, shop: ShopId) -> ShopPortalRow {
        let known = self.portals.iter().find(|portal| portal.shop_id == shop).cloned();
        let none = || ShopPortalRow { shop_id: shop, url: String::new(), embed_origins: String::new(), version: 0 };
        known.unwrap_or_else(none)
    }
    /// The pages that may frame the portal: those of this shop, or of all when none is named.
    pub fn embed_origins(&self, shop: Option<&str>) -> impl Iterator<Item = &str> {
        let named = shop.and_then(|code| self.shop_by_code(code)).map(|shop| shop.id);
        let portals = self.portals.iter().filter(move |portal| named.is_none_or(|shop| portal.shop_id == shop));
        portals.flat_map(|portal| portal.embed_origins.lines())
    }
    /// A shop by its code.
    #[must_use]
    pub fn shop_by_code(&self, code: &str) -> Option<&ShopRow> {
        self.shops.iter().find(|shop| shop.code == code)
    }
    /// A warehouse.
    #[must_use]
    pub fn warehouse(&self, id: WarehouseId) -> Option<&WarehouseRow> {
        self.warehouses.iter().find(|warehouse| warehouse.id == id)
    }
    /// A reason.
    #[must_use]
    pub fn reason(&self, id: ReasonId) -> Option<&ReasonRow> {
        self.reasons.iter().find(|reason| reason.id == id)
    }
    /// A reason by its code.
    #[must_use]
    pub fn reason_by_code(&self, code: &str) -> Option<&ReasonRow> {
        self.reasons.iter().find(|reason| reason.code == code)
    }
    /// A grade.
    #[must_use]
    pub fn grade(&self, id: GradeId) -> Option<&GradeRow> {
        self.grades.iter().find(|grade| grade.id == id)
    }
    /// What a fact's code is called on screen.
    #[must_use]
    pub fn title(&self, what: &str, code: &str) -> Option<Text> {
        match what {
            "reason" => self.reason_by_code(code).map(|reason| reason.name.clone()),
            "shop" => self.shop_by_code(code).map(|shop| shop.name.clone()),
            _ => None,
        }
    }

    /// A shop's offset from UTC at an instant, in minutes; 480 for a shop that is not known.
    #[must_use]
    pub fn offset_minutes(&self, shop: ShopId, at: Timestamp) -> i32 {
        self.zones.get(&shop).map_or(480, |zone| offset_minutes(zone, at))
    }
    /// The day at a shop.
    #[must_use]
    pub fn local_date(&self, shop: ShopId, at: Timestamp) -> LocalDate {
        at.local_date(self.offset_minutes(shop, at))
    }
    /// A shop's working calendar, if it has one of its own.
    #[must_use]
    pub fn calendar(&self, shop: ShopId) -> Option<&Calendar> {
        self.shops.iter().find(|row| row.id == shop)?.calendar_id.and_then(|id| self.calendars.get(&id))
    }
    /// A calendar's frames and days in a shop's zone.
    #[must_use]
    pub fn in_zone_of(&self, shop: ShopId, calendar: &Calendar) -> Calendar {
        let kept = Calendar { week: calendar.week.clone(), days: calendar.days.clone(), ..Calendar::default() };
        match self.offsets.get(&shop) {
            Some((offset_minutes, changes)) => {
                Calendar { offset_minutes: *offset_minutes, changes: changes.clone(), ..kept }
            }
            None => Calendar { offset_minutes: self.offset_minutes(shop, Timestamp::from_ms(0)), ..kept },
        }
    }
}

/// Round the clock: what is worked by where nobody has said anything.
pub(crate) fn always() -> Calendar {
    let day: Vec<Frame> = Frame::new(0, 1_440).into_iter().collect();
    let each = || day.clone();
    let week = Week { mon: each(), tue: each(), wed: each(), thu: each(), fri: each(), sat: each(), sun: each() };
    Calendar { week, ..Calendar::default() }
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

fn offset_minutes(zone: &TimeZone, at: Timestamp) -> i32 {
    jiff::Timestamp::from_millisecond(at.ms()).map_or(0, |instant| zone.to_offset(instant).seconds() / 60)
}

fn working_calendar(row: &store::master::CalendarRow, (offset_minutes, changes): Offsets) -> Calendar {
    let of = |weekday: u8| -> Vec<Frame> {
        let frames = row.frames.iter().filter(|frame| frame.0 == weekday);
        frames.filter_map(|frame| Frame::new(frame.1, frame.2)).collect()
    };
    let week = Week { mon: of(1), tue: of(2), wed: of(3), thu: of(4), fri: of(5), sat: of(6), sun: of(7) };
    let days =
        row.days.iter().map(|(date, like, title)| (*date, SpecialDay { title: title.clone(), frames: of(*like) }));
    Calendar { offset_minutes, changes, week, days: days.collect() }
}
