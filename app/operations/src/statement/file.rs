//! A statement's file as lines: what stands above and below the table is passed over, a row that cannot be read is named.

use std::collections::{BTreeMap, HashMap};

use domain::{Currency, ShopId, Text, Timestamp};

use super::headers::{Columns, layout};
use crate::error::{Error, Refusal};
use crate::import::number::{Wrong, minor};
use crate::import::source::{INEXACT, Record, Source};
use crate::import::value;
use crate::masters::Masters;

/// Most rows of a file: a day of a large shop. They are written in one go.
pub const MAX_ROWS: usize = 20_000;
/// A header stands within so many rows.
const HEADER_WITHIN: usize = 50;
/// Longest reference or text kept, in characters.
const MAX_CHARS: usize = 200;
/// What the lines below a table begin with.
const TRAILERS: &[&str] = &["总交易单数", "资金流水总笔数", "总笔数", "合计", "总计"];

/// A file that was looked at.
#[derive(Clone, Debug)]
pub struct File {
    /// alipay, wechat or generic.
    pub layout: &'static str,
    /// BLAKE3 of its bytes, hex.
    pub hash: String,
    /// Its columns.
    pub headers: Vec<String>,
    /// Which field is read from which.
    pub columns: BTreeMap<String, String>,
    /// Of all lines.
    pub currency: Currency,
    /// What can be read.
    pub lines: Vec<Line>,
    /// What cannot.
    pub problems: Vec<Problem>,
}

/// A line as it was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// Its row below the header, from 1.
    pub row: i64,
    /// The same in every file that has this line.
    pub key: String,
    /// When it was booked.
    pub at: Timestamp,
    /// Minor units, above zero.
    pub amount_minor: i64,
    /// Whether it paid out.
    pub is_out: bool,
    /// Whether the channel is done with it.
    pub is_final: bool,
    /// The channel's number.
    pub channel_reference: String,
    /// The number that the channel got from us.
    pub our_reference: String,
    /// What the channel wrote.
    pub text: String,
}

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its row below the header, from 1.
    pub row: i64,
    /// Which field.
    pub field: &'static str,
    /// What is wrong.
    pub message: Text,
    /// The row as it stands in the file.
    pub raw: String,
}

/// Reads a file for a shop. `said` names columns for fields.
///
/// # Errors
/// `Invalid` when no header is found or there are too many rows; `Internal` when the file cannot be read.
pub fn read(source: &Source, masters: &Masters, shop: ShopId, said: &BTreeMap<String, String>) -> Result<File, Error> {
    let shop_currency = masters.shop(shop)?.currency;
    let mut reading = Reading {
        zone: (masters, shop),
        currency: None,
        shop_currency,
        columns: Columns::default(),
        lines: Vec::new(),
        problems: Vec::new(),
        seen: HashMap::new(),
    };
    let (mut headers, mut passed, mut row, mut over) = (None, 0_usize, 0_i64, false);
    let mut take = |cells: Vec<String>, raw: &str, is_broken: bool| -> bool {
        let first = cells.first().map(String::as_str).unwrap_or_default();
        if headers.is_none() {
            reading.columns = Columns::of(&cells, said);
            if reading.columns.suffice() {
                headers = Some(cells);
            }
            passed += 1;
            return headers.is_some() || passed < HEADER_WITHIN;
        }
        if TRAILERS.iter().any(|word| first.starts_with(word)) {
            return false;
        }
        if first.starts_with('#') || cells.iter().all(String::is_empty) {
            return true;
        }
        row += 1;
        reading.row(row, &cells, raw, is_broken);
        over = reading.lines.len() + reading.problems.len() > MAX_ROWS;
        !over
    };
    let first: Vec<String> = source.headers.iter().map(|cell| clean(cell)).collect();
    let raw = first.join(",");
    if take(first, &raw, false) {
        source.rows(&mut |record: &Record, _| {
            let cells = (0..record.width()).map(|place| clean(record.get(place))).collect();
            Ok(take(cells, &record.raw, record.trouble.is_some()))
        })?;
    }
    if over {
        return Err(too_many());
    }
    let headers = headers.ok_or_else(no_header)?;
    reading.settle_directions();
    Ok(File {
        layout: layout(&headers),
        hash: source.hash.clone(),
        columns: reading.columns.named(&headers),
        currency: reading.currency.unwrap_or(shop_currency),
        headers,
        lines: reading.lines,
        problems: reading.problems,
    })
}

