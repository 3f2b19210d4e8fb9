//! Canned answers: ready texts with places such as `{case}`, which are filled from the case they are used on.

use crate::kind::text_enum;
use crate::text::{Lang, Text};

text_enum! {
    /// What a canned answer is picked for.
    CannedUse {
        /// An answer to the customer.
        Answer = "answer",
        /// Why a request is refused.
        Refusal = "refusal",
        /// What the customer is asked.
        Question = "question",
    }
}

text_enum! {
    /// What may stand between the braces.
    Place {
        /// The case's number.
        Case = "case",
        /// The order's number.
        Order = "order",
        /// The shop's name.
        Shop = "shop",
        /// The customer's name.
        Customer = "customer",
        /// What it is about.
        Goods = "goods",
        /// What is or would be refunded.
        Refund = "refund",
        /// By when the step that goes on should be done.
        Deadline = "deadline",
        /// Where goods are sent back to.
        Address = "address",
    }
}

impl Place {
    /// What it is called on screen.
    #[must_use]
    pub fn title(self) -> Text {
        let (zh, en) = match self {
            Self::Case => ("单号", "case number"),
            Self::Order => ("订单号", "order number"),
            Self::Shop => ("店铺", "shop"),
            Self::Customer => ("顾客姓名", "customer's name"),
            Self::Goods => ("商品", "goods"),
            Self::Refund => ("退款金额", "refund"),
            Self::Deadline => ("处理期限", "deadline"),
            Self::Address => ("退货地址", "return address"),
        };
        Text::new(zh, en)
    }
    /// As it is written in a text.
    #[must_use]
    pub fn written(self) -> String {
        format!("{{{}}}", self.as_str())
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// Words as they are.
    Plain(&'t str),
    /// A value of the case.
    Place(Place),
}

/// What is wrong with the places of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPlace {
    /// A name that is none of `Place`.
    Unknown(String),
    /// An opening brace without a closing one.
    Open,
}

impl BadPlace {
    /// For a reader, with what would help.
    #[must_use]
    pub fn text(&self) -> Text {
        let known: Vec<String> = Place::ALL.iter().map(|place| place.written()).collect();
        let known = known.join(" ");
        match self {
            Self::Unknown(name) => Text::new(
                format!("没有占位符 {{{name}}}，可用：{known}"),
                format!("there is no placeholder {{{name}}}; there are {known}"),
            ),
            Self::Open => Text::new("“{”没有用“}”闭合", "a `{` is not closed by a `}`"),
        }
    }
}

/// Splits a text at its places.
///
/// # Errors
/// The first place that is none.
pub fn parts(text: &str) -> Result<Vec<Part<'_>>, BadPlace> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((plain, behind)) = rest.split_once('{') {
        let (name, after) = behind.split_once('}').ok_or(BadPlace::Open)?;
        let place = Place::parse(name.trim()).ok_or_else(|| BadPlace::Unknown(name.trim().to_owned()))?;
        found.push(Part::Plain(plain));
        found.push(Part::Place(place));
        rest = after;
    }
    found.push(Part::Plain(rest));
    found.retain(|part| *part != Part::Plain(""));
    Ok(found)
}

/// Fills the places of a text; one without a value keeps its name in brackets, for a person to write, and is told in the
/// second part. A text with mistakes stays as it is.
#[must_use]
pub fn fill(text: &str, lang: Lang, value: impl Fn(Place) -> Option<String>) -> (String, Vec<Place>) {
    let Ok(parts) = parts(text) else { return (text.to_owned(), Vec::new()) };
    let (mut whole, mut missing) = (String::new(), Vec::new());
    for part in parts {
        match part {
            Part::Plain(plain) => whole.push_str(plain),
            Part::Place(place) => match value(place).filter(|value| !value.is_empty()) {
                Some(value) => whole.push_str(&value),
                None => {
                    let (open, close) = if lang == Lang::Zh { ('【', '】') } else { ('[', ']') };
                    whole.push(open);
                    whole.push_str(place.title().get(lang));
                    whole.push(close);
                    if !missing.contains(&place) {
                        missing.push(place);
                    }
                }
            },
        }
    }
    (whole, missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(place: Place) -> Option<String> {
        match place {
            Place::Case => Some("RT-7".to_owned()),
            Place::Shop => Some(String::new()),
            _ => None,
        }
    }

    #[track_caller]
    fn check(text: &str, lang: Lang, expect: &str, missing: &[Place]) {
        assert_eq!(fill(text, lang, value), (expect.to_owned(), missing.to_vec()));
    }

    #[test]
    fn places_are_filled_and_what_is_missing_is_told() {
        check("您好，{case} 已处理", Lang::Zh, "您好，RT-7 已处理", &[]);
        check("{ case }{case}", Lang::En, "RT-7RT-7", &[]);
        check("退 {refund}，{shop}", Lang::Zh, "退 【退款金额】，【店铺】", &[Place::Refund, Place::Shop]);
        check("{refund} {refund}", Lang::En, "[refund] [refund]", &[Place::Refund]);
        check("no places", Lang::En, "no places", &[]);
    }

    #[test]
    fn a_place_that_is_none_is_named() {
        assert_eq!(parts("{phone}"), Err(BadPlace::Unknown("phone".to_owned())));
        assert_eq!(parts("{case"), Err(BadPlace::Open));
        assert_eq!(parts("{}"), Err(BadPlace::Unknown(String::new())));
        let said = BadPlace::Unknown("phone".to_owned()).text();
        assert!(said.zh.contains("{phone}") && said.en.contains("{customer}"), "{said:?}");
    }
}
