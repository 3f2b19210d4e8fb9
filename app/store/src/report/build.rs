//! Puts the statement of a plan together. Every value is a parameter; every name comes from `column.rs`.

use std::collections::BTreeSet;

use engine::report::{Bucket, Column, ColumnKind, Group, OrderBy, Plan, Planned};
use rusqlite::types::Value as Col;

use super::column::{Join, Source, Term, stored};
use super::{Asked, Zone};
use crate::conn::BuiltSql;
use crate::scope::{PlaceScope, RowScope};

/// What a statement gathers while it is put together.
pub(super) struct Builder<'a> {
    pub(super) source: Source,
    pub(super) asked: &'a Asked,
    pub(super) params: Vec<Col>,
    pub(super) joins: BTreeSet<Join>,
}

/// The statement and its parameters. Columns of the answer: groups, currency (if any), figures.
pub(super) fn statement(plan: &Plan, scope: &RowScope, asked: &Asked, source: Source) -> (BuiltSql, Vec<Col>) {
    let mut builder = Builder::new(source, asked);
    let inner = builder.rows(plan, scope);
    let keys = keys(plan);
    let ranked = ranked(plan, &keys, &inner);
    let mut columns = keys.clone();
    columns.extend(plan.measures.iter().enumerate().map(|(at, measure)| builder.figure(at, *measure)));
    let mut sql = format!("SELECT {} FROM ({ranked})", columns.join(", "));
    if !keys.is_empty() {
        sql.push_str(&format!(" GROUP BY {}", keys.join(", ")));
        // A total that fell to nothing stays as a row of nothing.
        if source.weight().is_some() {
            sql.push_str(" HAVING sum(weight) <> 0");
        }
    }
    let limit = builder.bind(Col::Integer(i64::from(plan.limit)));
    sql.push_str(&format!(" ORDER BY {} LIMIT {limit}", order(plan)));
    (BuiltSql::new(sql), builder.params)
}

fn keys(plan: &Plan) -> Vec<String> {
    let mut keys: Vec<String> = (0..plan.groups.len()).map(|at| format!("g{at}")).collect();
    keys.extend(plan.currency.map(|_| "currency".to_owned()));
    keys
}

// For each p90 its rank among the rows of its group, and how many there are.
fn ranked(plan: &Plan, keys: &[String], inner: &str) -> String {
    let ranks = plan.measures.iter().enumerate().filter(|(_, measure)| matches!(measure, Planned::P90(_)));
    let part = if keys.is_empty() { String::new() } else { format!("PARTITION BY {}", keys.join(", ")) };
    let ranks: Vec<String> = ranks
        .map(|(at, _)| {
            format!(
                "row_number() OVER ({part} ORDER BY m{at} NULLS LAST) AS rank{at}, count(m{at}) OVER ({part}) AS of{at}"
            )
        })
        .collect();
    if ranks.is_empty() {
        return inner.to_owned();
    }
    let mut columns = keys.to_vec();
    let measured = plan.measures.iter().enumerate().filter(|(_, measure)| measure.column().is_some());
    columns.extend(measured.map(|(at, _)| format!("m{at}")));
    columns.push("weight".to_owned());
    columns.extend(ranks);
    format!("SELECT {} FROM ({inner})", columns.join(", "))
}

fn order(plan: &Plan) -> String {
    let mut order: Vec<String> = plan
        .order
        .iter()
        .map(|by| match by {
            OrderBy::Group(at) => format!("g{at} ASC NULLS LAST"),
            OrderBy::Largest(at) => format!("f{at} DESC NULLS LAST"),
        })
        .collect();
    order.extend(plan.currency.map(|_| "currency".to_owned()));
    if order.is_empty() { "1".to_owned() } else { order.join(", ") }
}

impl<'a> Builder<'a> {
    pub(super) const fn new(source: Source, asked: &'a Asked) -> Self {
        Self { source, asked, params: Vec::new(), joins: BTreeSet::new() }
    }