fn too_many() -> Error {
    let refusal = Refusal::new(
        "too_many_lines",
        format!("一份对账单最多 {MAX_ROWS} 行"),
        format!("a statement has at most {MAX_ROWS} lines"),
    );
    Error::invalid(refusal.help("请按天或按周拆分后导入", "split it by day or week").at("file"))
}

fn no_header() -> Error {
    let refusal = Refusal::new(
        "no_statement_header",
        "文件中没有找到对账单的表头：至少要有时间和金额两列",
        "no header of a statement is found: it needs at least a time and an amount",
    );
    let help = refusal.help(
        "支付宝、微信支付的商户账单可直接导入；其他文件请指定各列",
        "bills of Alipay and WeChat Pay are taken as they are; for others say which column is what",
    );
    Error::invalid(help.at("columns"))
}

struct Reading<'r> {
    zone: (&'r Masters, ShopId),
    currency: Option<Currency>,
    shop_currency: Currency,
    columns: Columns,
    lines: Vec<Line>,
    problems: Vec<Problem>,
    // How often a line with the same content came: two equal refunds of a second are two lines in every file.
    seen: HashMap<String, u32>,
}

type Bad = (&'static str, Text);

impl Reading<'_> {
    fn row(&mut self, row: i64, cells: &[String], raw: &str, is_broken: bool) {
        let read = if is_broken { Err(("row", unreadable())) } else { self.line(row, cells) };
        match read {
            Ok(Some(line)) => self.lines.push(line),
            Ok(None) => {}
            Err((field, message)) => {
                let raw = raw.chars().take(500).collect();
                self.problems.push(Problem { row, field, message, raw });
            }
        }
    }

    fn line(&mut self, row: i64, cells: &[String]) -> Result<Option<Line>, Bad> {
        let cell = |field: &str| self.columns.get(field).and_then(|place| cells.get(place)).map_or("", String::as_str);
        let at = self.time(cell("at"))?;
        let currency = self.currency_of(cell("currency"))?;
        let (refund_ours, refund_channel) =
            (real(cell("refund_our_reference")), real(cell("refund_channel_reference")));
        let is_refund = !refund_ours.is_empty() || !refund_channel.is_empty();
        let (signed, has_direction) = if is_refund || self.columns.get("amount").is_none() && !self.has_two_sides() {
            let text = if cell("refund_amount").is_empty() { cell("amount") } else { cell("refund_amount") };
            (-amount(text, currency)?.abs(), true)
        } else {
            self.signed(&cell, currency)?
        };
        if signed == 0 {
            return Ok(None);
        }
        let pick =
            |refund: &str, usual: &str| if refund.is_empty() { real(usual).to_owned() } else { refund.to_owned() };
        let channel_reference = reference(pick(refund_channel, cell("channel_reference")), "channel_reference")?;
        let our_reference = reference(pick(refund_ours, cell("our_reference")), "our_reference")?;
        let is_final = !is_refund || matches!(cell("refund_state"), "" | "SUCCESS" | "成功" | "退款成功");
        let text: String = cell("note").chars().take(MAX_CHARS).collect();
        let mark = if has_direction { "" } else { "?" };
        let key = format!("{}|{signed}{mark}|{currency}|{channel_reference}|{our_reference}", at.ms());
        if self.currency.is_some_and(|before| before != currency) {
            return Err(("currency", Text::new("一份对账单只能有一种币种", "a statement is in one currency")));
        }
        self.currency = Some(currency);
        let count = self.seen.entry(key.clone()).or_insert(0);
        *count += 1;
        let key = blake3::hash(format!("{key}|{count}").as_bytes()).to_hex().to_string();
        Ok(Some(Line {
            row,
            key,
            at,
            amount_minor: signed.abs(),
            is_out: signed < 0,
            is_final,
            channel_reference,
            our_reference,
            text,
        }))
    }

    fn has_two_sides(&self) -> bool {
        self.columns.get("income").is_some() || self.columns.get("expense").is_some()
    }

    // What came in is above zero. The second says whether the row itself told which way it went.
    fn signed<'c>(&self, cell: &impl Fn(&str) -> &'c str, currency: Currency) -> Result<(i64, bool), Bad> {
        if self.has_two_sides() {
            let (income, expense) = (amount(cell("income"), currency)?, amount(cell("expense"), currency)?);
            return Ok((income.abs() - expense.abs(), true));
        }
        let value = amount(cell("amount"), currency)?;
        match direction(cell("direction")) {
            Some(true) => Ok((-value.abs(), true)),
            Some(false) => Ok((value.abs(), true)),
            None => Ok((value, value < 0)),
        }
    }

    // A plain list of refunds says nowhere that they went out: without a direction and without a sign, all did.
    fn settle_directions(&mut self) {
        let told = self.columns.get("direction").is_some() || self.has_two_sides();
        let signed = self.lines.iter().any(|line| line.is_out);
        if !told && !signed {
            for line in &mut self.lines {
                line.is_out = true;
            }
        }
    }

    fn time(&self, text: &str) -> Result<Timestamp, Bad> {
        let bad = || ("at", Text::new("时间无法识别", "the time cannot be read"));
        let naive = value::time(text).ok_or_else(bad)?;
        let utc_ms = naive.date.days() * 86_400_000 + naive.of_day_ms;
        let (masters, shop) = self.zone;
        let offset = masters.offset_minutes(shop, Timestamp::from_ms(utc_ms));
        Ok(Timestamp::from_ms(utc_ms - i64::from(offset) * 60_000))
    }

    fn currency_of(&self, text: &str) -> Result<Currency, Bad> {
        match text {
            "" => Ok(self.shop_currency),
            "人民币" => Ok(Currency::CNY),
            word => word
                .parse()
                .map_err(|_| ("currency", Text::new("币种须为三个大写字母", "a currency is three capital letters"))),
        }
    }
}

