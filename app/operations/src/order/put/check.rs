//! Refuses facts that contradict themselves, naming each field.

use crate::error::{Error, FieldProblem, Refusal};
use crate::order::facts::{LineFacts, OrderFacts, ShipmentFacts};
use crate::order::shares::{LineMoney, Mismatch, Paid, Totals, share};
use domain::Text;

/// A line's number at most: the numbers of bundles' parts begin above.
pub(crate) const LINE_NO_MAX: i64 = 999_999;
/// Lines and shipments of one order at most.
const LINES_MAX: usize = 10_000;
/// Amounts and quantities above this are a mistake of the source, and keep sums far from overflow.
const AMOUNT_MAX: i64 = 1_000_000_000_000_000;
const QUANTITY_MAX: i64 = 1_000_000_000;
const INVOICES: &[&str] = &["none", "ordinary", "special"];
const SHIPMENT_STATES: &[&str] = &["shipped", "delivered", "refused", "intercepted"];

struct Problems(Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, wrong: bool, field: impl Into<String>, code: &str, zh: &str, en: &str) {
        if wrong {
            self.0.push(FieldProblem { field: field.into(), code: code.to_owned(), message: Text::new(zh, en) });
        }
    }
    fn empty(&mut self, text: &str, field: impl Into<String>) {
        self.add(text.trim().is_empty(), field, "required", "必填", "is required");
    }
    fn amount(&mut self, minor: Option<i64>, field: impl Into<String> + Clone) {
        let minor = minor.unwrap_or(0);
        self.add(minor < 0, field.clone(), "negative_money", "金额不能为负", "an amount cannot be negative");
        self.add(minor > AMOUNT_MAX, field, "too_large", "金额过大", "the amount is too large");
    }
    fn one_of(&mut self, word: &str, words: &[&str], field: impl Into<String>) {
        let message = format!("is one of {}", words.join(", "));
        self.add(!words.contains(&word), field, "unknown_word", "取值不在允许的范围内", &message);
    }
}

/// Refuses facts that cannot be an order.
pub(super) fn check(facts: &OrderFacts) -> Result<(), Error> {
    let mut problems = Problems(Vec::new());
    problems.empty(&facts.number, "number");
    problems.empty(&facts.state, "state");
    let version = facts.source_version < 1;
    problems.add(version, "source_version", "too_small", "版本号从 1 开始", "versions begin at 1");
    problems.one_of(&facts.invoice, INVOICES, "invoice");
    problems.add(facts.lines.is_empty(), "lines", "required", "订单至少有一行商品", "an order has at least one line");
    let many = facts.lines.len().max(facts.shipments.len()) > LINES_MAX;
    problems.add(many, "lines", "too_many", "行数过多", "too many lines");
    problems.amount(facts.captured_minor, "captured_minor");
    problems.amount(facts.tax_minor, "tax_minor");
    problems.amount(facts.freight_minor, "freight_minor");
    for (index, line) in facts.lines.iter().take(LINES_MAX).enumerate() {
        check_line(&mut problems, index, line);
        let before = facts.lines.iter().take(index).any(|other| other.line_no == line.line_no);
        problems.add(before, format!("lines[{index}].line_no"), "duplicate", "行号重复", "the line number repeats");
    }
    for (index, shipment) in facts.shipments.iter().take(LINES_MAX).enumerate() {
        check_shipment(&mut problems, index, shipment, facts);
    }
    for (index, tender) in facts.tenders.iter().enumerate() {
        problems.empty(&tender.kind, format!("tenders[{index}].kind"));
        problems.amount(Some(tender.amount_minor), format!("tenders[{index}].amount_minor"));
    }
    if problems.0.is_empty() {
        return Ok(());
    }
    let mut refusal =
        Refusal::new("invalid_order", "订单内容有误，请更正标出的字段", "the order has mistakes in the named fields");
    refusal.fields = problems.0;
    Err(Error::invalid(refusal))
}

