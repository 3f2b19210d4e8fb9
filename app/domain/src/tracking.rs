//! What carriers say of parcels, and how their numbers check themselves.

use crate::kind::text_enum;

text_enum! {
    /// Where a parcel is, by its carrier.
    TrackingState {
        /// 在途: collected, in transit, through customs.
        OnTheWay = "on_the_way",
        /// 疑难: the carrier has a problem with it.
        Trouble = "trouble",
        /// 派件: out for delivery.
        Delivering = "delivering",
        /// 签收: delivered.
        Signed = "signed",
        /// 退回, 退签: on its way back to the sender, or there.
        SentBack = "sent_back",
        /// 拒签: the receiver refused it.
        Refused = "refused",
    }
}

text_enum! {
    /// How the last digit of a waybill follows from the others.
    CheckDigit {
        /// It does not, or the carrier does not say.
        None = "none",
        /// Post offices of the world, such as EMS: two letters, nine digits, two letters.
        S10 = "s10",
        /// UPS: `1Z`, fifteen letters or digits and the check digit.
        Ups = "ups",
        /// FedEx Express: twelve digits.
        Fedex = "fedex",
        /// DHL Express: ten digits.
        Dhl = "dhl",
    }
}

/// Words and numbers that other systems say a state with: ours, those of Chinese carriers and of the look-up service most
/// of them are asked through.
const SAID: &[(TrackingState, &[&str])] = &[
    (
        TrackingState::OnTheWay,
        &[
            "on_the_way",
            "in_transit",
            "transit",
            "0",
            "1",
            "7",
            "8",
            "在途",
            "在途中",
            "运输中",
            "揽收",
            "已揽收",
            "已揽件",
            "转投",
            "清关",
        ],
    ),
    (TrackingState::Trouble, &["trouble", "exception", "2", "疑难", "问题件", "异常"]),
    (TrackingState::Delivering, &["delivering", "out_for_delivery", "5", "派件", "派送", "派送中", "派件中", "待取件"]),
    (TrackingState::Signed, &["signed", "delivered", "3", "签收", "已签收", "代收", "已代收"]),
    (TrackingState::SentBack, &["sent_back", "returning", "returned", "4", "6", "退签", "退回", "已退回", "退件"]),
    (TrackingState::Refused, &["refused", "rejected", "14", "拒签", "拒收"]),
];

impl TrackingState {
    /// The state that another system means; `None` for a word that nobody here knows.
    #[must_use]
    pub fn said(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        SAID.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(state, _)| *state)
    }
}

impl CheckDigit {
    /// Whether a waybill (capitals, no spaces) could be one: its last digit follows from the others. A number that does not
    /// look like one of the scheme's has no digit to check.
    #[must_use]
    pub fn holds(self, waybill: &str) -> bool {
        let bytes = waybill.as_bytes();
        match self {
            Self::None => true,
            Self::S10 => s10(bytes).unwrap_or(true),
            Self::Ups => ups(bytes).unwrap_or(true),
            Self::Fedex => fedex(bytes).unwrap_or(true),
            Self::Dhl => dhl(bytes).unwrap_or(true),
        }
    }
}

/// The digits, when all are.
fn digits(bytes: &[u8]) -> Option<Vec<u32>> {
    bytes.iter().map(|byte| byte.is_ascii_digit().then(|| u32::from(byte - b'0'))).collect()
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights.iter().cycle()).map(|(digit, weight)| digit * weight).sum()
}

fn s10(bytes: &[u8]) -> Option<bool> {
    let (head, rest) = bytes.split_at_checked(2)?;
    let (number, tail) = rest.split_at_checked(9)?;
    let letters = |part: &[u8]| part.len() == 2 && part.iter().all(u8::is_ascii_uppercase);
    let digits = digits(number).filter(|_| letters(head) && letters(tail))?;
    let (check, serial) = digits.split_last()?;
    let wanted = match 11 - weighted(serial, &[8, 6, 4, 2, 3, 5, 9, 7]) % 11 {
        10 => 0,
        11 => 5,
        other => other,
    };
    Some(*check == wanted)
}

fn ups(bytes: &[u8]) -> Option<bool> {
    let rest = bytes.strip_prefix(b"1Z").filter(|rest| rest.len() == 16)?;
    // Letters count as their place in the alphabet plus two, by the last digit: A is 2, B is 3, I is 0.
    let value = |byte: &u8| match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'Z' => Some((u32::from(byte - b'A') + 2) % 10),
        _ => None,
    };
    let values: Vec<u32> = rest.iter().map(value).collect::<Option<_>>()?;
    let (check, others) = values.split_last()?;
    Some(*check == (10 - weighted(others, &[1, 2]) % 10) % 10)
}

fn fedex(bytes: &[u8]) -> Option<bool> {
    let digits = digits(bytes).filter(|digits| digits.len() == 12)?;
    let (check, others) = digits.split_last()?;
    Some(*check == weighted(others, &[3, 1, 7]) % 11 % 10)
}

fn dhl(bytes: &[u8]) -> Option<bool> {
    let digits = digits(bytes).filter(|digits| digits.len() == 10)?;
    let (check, others) = digits.split_last()?;
    Some(*check == others.iter().fold(0, |rest, digit| (rest * 10 + digit) % 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scheme: CheckDigit, waybill: &str, expect: bool) {
        assert_eq!(scheme.holds(waybill), expect, "{scheme} {waybill}");
    }

    #[test]
    fn published_numbers_hold_and_a_slip_of_the_finger_does_not() {
        check(CheckDigit::S10, "RR473124829GB", true);
        check(CheckDigit::S10, "RB123456785GB", true);
        check(CheckDigit::S10, "RB123456786GB", false);
        check(CheckDigit::S10, "RB132456785GB", false);
        check(CheckDigit::Ups, "1Z5R89390357567127", true);
        check(CheckDigit::Ups, "1Z879E930346834440", true);
        check(CheckDigit::Ups, "1Z879E930346834441", false);
        check(CheckDigit::Fedex, "986578788855", true);
        check(CheckDigit::Fedex, "477179081230", true);
        check(CheckDigit::Fedex, "986578788856", false);
        check(CheckDigit::Dhl, "3318810025", true);
        check(CheckDigit::Dhl, "3318810026", false);
    }

    #[test]
    fn what_has_no_check_digit_is_not_refused_for_one() {
        check(CheckDigit::None, "SF1234567890123", true);
        check(CheckDigit::S10, "SF1234567890123", true);
        check(CheckDigit::Ups, "T0012345678", true);
        check(CheckDigit::Fedex, "12", true);
        check(CheckDigit::Dhl, "店", true);
    }

    #[test]
    fn states_are_known_by_the_words_of_others() {
        assert_eq!(TrackingState::said(" 已签收 "), Some(TrackingState::Signed));
        assert_eq!(TrackingState::said("Delivered"), Some(TrackingState::Signed));
        assert_eq!(TrackingState::said("14"), Some(TrackingState::Refused));
        assert_eq!(TrackingState::said("4"), Some(TrackingState::SentBack));
        assert_eq!(TrackingState::said("lost"), None);
        for state in TrackingState::ALL {
            assert_eq!(TrackingState::said(state.as_str()), Some(*state));
        }
    }
}
