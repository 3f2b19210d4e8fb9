//! What a platform's own status means to us. The raw code is always kept; the words here only say who must act.

use serde::{Deserialize, Serialize};

/// Who must act on a platform's case, or how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExternalStatus {
    /// The merchant must answer before the deadline.
    AwaitingMerchant,
    /// The buyer must send the goods.
    AwaitingBuyer,
    /// The merchant must confirm the goods.
    GoodsComing,
    /// The platform has refunded.
    Refunded,
    /// The merchant refused.
    Refused,
    /// It is over without a refund.
    Closed,
    /// A status that is not mapped.
    Unknown,
}

impl ExternalStatus {
    /// All values.
    pub const ALL: &'static [Self] = &[
        Self::AwaitingMerchant,
        Self::AwaitingBuyer,
        Self::GoodsComing,
        Self::Refunded,
        Self::Refused,
        Self::Closed,
        Self::Unknown,
    ];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingMerchant => "awaiting_merchant",
            Self::AwaitingBuyer => "awaiting_buyer",
            Self::GoodsComing => "goods_coming",
            Self::Refunded => "refunded",
            Self::Refused => "refused",
            Self::Closed => "closed",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.as_str() == word)
    }

    /// Whether the platform still expects something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::AwaitingMerchant | Self::AwaitingBuyer | Self::GoodsComing | Self::Unknown)
    }

    /// What a platform's own code means, as far as it is known.
    #[must_use]
    pub fn of_raw(platform: &str, raw: &str) -> Self {
        let raw = raw.trim();
        match platform {
            "taobao" | "tmall" | "youzan" => of_wait_words(raw),
            "douyin" => of_douyin(raw),
            _ => match of_wait_words(raw) {
                Self::Unknown => Self::parse(raw).unwrap_or(Self::Unknown),
                known => known,
            },
        }
    }
}

fn of_wait_words(raw: &str) -> ExternalStatus {
    match raw {
        "WAIT_SELLER_AGREE" => ExternalStatus::AwaitingMerchant,
        "WAIT_BUYER_RETURN_GOODS" => ExternalStatus::AwaitingBuyer,
        "WAIT_SELLER_CONFIRM_GOODS" => ExternalStatus::GoodsComing,
        "SUCCESS" => ExternalStatus::Refunded,
        "SELLER_REFUSE_BUYER" => ExternalStatus::Refused,
        "CLOSED" => ExternalStatus::Closed,
        _ => ExternalStatus::Unknown,
    }
}

fn of_douyin(raw: &str) -> ExternalStatus {
    match raw {
        "6" | "8" => ExternalStatus::AwaitingMerchant,
        "7" => ExternalStatus::AwaitingBuyer,
        "11" => ExternalStatus::GoodsComing,
        "12" => ExternalStatus::Refunded,
        "27" | "29" => ExternalStatus::Refused,
        "14" | "28" => ExternalStatus::Closed,
        _ => ExternalStatus::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_codes_say_who_must_act() {
        let check = |platform: &str, raw: &str, expect| assert_eq!(ExternalStatus::of_raw(platform, raw), expect);
        check("taobao", "WAIT_SELLER_AGREE", ExternalStatus::AwaitingMerchant);
        check("douyin", "12", ExternalStatus::Refunded);
        check("douyin", "99", ExternalStatus::Unknown);
        check("own", "closed", ExternalStatus::Closed);
        for status in ExternalStatus::ALL {
            assert_eq!(ExternalStatus::parse(status.as_str()), Some(*status));
        }
    }
}