// Bills keep numbers from spreadsheets by a mark before them or a tab behind them.
fn clean(cell: &str) -> String {
    cell.trim().trim_start_matches(['`', '\'']).trim().to_owned()
}

fn real(text: &str) -> &str {
    if matches!(text, "0" | "/" | "-") { "" } else { text }
}

fn reference(text: String, field: &'static str) -> Result<String, Bad> {
    if text.contains(INEXACT) {
        let zh = "单号被表格软件改成了数字，后几位已丢失：请用原始文件";
        return Err((
            field,
            Text::new(zh, "a spreadsheet turned this number into a figure and lost digits: use the original file"),
        ));
    }
    Ok(text.chars().take(MAX_CHARS).collect())
}

fn amount(text: &str, currency: Currency) -> Result<i64, Bad> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(0);
    }
    let is_negative = text.starts_with(['-', '−', '－']);
    let bare = text.trim_start_matches(['-', '−', '－', '+', '＋']);
    match minor(bare, currency) {
        Ok(value) => Ok(if is_negative { -value } else { value }),
        Err(Wrong::TooLarge) => Err(("amount", Text::new("金额过大", "the amount is too large"))),
        Err(_) => Err(("amount", Text::new("金额无法识别", "the amount cannot be read"))),
    }
}

// Whether it went out; None when the word does not say.
fn direction(word: &str) -> Option<bool> {
    let word = word.trim().to_lowercase();
    let out = ["退款", "支出", "出", "out", "refund", "debit", "交易退款", "payout"];
    let into = ["交易", "收入", "收", "入", "in", "credit", "payment", "在线支付", "income"];
    if out.contains(&word.as_str()) {
        return Some(true);
    }
    into.contains(&word.as_str()).then_some(false)
}

fn unreadable() -> Text {
    Text::new("这一行的引号或编码有误", "quotation marks or characters of this row are broken")
}
