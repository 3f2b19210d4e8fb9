//! Which column of a statement says what: the names that Alipay, WeChat Pay and plain files use.

use std::collections::BTreeMap;

/// What a column can say, with the names it goes by; the first name that a file has counts.
pub const FIELDS: &[(&str, &[&str])] = &[
    (
        "at",
        &[
            "完成时间",
            "发生时间",
            "入账时间",
            "记账时间",
            "交易时间",
            "退款时间",
            "支付时间",
            "时间",
            "日期",
            "date",
            "time",
            "at",
            "paidat",
            "booked",
        ],
    ),
    ("amount", &["收支金额", "订单金额", "交易金额", "金额", "amount"]),
    ("income", &["收入金额", "收入", "income", "credit"]),
    ("expense", &["支出金额", "支出", "expense", "debit"]),
    ("direction", &["收支类型", "收/支", "收支", "业务类型", "方向", "direction", "type"]),
    (
        "channel_reference",
        &[
            "微信支付业务单号",
            "支付宝交易号",
            "业务流水号",
            "微信订单号",
            "交易号",
            "渠道流水号",
            "流水号",
            "channelreference",
            "transactionid",
            "reference",
        ],
    ),
    (
        "our_reference",
        &["商户订单号", "业务凭证号", "商户单号", "我方单号", "ourreference", "merchantreference", "outrefundno"],
    ),
    ("refund_amount", &["申请退款金额", "退款金额", "refundamount"]),
    ("refund_channel_reference", &["微信退款单号", "退款单号", "refundid"]),
    ("refund_our_reference", &["商户退款单号", "退款批次号/请求号", "退款批次号", "退款请求号"]),
    ("refund_state", &["退款状态", "refundstate"]),
    ("currency", &["货币种类", "币种", "currency"]),
    ("note", &["备注", "商品名称", "摘要", "说明", "note", "remark", "description"]),
];

/// What each field is read from: a column's place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    /// Recognises a header row; `said` names columns for fields and wins.
    #[must_use]
    pub fn of(headers: &[String], said: &BTreeMap<String, String>) -> Self {
        let names: Vec<String> = headers.iter().map(|header| plain(header)).collect();
        let mut columns = BTreeMap::new();
        for (field, aliases) in FIELDS {
            let place = match said.get(*field) {
                Some(header) => headers.iter().position(|known| known == header),
                None => aliases.iter().find_map(|alias| names.iter().position(|name| name == alias)),
            };
            if let Some(place) = place {
                columns.insert(*field, place);
            }
        }
        Self(columns)
    }

    /// Whether a statement can be read with them: a time and some amount.
    #[must_use]
    pub fn suffice(&self) -> bool {
        let amounts = ["amount", "income", "expense", "refund_amount"];
        self.0.contains_key("at") && amounts.iter().any(|field| self.0.contains_key(field))
    }

    /// Where a field stands.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<usize> {
        self.0.get(field).copied()
    }

    /// The header that each field is read from.
    #[must_use]
    pub fn named(&self, headers: &[String]) -> BTreeMap<String, String> {
        let name = |(field, place): (&&str, &usize)| Some(((*field).to_owned(), headers.get(*place)?.clone()));
        self.0.iter().filter_map(name).collect()
    }
}

/// Whose bill a header row belongs to: alipay, wechat or generic.
#[must_use]
pub fn layout(headers: &[String]) -> &'static str {
    let has = |words: &[&str]| headers.iter().any(|header| words.iter().any(|word| header.contains(word)));
    if has(&["微信"]) || has(&["资金流水单号"]) {
        "wechat"
    } else if has(&["支付宝", "账务流水号"]) {
        "alipay"
    } else {
        "generic"
    }
}

// Without spaces, case and what stands in brackets: `收入金额（+元）` is 收入金额.
fn plain(header: &str) -> String {
    let end = header.find(['(', '（']).unwrap_or(header.len());
    let kept = header.get(..end).unwrap_or(header);
    kept.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '`' | '_' | '-' | '\u{feff}'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, expect_layout: &str, expect: &[(&str, &str)]) {
        let headers: Vec<String> = header.split(',').map(str::to_owned).collect();
        let columns = Columns::of(&headers, &BTreeMap::new());
        assert!(columns.suffice(), "{header}");
        assert_eq!(layout(&headers), expect_layout);
        let named = columns.named(&headers);
        for (field, column) in expect {
            assert_eq!(named.get(*field).map(String::as_str), Some(*column), "{field} of {header}");
        }
    }

    #[test]
    fn bills_are_recognised() {
        check(
            "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,备注",
            "alipay",
            &[("at", "完成时间"), ("amount", "订单金额（元）"), ("refund_our_reference", "退款批次号/请求号")],
        );
        check(
            "账务流水号,业务流水号,商户订单号,发生时间,收入金额（+元）,支出金额（-元）,账户余额（元）,业务类型",
            "alipay",
            &[("income", "收入金额（+元）"), ("expense", "支出金额（-元）"), ("channel_reference", "业务流水号")],
        );
        check(
            "交易时间,微信订单号,商户订单号,交易状态,货币种类,微信退款单号,商户退款单号,退款金额,退款状态,订单金额,申请退款金额",
            "wechat",
            &[("refund_amount", "申请退款金额"), ("refund_channel_reference", "微信退款单号")],
        );
        check("Date,Amount,Reference,Note", "generic", &[("at", "Date"), ("channel_reference", "Reference")]);
    }

    #[test]
    fn what_is_said_wins() {
        let headers = ["d".to_owned(), "total".to_owned(), "金额".to_owned()];
        let said = BTreeMap::from([("at".to_owned(), "d".to_owned()), ("amount".to_owned(), "total".to_owned())]);
        let columns = Columns::of(&headers, &said);
        assert_eq!((columns.get("at"), columns.get("amount")), (Some(0), Some(1)));
        assert!(!Columns::of(&headers, &BTreeMap::new()).suffice());
    }
}
