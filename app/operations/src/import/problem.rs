//! What is wrong with a row: field, code, words in both languages.

use serde::{Deserialize, Serialize};

use crate::error::Refusal;

/// One problem of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field's id, or empty for the row as a whole.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
}

impl Problem {
    /// A problem of a field.
    #[must_use]
    pub fn new(field: &str, code: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), zh: zh.into(), en: en.into() }
    }
    pub(super) fn required(field: &str) -> Self {
        Self::new(field, "required", "不能为空", "is required")
    }
    pub(super) fn number(field: &str, text: &str) -> Self {
        Self::new(field, "not_a_number", format!("“{text}”不是整数"), format!("“{text}” is not a whole number"))
    }
    pub(super) fn range(field: &str, text: &str) -> Self {
        Self::new(field, "out_of_range", format!("“{text}”超出范围"), format!("“{text}” is out of range"))
    }
    pub(super) fn money(field: &str, text: &str) -> Self {
        Self::new(field, "not_an_amount", format!("“{text}”不是金额"), format!("“{text}” is not an amount"))
    }
    pub(super) fn negative(field: &str, text: &str) -> Self {
        Self::new(
            field,
            "negative_money",
            format!("金额不能为负：{text}"),
            format!("an amount cannot be negative: {text}"),
        )
    }
    pub(super) fn date(field: &str, text: &str) -> Self {
        Self::new(
            field,
            "impossible_date",
            format!("“{text}”不是存在的日期时间"),
            format!("“{text}” is no date and time that exists"),
        )
    }
    pub(super) fn word(field: &str, text: &str) -> Self {
        Self::new(field, "unknown_word", format!("无法识别“{text}”"), format!("“{text}” is not understood"))
    }
    pub(super) fn unknown_shop(text: &str) -> Self {
        Self::new("channel", "unknown_shop", format!("没有店铺“{text}”"), format!("there is no shop “{text}”"))
    }
    pub(super) fn unusable_shop(text: &str, why: &Refusal) -> Self {
        let first = why.fields.first().map_or(&why.message, |field| &field.message);
        Self::new(
            "channel",
            "unusable_shop",
            format!("不能用“{text}”建店铺：{}", first.zh),
            format!("no shop can be made of “{text}”: {}", first.en),
        )
    }
    pub(super) fn too_many_shops(text: &str, most: usize) -> Self {
        Self::new(
            "channel",
            "too_many_shops",
            format!("没有店铺“{text}”，且本次导入已新建 {most} 个店铺：请检查该列是否为店铺"),
            format!("there is no shop “{text}”, and this run has made {most}: does the column hold shops?"),
        )
    }
    pub(super) fn no_shop() -> Self {
        Self::new("channel", "no_shop", "没有指定店铺", "no shop is named")
    }
    pub(super) fn unknown_order(text: &str) -> Self {
        Self::new("order_no", "unknown_order", format!("没有订单 {text}"), format!("there is no order {text}"))
    }
    pub(super) fn ambiguous_order(text: &str) -> Self {
        Self::new(
            "order_no",
            "ambiguous_order",
            format!("多个店铺都有订单 {text}，请指定店铺"),
            format!("several shops have an order {text}; name the shop"),
        )
    }
    pub(super) fn unknown_sku(text: &str) -> Self {
        Self::new("sku", "unknown_sku", format!("没有商品 {text}"), format!("there is no article {text}"))
    }
    pub(super) fn duplicate(field: &str, text: &str) -> Self {
        Self::new(
            field,
            "duplicate_key",
            format!("文件中重复：{text}，已采用先出现的一行"),
            format!("{text} stands in the file before; the first row counts"),
        )
    }
    pub(super) fn encoding() -> Self {
        Self::new("", "encoding", "含有无法解码的字符", "holds characters that cannot be decoded")
    }
    pub(super) fn ragged(expected: usize, found: usize) -> Self {
        Self::new(
            "",
            "ragged_row",
            format!("应有 {expected} 列，实有 {found} 列"),
            format!("has {found} columns instead of {expected}"),
        )
    }
    pub(super) fn quote() -> Self {
        Self::new("", "unclosed_quote", "引号没有结束", "a quotation mark is not closed")
    }
    pub(super) fn precision(field: &str) -> Self {
        Self::new(
            field,
            "number_precision",
            "Excel 把它存成了数字，末尾几位已丢失，请把该列设为文本",
            "Excel stored it as a number and lost its last digits; format the column as text",
        )
    }
    pub(super) fn money_sum(field: &str) -> Self {
        Self::new(
            field,
            "money_does_not_sum",
            "税额与运费之和超过实付金额",
            "tax and freight are more than what was paid",
        )
    }
    pub(super) fn forbidden() -> Self {
        Self::new("channel", "forbidden", "没有该店铺的导入权限", "you may not import for this shop")
    }
}
