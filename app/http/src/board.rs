//! Boards with their figures.

use contract::Page;
use contract::board::{
    BEHIND, BehindItem, BehindQuery, BehindView, BoardView, ComponentView, GET, MeasureView, RowView, WarningView,
};
use contract::rma::ListQuery;
use engine::report::Shape;
use operations::report::{self, Answer, ComponentAnswer, Drill, MeasureAnswer, Unit, behind};
use operations::timer::mean;

use crate::answer::{Reply, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Paging, Query, Segments};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&GET, Doc::view::<BoardView>(200), get);
    area.add(&BEHIND, Doc::view::<BehindView>(200).query::<BehindQuery>(), rows_behind);
}

async fn rows_behind(
    server: Server,
    caller: Caller,
    Segments((board, component)): Segments<(String, String)>,
    paging: Paging,
    query: Query<BehindQuery>,
) -> Reply {
    let Query(query) = query;
    let asked = behind::Asked {
        board,
        component,
        row: query.row,
        currency: query.currency,
        after: paging.after()?,
        limit: paging.one_more(),
    };
    let found = behind::read(&server.app, caller.actor(), server.app.now(), &asked)?;
    let page = Page::cut(found.items, paging.limit, |item| item.id.to_string());
    let item = |item: behind::Item| BehindItem {
        rma: item.rma,
        number: item.number,
        detail: item.detail,
        at: item.at,
        figures: item.figures,
    };
    ok(&BehindView {
        title: found.title,
        labels: found.labels,
        measures: found.measures.into_iter().map(measure).collect(),
        currency: found.currency,
        count: found.count,
        figures: found.figures,
        next: page.next,
        items: page.items.into_iter().map(item).collect(),
    })
}

async fn get(server: Server, caller: Caller, Id(id): Id<String>) -> Reply {
    let as_of = server.app.now();
    let board = report::read(&server.app, caller.actor(), as_of, &id)?;
    let components = board.components.into_iter().map(component).collect();
    let warning = |warning: mean::Warning| WarningView {
        title: warning.title,
        above_ms: warning.above_ms,
        mean_ms: warning.mean_ms,
        counted: warning.counted,
        since: warning.since,
    };
    let warnings = board.warnings.into_iter().map(warning).collect();
    ok(&BoardView { id: board.id, title: board.title, as_of, components, warnings })
}

fn component(answer: ComponentAnswer) -> ComponentView {
    let shape = match answer.shape {
        Shape::Number => "number",
        Shape::Bars => "bars",
        Shape::Pie => "pie",
        Shape::Line => "line",
        Shape::Table => "table",
    };
    ComponentView {
        id: answer.id,
        title: answer.title,
        shape: shape.to_owned(),
        width: answer.width,
        measures: answer.measures.into_iter().map(measure).collect(),
        rows: answer.rows.into_iter().map(row).collect(),
    }
}

fn measure(answer: MeasureAnswer) -> MeasureView {
    let unit = match answer.unit {
        Unit::Count => "count",
        Unit::Money => "money",
        Unit::Hours => "hours",
        Unit::Percent => "percent",
        Unit::Number => "number",
    };
    MeasureView { title: answer.title, unit: unit.to_owned() }
}

fn row(answer: Answer) -> RowView {
    let drill = answer.drill.as_ref().and_then(query);
    let behind = answer.behind.and_then(|row| {
        let query = BehindQuery { row, currency: answer.currency.clone(), ..BehindQuery::default() };
        serde_urlencoded::to_string(query).ok()
    });
    RowView { labels: answer.labels, currency: answer.currency, figures: answer.figures, drill, behind }
}

// As the case list reads it.
fn query(Drill(filter): &Drill) -> Option<String> {
    let query = ListQuery {
        state: filter.state,
        owner: filter.owner.map(|owner| owner.map_or_else(|| "none".to_owned(), |id| id.to_string())),
        shop: filter.shop,
        warehouse: filter.warehouse,
        stage: filter.stage.clone(),
        goods: filter.goods,
        money: filter.money,
        ..ListQuery::default()
    };
    serde_urlencoded::to_string(query).ok()
}

#[cfg(test)]
mod tests {
    use domain::state::CaseState;
    use domain::{PersonId, ShopId};
    use operations::rma::list::Filter;

    use super::*;

    #[track_caller]
    fn check(filter: Filter, expect: &str) {
        let text = query(&Drill(filter)).unwrap();
        assert_eq!(text, expect);
        serde_urlencoded::from_str::<ListQuery>(&text).unwrap();
    }

    #[test]
    fn a_drill_is_a_query_of_the_case_list() {
        check(Filter::default(), "");
        check(Filter { owner: Some(None), ..Filter::default() }, "owner=none");
        check(
            Filter {
                state: Some(CaseState::NeedsInfo),
                shop: Some(ShopId::from_raw(7)),
                owner: Some(Some(PersonId::from_raw(9))),
                stage: Some("a b&c".to_owned()),
                ..Filter::default()
            },
            "state=needs_info&owner=9&shop=7&stage=a+b%26c",
        );
    }
}
