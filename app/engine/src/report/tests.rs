//! Boards: what can be planned, what cannot, and the questions of the scale-1 history.
#![expect(clippy::unwrap_used, reason = "a broken expectation must fail the test")]

use std::collections::HashSet;

use super::*;
use crate::value::Value;

fn component(rest: &str) -> Component {
    let text = format!(r#"{{"id": "c", "title": {{}}, "shape": "table", "dataset": "case_lines", {rest}}}"#);
    serde_json::from_str(&text).unwrap()
}

fn stages() -> Vec<String> {
    vec!["review".to_owned()]
}

#[track_caller]
fn check_plan(rest: &str, groups: &[(Column, Bucket)], measures: &[Planned], order: &[OrderBy]) {
    let plan = plan(&component(rest), &stages(), "c").unwrap();
    let groups: Vec<Group> =
        groups.iter().map(|(column, bucket)| Group { column: *column, bucket: bucket.clone() }).collect();
    assert_eq!(plan.groups, groups);
    assert_eq!(plan.measures, measures);
    assert_eq!(plan.order, order);
}

#[test]
fn the_questions_of_the_imported_history_can_be_asked() {
    use Column::*;
    check_plan(
        r#""by": ["reason"], "measures": ["count", {"sum": "quantity"}, {"sum": "refund_goods_minor"}]"#,
        &[(LineReason, Bucket::Each)],
        &[Planned::Count, Planned::Sum(LineQuantity), Planned::Sum(LineRefundGoods)],
        &[OrderBy::Largest(0), OrderBy::Group(0)],
    );
    check_plan(
        r#""by": [{"column": "filed_date", "per": "month"}], "measures": ["count", {"sum": "refund_goods_minor"}]"#,
        &[(LineFiledDate, Bucket::Month)],
        &[Planned::Count, Planned::Sum(LineRefundGoods)],
        &[OrderBy::Group(0)],
    );
    check_plan(
        r#""by": ["channel"], "order": "groups",
           "measures": ["count", {"sum": "cash_minor"}, {"sum": "charge_minor"}, {"sum": "credit_minor"}]"#,
        &[(LineChannel, Bucket::Each)],
        &[Planned::Count, Planned::Sum(LineCash), Planned::Sum(LineCharge), Planned::Sum(LineCredit)],
        &[OrderBy::Group(0)],
    );
    check_plan(
        r#""by": ["category"], "measures": ["count", {"sum": "refund_goods_minor"}]"#,
        &[(LineCategory, Bucket::Each)],
        &[Planned::Count, Planned::Sum(LineRefundGoods)],
        &[OrderBy::Largest(0), OrderBy::Group(0)],
    );
    check_plan(
        r#""by": [{"column": "lag_days", "ranges": [30, 60, 90, 120]}], "measures": ["count"]"#,
        &[(LineLagDays, Bucket::Ranges(vec![30, 60, 90, 120]))],
        &[Planned::Count],
        &[OrderBy::Group(0)],
    );
}

#[test]
fn ranges_have_names_and_bounds() {
    let bucket = Bucket::Ranges(vec![30, 60, 90, 120]);
    assert_eq!(bucket.labels(), ["0-30", "31-60", "61-90", "91-120", "121+"]);
    for (value, label) in [(-3, "0-30"), (30, "0-30"), (31, "31-60"), (120, "91-120"), (121, "121+")] {
        assert_eq!(bucket.label(value).unwrap(), label);
    }
}

#[track_caller]
fn check_filter(filter: &str, expect: &str) {
    let mut component = component(r#""measures": ["count"]"#);
    component.filter = Some(filter.into());
    let found = match plan(&component, &stages(), "c") {
        Ok(plan) => serde_json::to_string(&plan.filter).unwrap(),
        Err(problems) => problems.iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>().join(" "),
    };
    assert_eq!(found, expect, "{filter}");
}

#[test]
fn filters_become_typed_conditions() {
    check_filter(
        "state = \"submitted\"",
        r#"{"compare":{"column":"case_lines.state","comparison":"equal","with":{"value":"submitted"}}}"#,
    );
    check_filter(
        "filed_date >= today - 29 and not blank(reason)",
        r#"{"all":[{"compare":{"column":"case_lines.filed_date","comparison":"greater_or_equal","with":{"today":{"plus_days":-29}}}},{"not":{"blank":"case_lines.reason"}}]}"#,
    );
    check_filter(
        "kind in [\"exchange\", \"repair\"]",
        r#"{"among":{"column":"case_lines.kind","values":[{"value":"exchange"},{"value":"repair"}]}}"#,
    );
    check_filter("state = \"submited\"", "unknown_option");
    check_filter("stage = \"revew\"", "unknown_option");
    check_filter("colour = \"red\"", "unknown_name");
    check_filter("quantity = \"3\"", "types_differ");
    check_filter("quantity + 1 > 3", "filter_shape");
    check_filter("received = accepted", "filter_shape");
    check_filter("quantity >", "unexpected");
}

#[track_caller]
fn check_refused(rest: &str, place: &str, code: &str) {
    let problems = plan(&component(rest), &stages(), "c").unwrap_err();
    let found: Vec<_> = problems.iter().map(|problem| (problem.path.as_str(), problem.code.as_str())).collect();
    assert_eq!(found, [(place, code)]);
    assert!(problems.iter().all(|problem| problem.help.is_some()));
}

#[test]
fn what_cannot_be_drawn_is_named() {
    check_refused(r#""measures": ["count"], "by": ["reasn"]"#, "c.by[0]", "unknown_column");
    check_refused(r#""measures": ["count"], "by": ["lag_days"]"#, "c.by[0]", "group_kind");
    check_refused(
        r#""measures": ["count"], "by": [{"column": "lag_days", "ranges": [60, 30]}]"#,
        "c.by[0]",
        "group_kind",
    );
    check_refused(r#""measures": ["count"], "by": ["refund_minor"]"#, "c.by[0]", "group_kind");
    check_refused(r#""measures": [{"sum": "reason"}]"#, "c.measures[0]", "measure_kind");
    check_refused(r#""measures": []"#, "c.measures", "no_measure");
    check_refused(r#""measures": ["count"], "width": 13"#, "c.width", "width_range");
    check_refused(r#""measures": ["count"], "by": ["sku", "kind", "state", "stage", "shop"]"#, "c.shape", "shape");
}

#[test]
fn each_figure_names_the_rows_behind_it() {
    let plan = plan(
        &component(
            r#""filter": "origin = \"imported\"", "measures": [{"sum": "refund_minor"}],
               "by": ["reason", {"column": "filed_date", "per": "month"}, {"column": "lag_days", "ranges": [30, 60]}]"#,
        ),
        &stages(),
        "c",
    )
    .unwrap();
    assert_eq!(plan.currency, Some(Column::LineCurrency));
    let keys = [GroupKey::Blank, GroupKey::Label("2026-03".into()), GroupKey::Label("31-60".into())];
    let behind = plan.behind(&keys, Some("CNY"));
    let text = serde_json::to_string(&behind).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"all":[{"compare":{"column":"case_lines.origin","comparison":"equal","with":{"value":"imported"}}},"#,
            r#"{"blank":"case_lines.reason"},{"in_month":{"column":"case_lines.filed_date","month":"2026-03"}},"#,
            r#"{"all":[{"compare":{"column":"case_lines.lag_days","comparison":"greater","with":{"value":30}}},"#,
            r#"{"compare":{"column":"case_lines.lag_days","comparison":"less_or_equal","with":{"value":60}}}]},"#,
            r#"{"compare":{"column":"case_lines.currency","comparison":"equal","with":{"value":"CNY"}}}]}"#
        )
    );
    assert_eq!(serde_json::from_str::<Predicate>(&text).unwrap(), behind);
    let text_key = GroupKey::Value(Value::text("size_small"));
    assert!(serde_json::to_string(&plan.behind(&[text_key], None)).unwrap().contains("size_small"));
}

#[test]
fn columns_are_named_once_and_in_both_languages() {
    let mut seen = HashSet::new();
    for column in Column::ALL {
        assert!(seen.insert((column.dataset(), column.name())), "{column:?} twice");
        assert!(!column.title().zh.is_empty() && !column.title().en.is_empty());
        let text = serde_json::to_string(column).unwrap();
        assert_eq!(serde_json::from_str::<Column>(&text).unwrap(), *column);
    }
    for dataset in Dataset::ALL {
        assert!(dataset.columns().count() > 5);
        assert_eq!(serde_json::to_value(dataset).unwrap(), dataset.as_str());
        let currency = dataset.currency().map(Column::kind);
        assert!(currency.is_none() || currency == Some(ColumnKind::Code("currency")));
    }
}
