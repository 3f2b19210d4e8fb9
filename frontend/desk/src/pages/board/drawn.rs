//! Charts as ECharts options.

use contract::board::{ComponentView, RowView};
use parts::said::read;
use serde_json::{Value, json};

use super::figure::label;

/// A figure in the unit people read: major units of money.
fn amount(component: &ComponentView, row: &RowView, at: usize) -> Value {
    let is_money = component.measures.get(at).is_some_and(|measure| measure.unit == "money");
    let digits = row.currency.as_deref().map_or(0, ui::locale::minor_digits);
    let scale = if is_money { 10_f64.powi(i32::from(digits)) } else { 1.0 };
    row.figures.get(at).copied().flatten().map_or(Value::Null, |value| json!(value / scale))
}

/// Shares of a whole.
pub(super) fn pie(component: &ComponentView) -> String {
    let data: Vec<Value> =
        component.rows.iter().map(|row| json!({ "name": label(row), "value": amount(component, row, 0) })).collect();
    json!({
        "tooltip": { "trigger": "item" },
        "series": [{
            "type": "pie", "radius": ["38%", "62%"], "data": data,
            "label": { "show": true, "formatter": "{b}\n{d}%", "overflow": "break" },
        }],
    })
    .to_string()
}

/// One line a measure over time.
pub(super) fn line(component: &ComponentView) -> String {
    let names: Vec<String> = component.rows.iter().map(label).collect();
    let series: Vec<Value> = component
        .measures
        .iter()
        .enumerate()
        .map(|(at, measure)| {
            let data: Vec<Value> = component.rows.iter().map(|row| amount(component, row, at)).collect();
            json!({
                "type": "line", "name": read(&measure.title), "data": data, "yAxisIndex": at.min(1),
                "symbolSize": 5, "areaStyle": { "opacity": 0.08 },
            })
        })
        .collect();
    let axes: Vec<Value> = component
        .measures
        .iter()
        .take(2)
        .map(|measure| json!({ "type": "value", "name": read(&measure.title), "minInterval": 1 }))
        .collect();
    json!({
        "tooltip": { "trigger": "axis" },
        "legend": if component.measures.len() > 1 { json!({ "top": 0 }) } else { Value::Null },
        "grid": { "left": 8, "right": 8, "top": 40, "bottom": 8, "containLabel": true },
        "xAxis": { "type": "category", "data": names },
        "yAxis": axes,
        "series": series,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::board::MeasureView;
    use domain::Text;

    #[test]
    fn money_is_drawn_in_major_units_and_gaps_stay_gaps() {
        let row = |name: &str, figure| RowView {
            labels: vec![Text::new(name, name)],
            currency: Some("CNY".to_owned()),
            figures: vec![figure],
            drill: None,
            behind: None,
        };
        let component = ComponentView {
            id: "c".to_owned(),
            title: Text::default(),
            shape: "line".to_owned(),
            width: 6,
            measures: vec![MeasureView { title: Text::new("额", "sum"), unit: "money".to_owned() }],
            rows: vec![row("a", Some(1250.0)), row("b", None)],
        };
        let drawn: Value = serde_json::from_str(&line(&component)).unwrap_or_default();
        assert_eq!(drawn["series"][0]["data"], json!([12.5, null]));
        assert_eq!(drawn["xAxis"]["data"], json!(["a", "b"]));
        let drawn: Value = serde_json::from_str(&pie(&component)).unwrap_or_default();
        assert_eq!(drawn["series"][0]["data"][0]["value"], json!(12.5));
    }
}
