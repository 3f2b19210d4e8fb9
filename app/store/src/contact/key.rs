//! How personal values become search keys: digits of phones, words and bigrams of names, folded case elsewhere.

use super::ContactRow;

/// What a key was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// All digits of a phone.
    Phone,
    /// The last four digits of a phone.
    PhoneTail,
    /// Two neighbouring Chinese characters of a name, the last one alone, or a word of letters.
    Name,
    /// A name on a platform.
    Nickname,
    /// An e-mail address.
    Email,
}

impl KeyKind {
    pub(crate) const fn stored(self) -> i64 {
        match self {
            Self::Phone => 1,
            Self::PhoneTail => 2,
            Self::Name => 3,
            Self::Nickname => 4,
            Self::Email => 5,
        }
    }
}

/// A search key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What it was made of.
    pub kind: KeyKind,
    /// Its normal form.
    pub text: String,
}

/// All keys a contact is found by.
#[must_use]
pub fn of(contact: &ContactRow) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut add = |kind, text: Option<String>| keys.extend(text.map(|text| Key { kind, text }));
    add(KeyKind::Phone, contact.phone.as_deref().and_then(phone));
    add(KeyKind::PhoneTail, contact.phone_tail.clone());
    add(KeyKind::Nickname, contact.nickname.as_deref().and_then(folded));
    add(KeyKind::Email, contact.email.as_deref().and_then(folded));
    for text in contact.name.as_deref().map(name_keys).unwrap_or_default() {
        add(KeyKind::Name, Some(text));
    }
    keys
}

/// What of a contact the block list may hold, each with its kind there and in normal form.
#[must_use]
pub fn blockable(contact: &ContactRow) -> Vec<(&'static str, String)> {
    let phone = contact.phone.as_deref().and_then(phone).map(|value| ("phone", value));
    let address = contact.address.as_deref().and_then(address).map(|value| ("address", value));
    let nickname = contact.nickname.as_deref().and_then(folded).map(|value| ("nickname", value));
    [phone, address, nickname].into_iter().flatten().collect()
}

/// A phone's digits without the mainland's country code; `None` when it is masked or no phone.
#[must_use]
pub fn phone(text: &str) -> Option<String> {
    if text.contains('*') {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let mobile = |digits: &str| digits.len() == 11 && digits.starts_with('1');
    let national = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).filter(|rest| mobile(rest));
    let digits = national.map_or_else(|| digits.clone(), str::to_owned);
    (digits.len() >= 5).then_some(digits)
}

/// The last four digits of a phone, masked or not.
#[must_use]
pub fn phone_tail(text: &str) -> Option<String> {
    let tail: String = text.chars().rev().take_while(|c| *c != '*').filter(char::is_ascii_digit).take(4).collect();
    (tail.len() == 4).then(|| tail.chars().rev().collect())
}

/// Trimmed, in lower case, without spaces inside; `None` when nothing is left.
#[must_use]
pub fn folded(text: &str) -> Option<String> {
    let folded: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    (!folded.is_empty()).then_some(folded)
}

/// An address without spaces and punctuation, in lower case; `None` when nothing is left or it is masked.
#[must_use]
pub fn address(text: &str) -> Option<String> {
    if text.contains('*') {
        return None;
    }
    let folded: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (!folded.is_empty()).then_some(folded)
}

/// The keys of a name: for runs of Chinese characters each neighbouring pair and the last character, so that every
/// fragment begins some key; for other scripts the words.
#[must_use]
pub fn name_keys(name: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for run in runs(name) {
        match run {
            Run::Characters(characters) => {
                keys.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
                keys.extend(characters.last().map(char::to_string));
            }
            Run::Word(word) => keys.push(word),
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// How a typed fragment of a name is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameQuery {
    /// A key that must be there; what is found is then compared with the whole fragment.
    Exact(Key),
    /// The beginning of a key.
    Prefix(Key),
}

/// The look-ups a fragment needs, all of which must hold; none when it has no letter.
#[must_use]
pub fn name_queries(fragment: &str) -> Vec<NameQuery> {
    let key = |text: String| Key { kind: KeyKind::Name, text };
    let mut queries = Vec::new();
    for run in runs(fragment) {
        match run {
            Run::Characters(characters) if characters.len() == 1 => {
                queries.extend(characters.first().map(|one| NameQuery::Prefix(key(one.to_string()))));
            }
            Run::Characters(characters) => {
                let pairs = characters.windows(2).map(|pair| pair.iter().collect::<String>());
                queries.extend(pairs.map(|pair| NameQuery::Exact(key(pair))));
            }
            Run::Word(word) => queries.push(NameQuery::Prefix(key(word))),
        }
    }
    queries
}

enum Run {
    Characters(Vec<char>),
    Word(String),
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match (runs.last_mut(), is_ideograph(c), c.is_alphanumeric()) {
            (Some(Run::Characters(characters)), true, _) => characters.push(c),
            (_, true, _) => runs.push(Run::Characters(vec![c])),
            (Some(Run::Word(word)), false, true) => word.push(c),
            (_, false, true) => runs.push(Run::Word(c.to_string())),
            // A space or a dot ends a run.
            (_, false, false) => runs.push(Run::Word(String::new())),
        }
    }
    runs.retain(|run| !matches!(run, Run::Word(word) if word.is_empty()));
    runs
}

const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_lose_their_dress_and_masked_ones_keep_the_tail() {
        let check = |text: &str, digits: Option<&str>, tail: Option<&str>| {
            assert_eq!(phone(text).as_deref(), digits, "{text}");
            assert_eq!(phone_tail(text).as_deref(), tail, "{text}");
        };
        check("138 0000 0042", Some("13800000042"), Some("0042"));
        check("+86-138-0000-0042", Some("13800000042"), Some("0042"));
        check("0086 13800000042", Some("13800000042"), Some("0042"));
        check("138****0042", None, Some("0042"));
        check("138******42", None, None);
        check("021-5555 6666", Some("02155556666"), Some("6666"));
        check("86 1", None, None);
        check("-", None, None);
    }

    #[test]
    fn every_fragment_of_a_name_begins_one_of_its_keys() {
        assert_eq!(name_keys("张三丰"), ["三丰", "丰", "张三"]);
        assert_eq!(name_keys("Li 李雷 Wang"), ["li", "wang", "李雷", "雷"]);
        assert_eq!(name_keys(" 李 "), ["李"]);
        assert!(name_keys("*·-").is_empty());
        let name = "欧阳修远";
        let keys = name_keys(name);
        for start in name.chars().enumerate().map(|(index, _)| index) {
            let fragment: String = name.chars().skip(start).take(1).collect();
            assert!(keys.iter().any(|key| key.starts_with(&fragment)), "{fragment}");
        }
    }

    #[test]
    fn fragments_become_pairs_or_beginnings() {
        let text = |query: &NameQuery| match query {
            NameQuery::Exact(key) => format!("={}", key.text),
            NameQuery::Prefix(key) => format!("{}…", key.text),
        };
        let check = |fragment: &str, expect: &[&str]| {
            assert_eq!(name_queries(fragment).iter().map(text).collect::<Vec<_>>(), expect);
        };
        check("三丰", &["=三丰"]);
        check("张三丰", &["=张三", "=三丰"]);
        check("张", &["张…"]);
        check("Jav Lew", &["jav…", "lew…"]);
        check("  ", &[]);
    }
}
