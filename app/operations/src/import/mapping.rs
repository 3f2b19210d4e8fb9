//! Which column is what: suggested by header names, remembered by the headers' hash, overridden by who imports.

use std::collections::BTreeMap;

use domain::{Currency, Permission};
use serde::{Deserialize, Serialize};
use store::Conn;

use super::target::{Field, Target};
use crate::error::{Error, FieldProblem, Refusal};

/// Which column of a file is which field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Field id → header.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field id → a value for every row, where the file has no column.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Field id → word in the file → word it stands for, such as a channel and its shop's code.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

/// How a run treats its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The shop of rows that name none, by code.
    #[serde(default)]
    pub shop: Option<String>,
    /// Whether shops that the file names and nobody knows are made.
    #[serde(default)]
    pub create_shops: bool,
    /// The zone of times, and of shops that are made; the shop's own where it is known.
    #[serde(default = "default_zone")]
    pub zone: String,
    /// The currency of amounts where nothing else says, and of shops that are made.
    #[serde(default = "default_currency")]
    pub currency: Currency,
    /// Rows in one transaction at most; what is fastest when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_per_command: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            shop: None,
            create_shops: false,
            zone: default_zone(),
            currency: default_currency(),
            rows_per_command: None,
        }
    }
}

fn default_zone() -> String {
    "Asia/Shanghai".to_owned()
}

const fn default_currency() -> Currency {
    Currency::CNY
}

/// What a run keeps of how it was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The file's headers.
    pub headers: Vec<String>,
    /// What separates its columns; a comma for a sheet, whose rows are kept as CSV.
    pub separator: char,
    /// Which is what.
    pub mapping: Mapping,
    /// How the file is treated.
    pub options: Options,
}

/// A header in the form in which headers are compared: letters and digits only, lower case, without what stands in
/// parentheses.
#[must_use]
pub fn folded(header: &str) -> String {
    let mut depth = 0_u32;
    let mut folded = String::new();
    for c in header.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => {}
        }
    }
    folded
}

/// What files with the same headers share.
#[must_use]
pub fn header_hash(headers: &[String]) -> String {
    let joined: Vec<String> = headers.iter().map(|header| folded(header)).collect();
    blake3::hash(joined.join("\u{1f}").as_bytes()).to_hex().to_string()
}

/// What the headers look like.
#[must_use]
pub fn suggest(target: Target, headers: &[String]) -> Mapping {
    let mut columns = BTreeMap::new();
    let called = |field: &Field, exact: bool| {
        headers.iter().find(|header| {
            let name = folded(header);
            let own = [field.id, field.zh, field.en].iter().any(|own| folded(own) == name);
            own || (!exact && field.is_called(&name))
        })
    };
    // A header that is a field's own name is not taken by another field's second name.
    for exact in [true, false] {
        for field in target.fields() {
            if columns.contains_key(field.id) {
                continue;
            }
            if let Some(header) = called(field, exact).filter(|header| !columns.values().any(|taken| taken == *header))
            {
                columns.insert(field.id.to_owned(), header.clone());
            }
        }
    }
    Mapping { columns, ..Mapping::default() }
}

/// The mapping for a file: what is remembered for its headers or suggested, with what was said this time on top.
pub(super) fn decide(conn: &Conn, target: Target, headers: &[String], said: &Mapping) -> Result<Mapping, Error> {
    let remembered = store::import::mapping(conn, target.as_str(), &header_hash(headers))?;
    let remembered = remembered.and_then(|text| serde_json::from_str::<Mapping>(&text).ok());
    let mut mapping = remembered.unwrap_or_else(|| suggest(target, headers));
    for (field, header) in &said.columns {
        if header.is_empty() {
            mapping.columns.remove(field);
        } else {
            mapping.columns.insert(field.clone(), header.clone());
        }
    }
    mapping.constants.extend(said.constants.clone());
    for (field, words) in &said.words {
        mapping.words.entry(field.clone()).or_default().extend(words.clone());
    }
    check(target, headers, &mapping)?;
    Ok(mapping)
}