fn check_line(problems: &mut Problems, index: usize, line: &LineFacts) {
    let at = |field: &str| format!("lines[{index}].{field}");
    problems.empty(&line.sku, at("sku"));
    let number = (1..=LINE_NO_MAX).contains(&line.line_no);
    problems.add(!number, at("line_no"), "out_of_range", "行号应在 1 到 999999 之间", "is 1 to 999,999");
    let quantity = (1..=QUANTITY_MAX).contains(&line.quantity);
    problems.add(!quantity, at("quantity"), "out_of_range", "数量应为正整数", "is a positive whole number");
    let cancelled = (0..=line.quantity).contains(&line.cancelled);
    problems.add(!cancelled, at("cancelled"), "out_of_range", "取消数量不能超过订购数量", "is at most the quantity");
    let shipped = line.shipped.is_none_or(|shipped| (0..=line.quantity).contains(&shipped));
    problems.add(!shipped, at("shipped"), "out_of_range", "发货数量不能超过订购数量", "is at most the quantity");
    problems.amount(Some(line.unit_price_minor), at("unit_price_minor"));
    problems.amount(Some(line.discount_minor), at("discount_minor"));
    problems.amount(line.paid_minor, at("paid_minor"));
    problems.amount(line.tax_minor, at("tax_minor"));
    problems.amount(line.freight_minor, at("freight_minor"));
}

fn check_shipment(problems: &mut Problems, index: usize, shipment: &ShipmentFacts, facts: &OrderFacts) {
    let at = |field: &str| format!("shipments[{index}].{field}");
    problems.empty(&shipment.waybill, at("waybill"));
    problems.one_of(&shipment.state, SHIPMENT_STATES, at("state"));
    let backwards = shipment.delivered_at.is_some_and(|delivered| delivered < shipment.shipped_at);
    problems.add(backwards, at("delivered_at"), "before_shipped", "签收早于发货", "is before it was shipped");
    for (position, part) in shipment.lines.iter().enumerate() {
        let field = format!("shipments[{index}].lines[{position}]");
        let line = facts.lines.iter().find(|line| line.line_no == part.line_no);
        problems.add(
            line.is_none(),
            format!("{field}.line_no"),
            "unknown_line",
            "订单没有这一行",
            "is no line of the order",
        );
        let fits = line.is_none_or(|line| (1..=line.quantity).contains(&part.quantity));
        let message = "is a positive number up to the line's quantity";
        problems.add(!fits, format!("{field}.quantity"), "out_of_range", "数量应为正且不超过该行数量", message);
    }
}

/// What was paid for each line, or why the money does not add up.
pub(super) fn price(facts: &OrderFacts) -> Result<Vec<Paid>, Error> {
    let lines: Vec<LineMoney> = facts.lines.iter().map(money).collect();
    let totals =
        Totals { captured_minor: facts.captured_minor, tax_minor: facts.tax_minor, freight_minor: facts.freight_minor };
    share(&lines, &totals).map_err(|mismatch| Error::invalid(refusal(&mismatch)))
}

const fn money(line: &LineFacts) -> LineMoney {
    LineMoney {
        quantity: line.quantity,
        unit_price_minor: line.unit_price_minor,
        discount_minor: line.discount_minor,
        paid_minor: line.paid_minor,
        tax_minor: line.tax_minor,
        freight_minor: line.freight_minor,
        is_gift: line.is_gift,
    }
}

fn refusal(mismatch: &Mismatch) -> Refusal {
    let differs = |zh: &str, en: &str, lines_minor: i64| {
        Refusal::new(
            "money_does_not_sum",
            format!("各行的{zh}合计为 {lines_minor}（最小货币单位），与订单不符"),
            format!("the lines' {en} sums to {lines_minor} minor units, which is not the order's"),
        )
        .help(
            "请更正总额，或省略各行的金额由系统分摊",
            "correct the total, or leave the lines' amounts out to have it shared",
        )
    };
    match mismatch {
        Mismatch::Tax { lines_minor } => differs("税额", "tax", *lines_minor).at("tax_minor"),
        Mismatch::Freight { lines_minor } => differs("运费", "freight", *lines_minor).at("freight_minor"),
        Mismatch::Captured { lines_minor } => differs("实付", "paid amount", *lines_minor).at("captured_minor"),
        Mismatch::Line { index } => Refusal::new(
            "money_does_not_sum",
            "该行的税额与运费之和超过该行实付",
            "the line's tax and freight are more than what was paid for it",
        )
        .at(format!("lines[{index}].paid_minor")),
    }
}
