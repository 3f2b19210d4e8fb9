//! A reason from master data, in two levels: the answer is the leaf's code, `<id>.parent` the one above it.

use super::{Behaviour, PLAIN, read_text};
use crate::facts::kind_title;
use crate::form::problem::Problem;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("退换原因", "a reason"),
    in_rows: false,
    read: |_, value, _| read_text(value, false),
    judge: |_, value, judging, problems| {
        let (Some(code), Some(reasons)) = (value.as_text(), &judging.context.reasons) else { return };
        let Some(reason) = reasons.iter().find(|reason| reason.id == code) else {
            let (zh, en) = (format!("没有原因“{code}”"), format!("there is no reason `{code}`"));
            problems.push(Problem::new("unknown_reason", zh, en));
            return;
        };
        if reasons.iter().any(|reason| reason.parent.as_deref() == Some(code)) {
            problems.push(Problem::new("reason_not_a_leaf", "请选择具体原因", "please choose a more exact reason"));
        }
        let stranger = judging.kinds.iter().find(|kind| !reason.kinds.is_empty() && !reason.kinds.contains(kind));
        if let Some(kind) = stranger.map(|kind| kind_title(*kind)) {
            let (zh, en) = (format!("此原因不适用于{}", kind.zh), format!("this reason is not for {}", kind.en));
            problems.push(Problem::new("reason_not_for_kind", zh, en));
        }
    },
    ..PLAIN
};
