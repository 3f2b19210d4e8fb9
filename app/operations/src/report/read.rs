//! Reads a board.

use domain::{Permission, Text, Timestamp};
use engine::report::{Board, ColumnKind, Component, Dataset, GroupKey, Plan, Planned, Shape, plan};
use store::Conn;
use store::report::{Asked, Figure, ReportRow};
use store::scope::RowScope;

use super::drill::{self, Drill};
use super::key;
use super::label::Labels;
use super::zone;
use crate::actor::{Actor, ActorKind, permission_bit};
use crate::app::App;
use crate::definitions::{Definitions, Release};
use crate::error::Error;
use crate::gate::{self, Sight, sight};
use crate::timer::mean::{self, Warning};

/// A board with its figures.
#[derive(Clone, Debug)]
pub struct BoardAnswer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// Its components, in order.
    pub components: Vec<ComponentAnswer>,
    /// Means that are past their lines.
    pub warnings: Vec<Warning>,
}

/// A component with its figures.
#[derive(Clone, Debug)]
pub struct ComponentAnswer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// How it is drawn.
    pub shape: Shape,
    /// Columns of twelve.
    pub width: u8,
    /// What the figures are.
    pub measures: Vec<MeasureAnswer>,
    /// One row a group; one row when there are no groups.
    pub rows: Vec<Answer>,
}

/// What a figure measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureAnswer {
    /// Its name.
    pub title: Text,
    /// Its unit.
    pub unit: Unit,
}

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Rows.
    Count,
    /// Minor units of the row's currency.
    Money,
    /// Hours.
    Hours,
    /// A share, in percent.
    Percent,
    /// A plain number.
    Number,
}

/// A row of figures.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Names of its groups.
    pub labels: Vec<Text>,
    /// Of its money figures.
    pub currency: Option<String>,
    /// In the order of the measures; `None` where there is nothing to measure or the reader sees no money.
    pub figures: Vec<Option<f64>>,
    /// The list of cases behind the row, where a list says the same.
    pub drill: Option<Drill>,
    /// Which rows are behind it, as `behind::read` takes it; for who may see every one of them.
    pub behind: Option<String>,
}

/// A board of the release in force as the actor may see it. Each component is a read of its own, with the time that a
/// read may take: a board of many heavy ones is slow, not impossible.
///
/// # Errors
/// `NotFound` when there is no such board for the actor; `Forbidden` without `board.view`; the store's, also when one
/// component takes too long.
pub fn read(app: &App, actor: &Actor, now: Timestamp, id: &str) -> Result<BoardAnswer, Error> {
    let definitions = &*app.definitions();
    let (reader, board) = Reader::open(definitions, actor, now, id)?;
    let components = board.components.iter().map(|component| app.read(|conn| reader.component(conn, component)));
    let components = components.collect::<Result<_, _>>()?;
    // A mean is over everything: only who sees everything is shown it.
    let warnings = if reader.scope == RowScope::All { mean::warnings(app)? } else { Vec::new() };
    Ok(BoardAnswer { id: board.id.clone(), title: board.title.clone(), components, warnings })
}

fn is_for(actor: &Actor, board: &Board) -> bool {
    let everybody = board.roles.is_empty() || matches!(actor.kind, ActorKind::System);
    everybody || board.roles.iter().any(|role| actor.holds(role, None, None))
}

// A sum tells of every row in it: whoever sees no refund at one of the places of the board sees no sum of any.
fn sees_money(definitions: &Definitions, actor: &Actor) -> bool {
    let granting = actor.grants.iter().filter(|grant| grant.permissions & permission_bit(Permission::BoardView) != 0);
    granting.into_iter().all(|grant| {
        let place = (grant.shop, grant.warehouse);
        sight(definitions, actor, Permission::BoardView, place, "rma.refund") == Sight::Whole
    })
}

pub(super) struct Reader<'r> {
    pub(super) definitions: &'r Definitions,
    release: &'r Release,
    pub(super) scope: RowScope,
    pub(super) asked: Asked,
    stages: Vec<String>,
    pub(super) sees_money: bool,
    sees_cases: bool,
    /// Every row that counts here is one whose case the reader may see.
    pub(super) sees_rows: bool,
}

impl<'r> Reader<'r> {
    pub(super) fn open(
        definitions: &'r Definitions,
        actor: &Actor,
        now: Timestamp,
        id: &str,
    ) -> Result<(Self, &'r Board), Error> {
        let scope = gate::rows(actor, Permission::BoardView);
        if scope == RowScope::Nothing {
            return Err(Error::Forbidden(Permission::BoardView));
        }
        let release = definitions.current()?;
        let board = release.template.board(id).filter(|board| is_for(actor, board)).ok_or(Error::NotFound("board"))?;
        let cases = gate::rows(actor, Permission::RmaView);
        let reader = Self {
            definitions,
            release,
            asked: zone::asked(&definitions.masters, now),
            stages: release.template.stages(),
            sees_money: sees_money(definitions, actor),
            sees_cases: actor.may_somewhere(Permission::RmaView),
            sees_rows: cases == RowScope::All || cases == scope,
            scope,
        };
        Ok((reader, board))
    }

