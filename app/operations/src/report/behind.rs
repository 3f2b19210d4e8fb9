//! The rows behind a figure of a board, with the figure itself worked out anew over just these rows.

use domain::{Permission, RmaId, Text, Timestamp};
use engine::report::Plan;
use store::report::BehindRow;

use super::key;
use super::read::{MeasureAnswer, Reader, described, nothing};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// Which figure.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The board's id.
    pub board: String,
    /// The component's id.
    pub component: String,
    /// The groups of the row, as the board gave them.
    pub row: String,
    /// The currency of the row, when it has one.
    pub currency: Option<String>,
    /// Continue after this row.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: u32,
}

/// The rows behind a figure.
#[derive(Clone, Debug)]
pub struct Behind {
    /// The component's name.
    pub title: Text,
    /// The row's groups.
    pub labels: Vec<Text>,
    /// What the figures are.
    pub measures: Vec<MeasureAnswer>,
    /// Currency of money figures.
    pub currency: Option<String>,
    /// How many rows there are.
    pub count: i64,
    /// The figures over all of them.
    pub figures: Vec<Option<f64>>,
    /// A page of them, newest first.
    pub items: Vec<Item>,
}

/// A row behind a figure.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its place in the list.
    pub id: i64,
    /// Its case; a parcel may have none.
    pub rma: Option<RmaId>,
    /// The case's number.
    pub number: Option<String>,
    /// What it is.
    pub detail: Text,
    /// When it began.
    pub at: Option<Timestamp>,
    /// What it adds to each figure.
    pub figures: Vec<Option<f64>>,
}

/// The rows behind a figure that the actor sees on a board, newest first.
///
/// # Errors
/// `NotFound` for a board, component or row that is not there; `Forbidden` without `board.view`, or for who may not see
/// every case that counts there.
pub fn read(app: &App, actor: &Actor, now: Timestamp, asked: &Asked) -> Result<Behind, Error> {
    let definitions = &*app.definitions();
    let (reader, board) = Reader::open(definitions, actor, now, &asked.board)?;
    if !reader.sees_rows {
        return Err(Error::Forbidden(Permission::RmaView));
    }
    let component = board.components.iter().find(|component| component.id == asked.component);
    let component = component.ok_or(Error::NotFound("component"))?;
    let plan = reader.plan(component)?;
    let keys = key::read(&asked.row).filter(|keys| keys.len() == plan.groups.len()).ok_or(Error::NotFound("row"))?;
    let currency = asked.currency.as_deref().filter(|_| plan.currency.is_some());
    let whole = Plan {
        filter: plan.behind(&keys, currency),
        groups: Vec::new(),
        currency: None,
        order: Vec::new(),
        limit: 1,
        ..plan.clone()
    };
    let counting = Plan { measures: vec![engine::report::Planned::Count], ..whole.clone() };
    app.read(|conn| {
        let run = |plan: &Plan| -> Result<_, Error> {
            let first = store::report::run(conn, plan, &reader.scope, &reader.asked)?.into_iter().next();
            Ok(first.unwrap_or_else(|| nothing(plan)))
        };
        let count = run(&counting)?.figures.first().and_then(|figure| figure.number()).unwrap_or(0.0);
        let (scope, day) = (&reader.scope, &reader.asked);
        let rows = store::report::behind(conn, &plan, &keys, currency, scope, day, asked.after, asked.limit)?;
        Ok(Behind {
            title: component.title.clone(),
            labels: reader.labels(conn, &plan, &keys)?,
            measures: plan.measures.iter().map(|measure| described(plan.dataset, *measure)).collect(),
            currency: currency.map(str::to_owned),
            count: count.round() as i64,
            figures: reader.figures(&plan, &run(&whole)?),
            items: rows.into_iter().map(|row| item(&reader, &plan, row)).collect(),
        })
    })
}

fn item(reader: &Reader<'_>, plan: &Plan, row: BehindRow) -> Item {
    let BehindRow { id, rma_id, number, detail, at, figures } = row;
    let seen = store::report::ReportRow { keys: Vec::new(), currency: None, figures };
    Item { id, rma: rma_id, number, detail, at, figures: reader.figures(plan, &seen) }
}
