//! What of a policy's answer a customer is told: everything but what is about themselves, such as the block list.

use domain::Text;
use engine::facts::Fact;
use engine::policy::{Judgement, Policy, PolicyRule};

/// A judgement in words for customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Why; absent where a person decides for reasons that are not the customer's.
    pub reason: Option<Text>,
    /// Conditions that do not hold.
    pub failed: Vec<Text>,
    /// What would change it.
    pub would_help: Option<Text>,
}

/// What a customer is told of a judgement by `policy`.
#[must_use]
pub fn said(policy: &Policy, judgement: &Judgement) -> Said {
    let decided = judgement.rule.as_deref().and_then(|id| policy.rules.iter().find(|rule| rule.id == id));
    if decided.is_some_and(is_about_the_buyer) {
        return Said::default();
    }
    let secret = |text: &Text| policy.rules.iter().any(|rule| is_about_the_buyer(rule) && rule.when_title == *text);
    let failed = judgement.failed.iter().map(|failed| failed.text.clone()).filter(|text| !secret(text));
    Said { reason: Some(judgement.reason.clone()), failed: failed.collect(), would_help: judgement.would_help.clone() }
}

fn is_about_the_buyer(rule: &PolicyRule) -> bool {
    let reads = |when: &engine::expr::Formula| when.references().iter().any(|path| path == Fact::BuyerTags.as_str());
    rule.when.as_ref().is_some_and(reads)
}

#[cfg(test)]
mod tests {
    use domain::state::Verdict;

    use super::*;

    fn policy() -> Policy {
        let rules = serde_json::json!([
            { "id": "blocked", "title": { "zh": "黑名单", "en": "Blocked" }, "when": "\"x\" in buyer_tags",
              "when_title": { "zh": "在黑名单上", "en": "is blocked" }, "verdict": "review" },
            { "id": "open", "title": { "zh": "七天", "en": "Seven days" }, "verdict": "review" },
        ]);
        let policy = serde_json::json!({
            "id": "p", "title": { "zh": "政策", "en": "Policy" }, "rules": rules, "otherwise": { "verdict": "refuse" },
        });
        serde_json::from_value(policy).unwrap()
    }

    fn judged(rule: &str) -> Judgement {
        Judgement {
            verdict: Verdict::Review,
            rule: Some(rule.to_owned()),
            reason: Text::new("原因", "why"),
            failed: Vec::new(),
            deadline: None,
            would_help: None,
            trace: Vec::new(),
        }
    }

    #[test]
    fn a_buyer_is_not_told_what_is_kept_of_them() {
        assert_eq!(said(&policy(), &judged("blocked")), Said::default());
        assert_eq!(said(&policy(), &judged("open")).reason, Some(Text::new("原因", "why")));
    }
}
