//! Query parameters from a flat struct.

use serde::Serialize;
use serde_json::Value;

/// `?state=closed&limit=50`; absent fields are left out, nothing at all is the empty text.
pub fn query(parameters: &impl Serialize) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(parameters) else { return String::new() };
    let mut text = String::new();
    for (name, value) in fields {
        let value = match value {
            Value::Null | Value::Array(_) | Value::Object(_) => continue,
            Value::String(text) => text,
            other => other.to_string(),
        };
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(&name);
        text.push('=');
        encode(&mut text, &value);
    }
    text
}

/// Percent-encodes everything but unreserved characters.
pub(super) fn encode(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            for digit in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::rma::ListQuery;
    use domain::state::CaseState;

    use super::query;

    #[test]
    fn only_what_is_set_is_asked() {
        assert_eq!(query(&ListQuery::default()), "");
        let asked = ListQuery {
            state: Some(CaseState::NeedsInfo),
            after: Some("a b/店".to_owned()),
            total: true,
            ..ListQuery::default()
        };
        assert_eq!(query(&asked), "?after=a%20b%2F%E5%BA%97&state=needs_info&total=true");
    }
}
