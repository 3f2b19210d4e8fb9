//! From a component to a plan: every column found, every figure possible, every row named by its group.

use domain::{Diagnostic, Text};

use super::document::{Component, Dimension, Measure, Order, Per, Shape};
use super::predicate::{Literal, Predicate, compile, filter_schema};
use super::{Board, Column, ColumnKind, Dataset};
use crate::expr::Comparison;
use crate::similar;
use crate::value::Value;

/// No component answers with more rows.
pub const MAX_ROWS: u32 = 1_000;

/// What a store has to answer: one row a group, groups first, then the figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Which rows there are.
    pub dataset: Dataset,
    /// Which of them count.
    pub filter: Predicate,
    /// What they are split by.
    pub groups: Vec<Group>,
    /// The figures.
    pub measures: Vec<Planned>,
    /// Set when a figure is money: a further group, because sums never cross currencies.
    pub currency: Option<Column>,
    /// The order of the rows; ties never stay open.
    pub order: Vec<OrderBy>,
    /// At most so many rows.
    pub limit: u32,
}

/// A column that rows are split by. A blank value is a group of its own and comes last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The column.
    pub column: Column,
    /// How values fall together.
    pub bucket: Bucket,
}

/// How values fall together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// Each value by itself.
    Each,
    /// Shop-local day, `2026-03-15`.
    Day,
    /// Shop-local month, `2026-03`.
    Month,
    /// Upper bounds, ascending. The first range has no lower end, the last no upper one.
    Ranges(Vec<i64>),
}

/// A figure of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// Rows.
    Count,
    /// The sum of a column, blank as zero.
    Sum(Column),
    /// The mean of a column's values that are there; blank when none is.
    Mean(Column),
    /// The smallest value that at least nine rows of ten do not exceed; blank when there is none.
    P90(Column),
    /// The share of rows whose column is yes among those that have one, percent; blank when there is none.
    Share(Column),
}

/// One key of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderBy {
    /// The group at this place, ascending, blank last.
    Group(usize),
    /// The figure at this place, largest first.
    Largest(usize),
}

/// The value of a group in an answered row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupKey {
    /// No value.
    Blank,
    /// A value of a plain column.
    Value(Value),
    /// A label: of a month, or of a range as `Bucket::label` writes it.
    Label(String),
}

/// The plan of a component.
///
/// # Errors
/// Everything that is wrong with the component, placed under `path`.
pub fn plan(component: &Component, stages: &[String], path: &str) -> Result<Plan, Vec<Diagnostic>> {
    let mut planner = Planner { dataset: component.dataset, path, problems: Vec::new() };
    let filter = planner.filter(component, stages);
    let groups: Vec<Group> = component.by.iter().enumerate().filter_map(|(at, by)| planner.group(at, by)).collect();
    let measures: Vec<Planned> =
        component.measures.iter().enumerate().filter_map(|(at, measure)| planner.measure(at, measure)).collect();
    planner.shape(component, &groups);
    if !planner.problems.is_empty() {
        return Err(planner.problems);
    }
    let money = measures.iter().filter_map(|measure| measure.column()).any(|column| column.kind() == ColumnKind::Money);
    let currency = component.dataset.currency().filter(|_| money);
    let order = order(component.order, &groups);
    let limit = component.limit.unwrap_or(MAX_ROWS).min(MAX_ROWS);
    Ok(Plan { dataset: component.dataset, filter, groups, measures, currency, order, limit })
}

/// Every problem of a board, each placed under `path`.
#[must_use]
pub fn check(board: &Board, stages: &[String], path: &str) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (number, component) in board.components.iter().enumerate() {
        let path = format!("{path}.components[{number}]");
        problems.extend(plan(component, stages, &path).err().unwrap_or_default());
    }
    problems
}

impl Planned {
    /// The column it reads, if any.
    #[must_use]
    pub const fn column(self) -> Option<Column> {
        match self {
            Self::Count => None,
            Self::Sum(column) | Self::Mean(column) | Self::P90(column) | Self::Share(column) => Some(column),
        }
    }
}

impl Bucket {
    /// The name of the range a value falls in: `0-30`, `31-60`, `61+`.
    #[must_use]
    pub fn label(&self, value: i64) -> Option<String> {
        let Self::Ranges(bounds) = self else { return None };
        let place = bounds.iter().position(|bound| value <= *bound).unwrap_or(bounds.len());
        Some(range_label(bounds, place))
    }
    /// The names of all ranges, in order.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        let Self::Ranges(bounds) = self else { return Vec::new() };
        (0..=bounds.len()).map(|place| range_label(bounds, place)).collect()
    }
}

