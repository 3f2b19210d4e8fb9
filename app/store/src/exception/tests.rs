//! Every list is found by its own index, already in order; what is not in it is not looked at.

use super::Source;
use crate::conn::SqlText;
use crate::tests::schema::migrated;

fn plan(sql: &str) -> Vec<String> {
    let raw = migrated();
    let mut statement = raw.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    // Nothing is bound: the plan is the same for every value.
    statement.raw_query().mapped(|row| row.get(3)).collect::<Result<_, _>>().unwrap()
}

#[track_caller]
fn check(source: Source, sql: &str) {
    let (plan, index) = (plan(sql), source.index);
    let first = plan.first().cloned().unwrap_or_default();
    assert!(first.starts_with("SEARCH") && first.contains(index), "{index}: {plan:?}");
    let bad = |step: &&String| step.contains("TEMP B-TREE") || (step.starts_with("SCAN") && !step.contains("place"));
    assert_eq!(plan.iter().find(bad), None, "{index}: {plan:?}");
}

#[test]
fn lists_and_counts_walk_their_own_index() {
    for source in Source::ALL {
        check(source, (&source.page_sql()).text());
        check(source, (&source.count_sql()).text());
    }
}
