//! The list of cases behind a figure, where the list can be narrowed to just these.

use domain::state::{CaseState, GoodsState, MoneyState};
use engine::expr::Comparison;
use engine::report::{Column, Dataset, GroupKey, Literal, Plan, Predicate};
use store::Conn;
use store::rma_list::Filter;

use crate::error::Error;
use crate::masters::Masters;

/// What the list of cases is narrowed to.
#[derive(Clone, Debug)]
pub struct Drill(pub Filter);

/// The list behind a row; `None` when the list cannot say the same.
pub(super) fn drill(conn: &Conn, masters: &Masters, plan: &Plan, keys: &[GroupKey]) -> Result<Option<Drill>, Error> {
    if !matches!(plan.dataset, Dataset::Cases | Dataset::CaseLines) {
        return Ok(None);
    }
    let mut narrowed = Narrowed { conn, masters, filter: Filter::default() };
    Ok(narrowed.by(&plan.behind(keys, None))?.then_some(Drill(narrowed.filter)))
}

struct Narrowed<'n> {
    conn: &'n Conn,
    masters: &'n Masters,
    filter: Filter,
}

impl Narrowed<'_> {
    // False when the list has no such filter.
    fn by(&mut self, predicate: &Predicate) -> Result<bool, Error> {
        match predicate {
            Predicate::Constant(yes) => Ok(*yes),
            Predicate::All(parts) => {
                for part in parts {
                    if !self.by(part)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Predicate::Compare { column, comparison: Comparison::Equal, with } => self.equal(*column, with),
            Predicate::Among { column, values } => match values.as_slice() {
                [value] => self.equal(*column, value),
                _ => Ok(false),
            },
            Predicate::Blank(Column::CaseOwner) => Ok(once(&mut self.filter.owner, Some(None))),
            Predicate::Blank(Column::CaseStage | Column::LineStage) => {
                Ok(once(&mut self.filter.stage, Some(String::new())))
            }
            _ => Ok(false),
        }
    }

    fn equal(&mut self, column: Column, with: &Literal) -> Result<bool, Error> {
        let Literal::Value(value) = with else { return Ok(false) };
        let Some(code) = value.as_text() else { return Ok(false) };
        let filter = &mut self.filter;
        Ok(match column {
            Column::CaseState | Column::LineState => once(&mut filter.state, CaseState::parse(code)),
            Column::CaseGoodsState => once(&mut filter.goods, GoodsState::parse(code)),
            Column::CaseMoneyState => once(&mut filter.money, MoneyState::parse(code)),
            Column::CaseStage | Column::LineStage => once(&mut filter.stage, Some(code.to_owned())),
            Column::CaseShop | Column::LineShop => {
                once(&mut filter.shop, self.masters.shop_by_code(code).map(|shop| shop.id))
            }
            Column::CaseWarehouse | Column::LineWarehouse => {
                let mut warehouses = self.masters.warehouses().iter();
                let found = warehouses.find(|warehouse| warehouse.code == code);
                once(&mut filter.warehouse, found.map(|warehouse| warehouse.id))
            }
            Column::CaseOwner => {
                let owner = store::person::by_name(self.conn, code)?;
                once(&mut filter.owner, owner.map(|owner| Some(owner.id)))
            }
            _ => false,
        })
    }
}

// False when the value is not known, or another one stands there already.
fn once<T: PartialEq>(slot: &mut Option<T>, value: Option<T>) -> bool {
    let fits = value.is_some() && (slot.is_none() || *slot == value);
    if fits {
        *slot = value;
    }
    fits
}