fn range_label(bounds: &[i64], place: usize) -> String {
    let from = place.checked_sub(1).and_then(|before| bounds.get(before)).map_or(0, |bound| bound + 1);
    match bounds.get(place) {
        Some(bound) => format!("{}-{bound}", from.min(*bound)),
        None => format!("{from}+"),
    }
}

impl Plan {
    /// The condition of the rows behind one figure: the filter and the row's groups. One key a group, in order.
    #[must_use]
    pub fn behind(&self, keys: &[GroupKey], currency: Option<&str>) -> Predicate {
        let mut parts = vec![self.filter.clone()];
        parts.extend(self.groups.iter().zip(keys).map(|(group, key)| group.equals(key)));
        if let (Some(column), Some(code)) = (self.currency, currency) {
            let with = Literal::Value(Value::text(code));
            parts.push(Predicate::Compare { column, comparison: Comparison::Equal, with });
        }
        Predicate::All(parts)
    }
}

impl Group {
    fn equals(&self, key: &GroupKey) -> Predicate {
        let column = self.column;
        let compare = |comparison, value| Predicate::Compare { column, comparison, with: Literal::Value(value) };
        match (key, &self.bucket) {
            (GroupKey::Blank, _) => Predicate::Blank(column),
            (GroupKey::Value(value), _) => compare(Comparison::Equal, value.clone()),
            (GroupKey::Label(month), Bucket::Month) => Predicate::InMonth { column, month: month.clone() },
            (GroupKey::Label(label), Bucket::Ranges(bounds)) => {
                let Some(place) = (0..=bounds.len()).find(|place| range_label(bounds, *place) == *label) else {
                    return Predicate::Constant(false);
                };
                let mut parts = Vec::new();
                if let Some(bound) = place.checked_sub(1).and_then(|before| bounds.get(before)) {
                    parts.push(compare(Comparison::Greater, Value::from(*bound)));
                }
                if let Some(bound) = bounds.get(place) {
                    parts.push(compare(Comparison::LessOrEqual, Value::from(*bound)));
                }
                Predicate::All(parts)
            }
            (GroupKey::Label(text), Bucket::Each | Bucket::Day) => compare(Comparison::Equal, Value::text(text)),
        }
    }
}

fn order(wanted: Order, groups: &[Group]) -> Vec<OrderBy> {
    let by_groups = (0..groups.len()).map(OrderBy::Group);
    let first_runs = groups.first().is_some_and(|group| group.bucket != Bucket::Each);
    match wanted {
        Order::Groups => by_groups.collect(),
        Order::Auto if first_runs => by_groups.collect(),
        Order::Auto | Order::Largest => [OrderBy::Largest(0)].into_iter().chain(by_groups).collect(),
    }
}

struct Planner<'p> {
    dataset: Dataset,
    path: &'p str,
    problems: Vec<Diagnostic>,
}

