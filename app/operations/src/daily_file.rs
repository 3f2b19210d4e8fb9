//! Daily files for an ERP, per shop and day: 退货入库, 补发/换货 outbound, refunds. A table first, then CSV or XLSX.

mod csv;
mod exported;
mod outbound;
mod refunds;
mod stock_in;
mod table;
mod xlsx;

pub use csv::to_csv;
pub use exported::{Exported, exported};
pub use table::{Cell, Table};
pub use xlsx::to_xlsx;

use domain::{LocalDate, Permission, ShopId};
use serde::{Deserialize, Serialize};
use store::Conn;

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate::{Sight, sight};

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DailyKind {
    /// 退货入库: stock moves of the day.
    StockIn,
    /// 补发/换货: outbound orders opened on the day.
    Outbound,
    /// Settlements paid on the day.
    Refunds,
}

impl DailyKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::StockIn, Self::Outbound, Self::Refunds];
    /// The word in addresses and file names.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StockIn => "stock-in",
            Self::Outbound => "outbound",
            Self::Refunds => "refunds",
        }
    }
    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Which file, of which shop and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyFile {
    /// Which file.
    pub kind: DailyKind,
    /// Whose.
    pub shop: ShopId,
    /// The shop's day.
    pub date: LocalDate,
}

impl DailyFile {
    /// The file's name without its ending, such as `refunds-TB1-2026-11-23`.
    #[must_use]
    pub fn name(&self, definitions: &Definitions) -> String {
        let shop = definitions.masters.shop(self.shop).map_or("shop", |shop| shop.code.as_str());
        let safe: String =
            shop.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
        format!("{}-{safe}-{}", self.kind.as_str(), self.date)
    }
}

/// Makes the file's table.
///
/// # Errors
/// `NotFound` for a shop outside the actor's places; `Forbidden`, for refunds also to whom amounts are hidden; the
/// store's.
pub fn table(conn: &Conn, actor: &Actor, definitions: &Definitions, file: &DailyFile) -> Result<Table, Error> {
    definitions.masters.shop(file.shop)?;
    if !actor.grants.iter().any(|grant| grant.shop.is_none_or(|shop| shop == file.shop)) {
        return Err(Error::NotFound("shop"));
    }
    if !actor.may(Permission::ExportRun, Some(file.shop), None) {
        return Err(Error::Forbidden(Permission::ExportRun));
    }
    let prices = sight(definitions, actor, Permission::ExportRun, (Some(file.shop), None), "rma.refund");
    if file.kind == DailyKind::Refunds && prices != Sight::Whole {
        return Err(Error::Forbidden(Permission::ExportRun));
    }
    match file.kind {
        DailyKind::StockIn => stock_in::table(conn, definitions, file),
        DailyKind::Outbound => outbound::table(conn, actor, definitions, file),
        DailyKind::Refunds => refunds::table(conn, definitions, file),
    }
}
