//! Yes or no. Required means answered; a consent is a validator that holds only for yes.

use super::{Behaviour, PLAIN, not_this};
use crate::expr::Type;
use crate::value::Value;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("是/否", "yes or no"),
    value_type: |_| Type::Bool,
    read: |_, value, _| match value {
        Value::Blank | Value::Bool(_) => Ok(value.clone()),
        Value::Text(text) => match text.trim() {
            "" => Ok(Value::Blank),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(not_this("是或否", "yes or no")),
        },
        _ => Err(not_this("是或否", "yes or no")),
    },
    ..PLAIN
};