fn check(target: Target, headers: &[String], mapping: &Mapping) -> Result<(), Error> {
    let mut fields = Vec::new();
    let mut add = |field: &str, code: &str, zh: String, en: String| {
        let message = domain::Text::new(zh, en);
        fields.push(FieldProblem { field: field.to_owned(), code: code.to_owned(), message });
    };
    for field in target.fields().iter().filter(|field| field.required) {
        if !mapping.columns.contains_key(field.id) && !mapping.constants.contains_key(field.id) {
            add(
                field.id,
                "missing_column",
                format!("文件缺少“{}”列", field.zh),
                format!("the file has no column for “{}”", field.en),
            );
        }
    }
    for name in mapping.columns.keys().chain(mapping.constants.keys()).chain(mapping.words.keys()) {
        if target.field(name).is_none() {
            add(name, "unknown_field", format!("没有字段 {name}"), format!("there is no field {name}"));
        }
    }
    for (field, header) in &mapping.columns {
        if !headers.contains(header) {
            add(field, "unknown_header", format!("文件没有“{header}”列"), format!("the file has no column “{header}”"));
        }
    }
    if fields.is_empty() {
        return Ok(());
    }
    let mut refusal = Refusal::new("mapping_incomplete", "列对应关系不完整", "the columns are not all mapped")
        .help(format!("文件的列：{}", headers.join("、")), format!("the file's columns: {}", headers.join(", ")));
    refusal.fields = fields;
    Err(Error::invalid(refusal))
}

/// What importing asks permission for.
pub(super) const PERMISSION: Permission = Permission::OrderImport;

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn headers_are_recognised_in_both_languages() {
        let check = |target, names: &[&str], expect: &[(&str, &str)]| {
            let mapping = suggest(target, &headers(names));
            let expect: BTreeMap<String, String> =
                expect.iter().map(|(field, header)| ((*field).to_owned(), (*header).to_owned())).collect();
            assert_eq!(mapping.columns, expect);
        };
        check(
            Target::OrderLines,
            &["Order No", "LINE_NO", "商家编码", "数量", "单价(元)", "实付金额", "备注"],
            &[
                ("line_no", "LINE_NO"),
                ("order_no", "Order No"),
                ("paid", "实付金额"),
                ("quantity", "数量"),
                ("sku", "商家编码"),
                ("unit_price", "单价(元)"),
            ],
        );
        check(
            Target::ExternalCases,
            &["退款编号", "订单编号", "退款状态", "退款金额", "超时时间"],
            &[
                ("amount", "退款金额"),
                ("due_at", "超时时间"),
                ("number", "退款编号"),
                ("order_no", "订单编号"),
                ("raw_status", "退款状态"),
            ],
        );
    }

    #[test]
    fn the_generator_s_headers_map_by_themselves() {
        let files: &[(Target, &str)] = &[
            (Target::Customers, "customer_no,name,email,phone"),
            (Target::Products, "sku,name,category,brand,list_price"),
            (Target::Orders, "order_no,channel,customer_no,ordered_at,shipped_at,delivered_at,currency,paid_total"),
            (Target::OrderLines, "order_no,line_no,sku,quantity,unit_price,discount,tax,shipping,paid"),
            (
                Target::Returns,
                "return_no,order_no,line_no,sku,quantity,reason,requested_at,refund_goods,refund_tax,fee,\
                 refund_shipping,refunded_cash,reversed_charge,account_credit",
            ),
        ];
        for (target, line) in files {
            let names: Vec<&str> = line.split(',').collect();
            let mapping = suggest(*target, &headers(&names));
            for name in names {
                assert_eq!(mapping.columns.get(name).map(String::as_str), Some(name), "{target:?}");
            }
        }
    }

    #[test]
    fn headers_that_differ_in_dress_share_a_mapping() {
        assert_eq!(header_hash(&headers(&["Order No", "SKU"])), header_hash(&headers(&["order_no", "sku"])));
        assert_ne!(header_hash(&headers(&["a", "bc"])), header_hash(&headers(&["ab", "c"])));
    }
}