    /// A parameter with this value.
    pub(super) fn bind(&mut self, value: Col) -> String {
        self.params.push(value);
        format!("?{}", self.params.len())
    }

    fn rows(&mut self, plan: &Plan, scope: &RowScope) -> String {
        let mut columns: Vec<String> = Vec::new();
        for (at, group) in plan.groups.iter().enumerate() {
            columns.push(format!("{} AS g{at}", self.group(group)));
        }
        if let Some(currency) = plan.currency {
            columns.push(format!("{} AS currency", self.column(currency)));
        }
        for (at, measure) in plan.measures.iter().enumerate() {
            if let Some(column) = measure.column() {
                columns.push(format!("{} AS m{at}", self.measured(column)));
            }
        }
        columns.push(format!("{} AS weight", self.source.weight().unwrap_or("1")));
        let filter = self.condition(&plan.filter);
        let scope = self.scope(scope);
        let from = self.source.from();
        let joins: String = self.joins.iter().map(|join| format!(" {}", join.sql(self.source))).collect();
        format!("SELECT {} FROM {from}{joins} WHERE {filter} AND {scope}", columns.join(", "))
    }

    fn figure(&self, at: usize, measure: Planned) -> String {
        let figure = match measure {
            Planned::Count if self.source.weight().is_some() => "coalesce(sum(weight), 0)".to_owned(),
            Planned::Count => "count(*)".to_owned(),
            Planned::Sum(_) => format!("coalesce(sum(m{at}), 0)"),
            Planned::Mean(_) => format!("avg(m{at})"),
            Planned::Share(_) => format!("100.0 * avg(m{at})"),
            // Nearest rank: nine tenths of the rows, rounded up.
            Planned::P90(_) => format!("max(CASE WHEN rank{at} = (9 * of{at} + 9) / 10 THEN m{at} END)"),
        };
        format!("{figure} AS f{at}")
    }

    /// The column's value; NULL when blank.
    pub(super) fn column(&mut self, column: Column) -> String {
        if self.source == Source::LineTotals && column == Column::LineCurrency {
            return "l.currency".to_owned();
        }
        let (term, joins) = stored(column);
        self.joins.extend(joins);
        match term {
            Term::Plain(sql) => sql.to_owned(),
            Term::LocalDay(instant) => self.local_day(instant),
            Term::LagDays => {
                let ordered = self.local_day("o.ordered_at");
                format!("CAST(julianday(r.local_date) - julianday({ordered}) AS INTEGER)")
            }
        }
    }

    pub(super) fn measured(&mut self, column: Column) -> String {
        match (self.source, column) {
            (Source::LineTotals, Column::LineQuantity) => "l.quantity".to_owned(),
            _ => self.column(column),
        }
    }

    fn group(&mut self, group: &Group) -> String {
        match &group.bucket {
            Bucket::Each => self.column(group.column),
            Bucket::Day => self.day(group.column),
            Bucket::Month => self.month(group.column),
            Bucket::Ranges(bounds) => {
                let value = self.column(group.column);
                let mut sql = format!("CASE WHEN {value} IS NULL THEN NULL");
                for (place, bound) in bounds.iter().enumerate() {
                    let bound = self.bind(Col::Integer(*bound));
                    sql.push_str(&format!(" WHEN {value} <= {bound} THEN {place}"));
                }
                sql.push_str(&format!(" ELSE {} END", bounds.len()));
                sql
            }
        }
    }

    /// The shop's day of a day or instant column.
    pub(super) fn day(&mut self, column: Column) -> String {
        let value = self.column(column);
        if column.kind() == ColumnKind::Instant { self.local_day(&value) } else { value }
    }

    /// The shop's month of a day or instant column.
    pub(super) fn month(&mut self, column: Column) -> String {
        if self.source == Source::LineTotals && column == Column::LineFiledDate {
            return "l.month".to_owned();
        }
        format!("substr({}, 1, 7)", self.day(column))
    }

