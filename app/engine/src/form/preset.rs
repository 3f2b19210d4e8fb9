//! Well-known patterns, each with words of its own.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::problem::Problem;
use crate::expr::Pattern;

/// Longest text that is matched, in bytes; longer ones do not fit.
const MAX_BYTES: usize = 4_096;

/// A well-known pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// A mainland mobile number of eleven digits.
    MobileCn,
    /// A phone number, mobile or fixed, with or without a country code.
    Phone,
    /// An e-mail address.
    Email,
    /// A carrier's waybill number.
    Waybill,
    /// An order number of letters, digits and dashes.
    OrderNumber,
    /// A mainland identity card number of eighteen characters.
    IdCardCn,
    /// A mainland postal code.
    PostcodeCn,
    /// A mainland tax number.
    TaxNumberCn,
    /// Digits only.
    Digits,
    /// A web address.
    Url,
}

impl Preset {
    /// All presets.
    pub const ALL: &'static [Self] = &[
        Self::MobileCn,
        Self::Phone,
        Self::Email,
        Self::Waybill,
        Self::OrderNumber,
        Self::IdCardCn,
        Self::PostcodeCn,
        Self::TaxNumberCn,
        Self::Digits,
        Self::Url,
    ];

    const fn source(self) -> &'static str {
        match self {
            Self::MobileCn => r"(\+?86)?1[3-9][0-9]{9}",
            Self::Phone => r"\+?[0-9]{5,15}(#[0-9]{1,6})?",
            Self::Email => r"[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}",
            Self::Waybill => r"[A-Za-z0-9-]{6,40}",
            Self::OrderNumber => r"[A-Za-z0-9][A-Za-z0-9_-]{3,63}",
            Self::IdCardCn => r"[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]",
            Self::PostcodeCn => r"[0-9]{6}",
            Self::TaxNumberCn => r"[0-9A-Z]{15}|[0-9A-Z]{17,18}|[0-9A-Z]{20}",
            Self::Digits => r"[0-9]+",
            Self::Url => r"https?://[^\s/$.?#][^\s]{1,2000}",
        }
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::MobileCn => ("请填写 11 位手机号", "please give a mobile number of eleven digits"),
            Self::Phone => ("请填写电话号码", "please give a phone number"),
            Self::Email => ("请填写邮箱地址，例如 name@example.com", "please give an address such as name@example.com"),
            Self::Waybill => {
                ("请填写运单号：6 到 40 位字母或数字", "please give a waybill of 6 to 40 letters or digits")
            }
            Self::OrderNumber => (
                "请填写订单号：4 到 64 位字母、数字或横线",
                "please give an order number of 4 to 64 letters, digits or dashes",
            ),
            Self::IdCardCn => ("请填写 18 位身份证号", "please give an identity card number of 18 characters"),
            Self::PostcodeCn => ("请填写 6 位邮政编码", "please give a postal code of six digits"),
            Self::TaxNumberCn => ("请填写纳税人识别号", "please give a tax number of 15 to 20 characters"),
            Self::Digits => ("只能填写数字", "digits only"),
            Self::Url => (
                "请填写网址，以 http:// 或 https:// 开头",
                "please give an address that begins with http:// or https://",
            ),
        }
    }

    /// Whether a whole text fits; for an identity card its check character as well.
    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        static PATTERNS: LazyLock<Vec<Pattern>> =
            LazyLock::new(|| Preset::ALL.iter().map(|preset| Pattern::new(preset.source())).collect());
        let fits = text.len() <= MAX_BYTES && PATTERNS.get(self as usize).is_some_and(|pattern| pattern.matches(text));
        fits && (self != Self::IdCardCn || id_card_checks(text))
    }

    pub(super) fn problem(self, text: &str) -> Option<Problem> {
        let (zh, en) = self.words();
        (!self.fits(text)).then(|| Problem::new("pattern", zh, en))
    }
}

/// The last character is a weighted sum of the others modulo eleven.
fn id_card_checks(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = text.chars().filter_map(|letter| letter.to_digit(10));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let expect = "10X98765432".chars().nth((sum % 11) as usize);
    text.chars().next_back().map(|last| last.to_ascii_uppercase()) == expect
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(preset: Preset, fits: &[&str], does_not: &[&str]) {
        for text in fits {
            assert!(preset.fits(text), "{text}");
        }
        for text in does_not {
            assert!(!preset.fits(text), "{text}");
        }
    }

    #[test]
    fn presets_fit_what_people_write() {
        check(Preset::MobileCn, &["13800138000", "+8613800138000"], &["12800138000", "1380013800", "138001380000"]);
        check(Preset::Phone, &["057112345678", "+4915112345678", "4008001234#12"], &["12", "abc"]);
        check(Preset::Email, &["a.b+c@mail.example.cn"], &["a@b", "a b@c.cn", "@c.cn", "a@@b.cn"]);
        check(Preset::Waybill, &["SF1234567890", "YT-99887766"], &["SF1", "运单123456"]);
        check(Preset::OrderNumber, &["TB20261123-0001", "1234"], &["123", "-1234", "a b c d"]);
        check(Preset::IdCardCn, &["11010519491231002X"], &["110105194912310021", "11010519491331002X"]);
        check(Preset::PostcodeCn, &["310000"], &["31000", "3100000"]);
        check(Preset::TaxNumberCn, &["91330100MA27X12345", "330100123456789"], &["9133"]);
        check(Preset::Digits, &["0012"], &["", "1a"]);
        check(Preset::Url, &["https://example.com/a?b=c"], &["example.com", "ftp://example.com", "http://"]);
    }

    #[test]
    fn every_preset_compiles_at_its_place() {
        for (place, preset) in Preset::ALL.iter().enumerate() {
            assert_eq!(*preset as usize, place);
            assert_eq!(Pattern::new(preset.source()).problem(), None);
        }
        assert!(Preset::Digits.fits(&"1".repeat(MAX_BYTES)) && !Preset::Digits.fits(&"1".repeat(MAX_BYTES + 1)));
    }
}