    pub(super) fn plan(&self, component: &Component) -> Result<Plan, Error> {
        plan(component, &self.stages, &component.id).map_err(|problems| {
            let first = problems.first().map(|problem| format!("{}: {}", problem.path, problem.message.en));
            Error::internal(format!("a board of the release in force is broken: {}", first.unwrap_or_default()))
        })
    }

    pub(super) fn labels(&self, conn: &Conn, plan: &Plan, keys: &[GroupKey]) -> Result<Vec<Text>, Error> {
        let mut labels = Labels::new(conn, &self.definitions.masters, &self.release.template);
        plan.groups.iter().zip(keys).map(|(group, key)| labels.of(group, key)).collect()
    }

    fn component(&self, conn: &Conn, component: &Component) -> Result<ComponentAnswer, Error> {
        let plan = self.plan(component)?;
        let mut rows = store::report::run(conn, &plan, &self.scope, &self.asked)?;
        if rows.is_empty() && plan.groups.is_empty() {
            rows.push(nothing(&plan));
        }
        let mut labels = Labels::new(conn, &self.definitions.masters, &self.release.template);
        let one_currency = rows.windows(2).all(|pair| pair.iter().all(|row| row.currency == rows[0].currency));
        let rows = rows.into_iter().map(|row| {
            let drill = match self.sees_cases && one_currency {
                true => drill::drill(conn, &self.definitions.masters, &plan, &row.keys)?,
                false => None,
            };
            let names = plan.groups.iter().zip(&row.keys).map(|(group, key)| labels.of(group, key));
            let labels = names.collect::<Result<_, Error>>()?;
            let behind = self.sees_rows.then(|| key::write(&row.keys));
            Ok(Answer { labels, figures: self.figures(&plan, &row), currency: row.currency, drill, behind })
        });
        let rows = rows.collect::<Result<_, Error>>()?;
        let measures = plan.measures.iter().map(|measure| described(plan.dataset, *measure)).collect();
        Ok(ComponentAnswer {
            id: component.id.clone(),
            title: component.title.clone(),
            shape: component.shape,
            width: component.width,
            measures,
            rows,
        })
    }

    pub(super) fn figures(&self, plan: &Plan, row: &ReportRow) -> Vec<Option<f64>> {
        let figures = plan.measures.iter().zip(&row.figures);
        figures.map(|(measure, figure)| figure.number().filter(|_| self.sees_money || !is_money(*measure))).collect()
    }
}

// A card shows a zero where no row is.
pub(super) fn nothing(plan: &Plan) -> ReportRow {
    let figure = |measure: &Planned| match measure {
        Planned::Count | Planned::Sum(_) => Figure::Whole(0),
        Planned::Mean(_) | Planned::P90(_) | Planned::Share(_) => Figure::Blank,
    };
    ReportRow { keys: Vec::new(), currency: None, figures: plan.measures.iter().map(figure).collect() }
}

fn is_money(measure: Planned) -> bool {
    measure.column().is_some_and(|column| column.kind() == ColumnKind::Money)
}

pub(super) fn described(dataset: Dataset, measure: Planned) -> MeasureAnswer {
    let unit = match measure.column().map(engine::report::Column::kind) {
        Some(_) if matches!(measure, Planned::Share(_)) => Unit::Percent,
        None => Unit::Count,
        Some(ColumnKind::Money) => Unit::Money,
        Some(ColumnKind::Hours) => Unit::Hours,
        Some(_) => Unit::Number,
    };
    let title = match measure {
        Planned::Count => counted(dataset),
        Planned::Sum(column) => column.title(),
        Planned::Mean(column) => {
            let of = column.title();
            Text::new(format!("平均{}", of.zh), format!("{} (mean)", of.en))
        }
        Planned::Share(column) => {
            let of = column.title();
            Text::new(format!("{}率", of.zh), format!("{} (share)", of.en))
        }
        Planned::P90(column) => {
            let of = column.title();
            Text::new(format!("{}（P90）", of.zh), format!("{} (P90)", of.en))
        }
    };
    MeasureAnswer { title, unit }
}

fn counted(dataset: Dataset) -> Text {
    let (zh, en) = match dataset {
        Dataset::Cases => ("单数", "Cases"),
        Dataset::CaseLines => ("行数", "Lines"),
        Dataset::Tasks => ("待办数", "To-dos"),
        Dataset::Settlements => ("结算数", "Settlements"),
        Dataset::Parcels => ("包裹数", "Parcels"),
    };
    Text::new(zh, en)
}