    fn local_day(&mut self, instant: &str) -> String {
        let asked = self.asked;
        let zones: Vec<String> = asked.zones.iter().map(|zone| self.offset(instant, zone)).collect();
        let other = self.bind(Col::Integer(i64::from(asked.offset_minutes) * 60_000));
        let offset = self.by_zone(&zones, &other);
        format!("date(({instant} + {offset}) / 1000, 'unixepoch')")
    }

    fn offset(&mut self, instant: &str, zone: &Zone) -> String {
        let mut sql = String::new();
        let mut spans = zone.spans.iter().peekable();
        while let Some((_, minutes)) = spans.next() {
            let offset = self.bind(Col::Integer(i64::from(*minutes) * 60_000));
            match spans.peek() {
                Some((until, _)) => {
                    let until = self.bind(Col::Integer(until.ms()));
                    sql.push_str(&format!(" WHEN {instant} < {until} THEN {offset}"));
                }
                None if sql.is_empty() => return offset,
                None => sql = format!("CASE{sql} ELSE {offset} END"),
            }
        }
        sql
    }

    /// The day at the row's shop, so many days from now.
    pub(super) fn today(&mut self, plus_days: i64) -> String {
        let asked = self.asked;
        let day = |minutes: i32| asked.now.local_date(minutes).plus_days(plus_days).to_string();
        let other = day(asked.offset_minutes);
        let days: Vec<String> = asked.zones.iter().map(|zone| day(zone.minutes_at(asked.now.ms()))).collect();
        if let Some(first) = days.first()
            && days.iter().all(|day| day == first)
            && (*first == other || self.source != Source::Parcels)
        {
            return self.bind(Col::Text(first.clone()));
        }
        let days: Vec<String> = days.into_iter().map(|day| self.bind(Col::Text(day))).collect();
        let other = self.bind(Col::Text(other));
        self.by_zone(&days, &other)
    }

    fn by_zone(&mut self, values: &[String], other: &str) -> String {
        let asked = self.asked;
        let shop = self.source.shop();
        let mut sql = String::new();
        for (zone, value) in asked.zones.iter().zip(values) {
            let shops: Vec<String> = zone.shops.iter().map(|shop| self.bind(Col::Integer(shop.get()))).collect();
            sql.push_str(&format!(" WHEN {shop} IN ({}) THEN {value}", shops.join(", ")));
        }
        if sql.is_empty() { other.to_owned() } else { format!("CASE{sql} ELSE {other} END") }
    }

    pub(super) fn scope(&mut self, scope: &RowScope) -> String {
        match (self.source, scope) {
            (Source::Parcels, RowScope::Places(places)) => {
                let parts: Vec<String> = places.iter().map(|place| self.parcel_place(*place)).collect();
                format!("({})", parts.join(" OR "))
            }
            _ => scope.condition(self.source.place(), &mut self.params).unwrap_or_else(|| "1".to_owned()),
        }
    }

    // As on the list of parcels: one that belongs to no case, or lies nowhere yet, is everybody's.
    fn parcel_place(&mut self, place: PlaceScope) -> String {
        let mut both = vec!["1".to_owned()];
        if let Some(warehouse) = place.warehouse {
            let warehouse = self.bind(Col::Integer(warehouse.get()));
            both.push(format!("(p.warehouse_id IS NULL OR p.warehouse_id = {warehouse})"));
        }
        if let Some(shop) = place.shop {
            let shop = self.bind(Col::Integer(shop.get()));
            both.push(format!(
                "(NOT EXISTS (SELECT 1 FROM parcel_rma WHERE parcel_rma.parcel_id = p.id) OR EXISTS (SELECT 1 \
                 FROM parcel_rma JOIN rma ON rma.id = parcel_rma.rma_id \
                 WHERE parcel_rma.parcel_id = p.id AND rma.shop_id = {shop}))"
            ));
        }
        format!("({})", both.join(" AND "))
    }
}

impl Zone {
    fn minutes_at(&self, ms: i64) -> i32 {
        let begun = self.spans.iter().rev().find(|(from, _)| from.ms() <= ms);
        begun.or_else(|| self.spans.first()).map_or(0, |(_, minutes)| *minutes)
    }
}