impl Planner<'_> {
    fn error(&mut self, code: &str, place: &str, message: (String, String), help: (&str, &str)) {
        let message = Text::new(message.0, message.1);
        let problem = Diagnostic::error(code, format!("{}.{place}", self.path), message);
        self.problems.push(problem.with_help(Text::new(help.0, help.1)));
    }

    fn filter(&mut self, component: &Component, stages: &[String]) -> Predicate {
        let Some(filter) = &component.filter else { return Predicate::All(Vec::new()) };
        let place = format!("{}.filter", self.path);
        let found = filter.check_condition(&filter_schema(self.dataset, stages), &place);
        if !found.is_empty() {
            self.problems.extend(found);
            return Predicate::Constant(false);
        }
        compile(filter, self.dataset, &place).unwrap_or_else(|problem| {
            self.problems.push(problem);
            Predicate::Constant(false)
        })
    }

    fn column(&mut self, name: &str, place: &str) -> Option<Column> {
        let found = self.dataset.column(name);
        if found.is_none() {
            let dataset = self.dataset.as_str();
            let message = Text::new(
                format!("数据集 {dataset} 没有列“{name}”"),
                format!("the dataset {dataset} has no column `{name}`"),
            );
            let meant = similar::closest(name, self.dataset.columns().map(Column::name));
            let list: Vec<&str> = self.dataset.columns().map(Column::name).collect();
            let help = meant.map_or_else(
                || Text::new(format!("可用的列：{}", list.join("、")), format!("columns: {}", list.join(", "))),
                |meant| Text::new(format!("是不是“{meant}”？"), format!("did you mean `{meant}`?")),
            );
            let problem = Diagnostic::error("unknown_column", format!("{}.{place}", self.path), message);
            self.problems.push(problem.with_help(help));
        }
        found
    }

    fn group(&mut self, at: usize, by: &Dimension) -> Option<Group> {
        let column = self.column(&by.column, &format!("by[{at}]"))?;
        let bucket = match (column.kind(), by.per, by.ranges.as_slice()) {
            (ColumnKind::Text | ColumnKind::Code(_) | ColumnKind::Bool, None, []) => Bucket::Each,
            (ColumnKind::Date | ColumnKind::Instant, None | Some(Per::Day), []) => Bucket::Day,
            (ColumnKind::Date | ColumnKind::Instant, Some(Per::Month), []) => Bucket::Month,
            (ColumnKind::Integer, None, bounds)
                if !bounds.is_empty() && bounds.is_sorted_by(|low, high| low < high) =>
            {
                Bucket::Ranges(bounds.to_vec())
            }
            _ => {
                self.error(
                    "group_kind",
                    &format!("by[{at}]"),
                    (
                        format!("列“{}”不能这样分组", by.column),
                        format!("the column `{}` cannot be grouped like this", by.column),
                    ),
                    (
                        "文本与编码直接分组；日期用 per: day 或 month；整数用递增的 ranges；金额与用时不能分组",
                        "texts and codes as they are; days with `per`; whole numbers with ascending `ranges`; money and hours never",
                    ),
                );
                return None;
            }
        };
        Some(Group { column, bucket })
    }

    fn measure(&mut self, at: usize, measure: &Measure) -> Option<Planned> {
        let place = format!("measures[{at}]");
        let Some(name) = measure.column() else { return Some(Planned::Count) };
        let column = self.column(name, &place)?;
        match (measure, column.kind()) {
            (Measure::Sum(_), ColumnKind::Integer | ColumnKind::Money) => Some(Planned::Sum(column)),
            (Measure::Mean(_), ColumnKind::Integer | ColumnKind::Money | ColumnKind::Hours) => {
                Some(Planned::Mean(column))
            }
            (Measure::P90(_), ColumnKind::Integer | ColumnKind::Money | ColumnKind::Hours) => {
                Some(Planned::P90(column))
            }
            (Measure::Share(_), ColumnKind::Bool) => Some(Planned::Share(column)),
            _ => {
                self.error(
                    "measure_kind",
                    &place,
                    (format!("列“{name}”不能这样计算"), format!("the column `{name}` cannot be measured like this")),
                    (
                        "求和用于数量与金额；平均与 P90 还可用于用时；占比用于是非列",
                        "sums are for quantities and money; mean and p90 for hours too; shares for yes-or-no columns",
                    ),
                );
                None
            }
        }
    }

    fn shape(&mut self, component: &Component, groups: &[Group]) {
        if component.measures.is_empty() {
            self.error(
                "no_measure",
                "measures",
                ("组件没有要计算的内容".into(), "the component measures nothing".into()),
                ("例如 measures: [count]", "such as `measures: [count]`"),
            );
        }
        if !(1..=12).contains(&component.width) {
            self.error(
                "width_range",
                "width",
                ("宽度应为 1 到 12".into(), "the width is between 1 and 12".into()),
                ("例如 6（半行）", "such as 6, half a row"),
            );
        }
        let by = component.by.len();
        let runs = groups.first().is_some_and(|group| matches!(group.bucket, Bucket::Day | Bucket::Month));
        let fits = match component.shape {
            Shape::Number => by == 0,
            Shape::Bars => by == 1 || by == 2,
            Shape::Pie => by == 1 && component.measures.len() == 1,
            Shape::Line => (by == 1 || by == 2) && (runs || groups.len() != by),
            Shape::Table => by <= 4,
        };
        if !fits {
            self.error(
                "shape",
                "shape",
                ("图形与分组不匹配".into(), "the shape does not fit the groups".into()),
                (
                    "数字不分组；柱形分一到两组；饼图一组一值；折线的第一组是时间；表格最多四组",
                    "numbers have no group; bars one or two; a pie one group and one figure; a line begins with a time; tables at most four",
                ),
            );
        }
    }
}
