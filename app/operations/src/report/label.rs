//! What the groups of a board are called.

use std::collections::HashMap;

use domain::Text;
use engine::report::{Column, ColumnKind, Group, GroupKey};
use engine::template::Compiled;
use engine::value::Value;
use store::Conn;

use super::word;
use crate::error::Error;
use crate::masters::Masters;

/// Names of groups in both languages; remembers the people it looked up.
pub(super) struct Labels<'l> {
    conn: &'l Conn,
    masters: &'l Masters,
    template: &'l Compiled,
    people: HashMap<String, Text>,
}

impl<'l> Labels<'l> {
    pub(super) fn new(conn: &'l Conn, masters: &'l Masters, template: &'l Compiled) -> Self {
        Self { conn, masters, template, people: HashMap::new() }
    }

    /// The name of a group. A code that nothing names any more stands for itself.
    pub(super) fn of(&mut self, group: &Group, key: &GroupKey) -> Result<Text, Error> {
        let code = match key {
            GroupKey::Blank => return Ok(blank(group.column)),
            GroupKey::Label(label) => return Ok(Text::new(label, label)),
            GroupKey::Value(Value::Bool(true)) => return Ok(Text::new("是", "Yes")),
            GroupKey::Value(Value::Bool(false)) => return Ok(Text::new("否", "No")),
            GroupKey::Value(Value::Date(day)) => return Ok(Text::new(day.to_string(), day.to_string())),
            GroupKey::Value(value) => value.as_text().unwrap_or_default(),
        };
        let named = match group.column.kind() {
            ColumnKind::Code("person") => Some(self.person(code)?),
            ColumnKind::Code(what) => self.code(what, code),
            _ => None,
        };
        Ok(named.filter(|name| !name.zh.is_empty() || !name.en.is_empty()).unwrap_or_else(|| Text::new(code, code)))
    }

    fn code(&self, what: &str, code: &str) -> Option<Text> {
        match what {
            "reason" | "shop" => self.masters.title(what, code),
            "warehouse" => {
                let mut warehouses = self.masters.warehouses().iter();
                warehouses.find(|warehouse| warehouse.code == code).map(|warehouse| warehouse.name.clone())
            }
            "carrier" => {
                let mut carriers = self.masters.carriers().iter();
                carriers.find(|carrier| carrier.code == code).map(|carrier| carrier.name.clone())
            }
            "team" => {
                let teams = store::reference::list::teams(self.conn).ok()?;
                teams.into_iter().find(|team| team.code == code).map(|team| team.name)
            }
            "node" => self.template.case_flow().and_then(|flow| flow.title(code)).cloned(),
            "role" => self.template.role(code).map(|role| role.title.clone()),
            "sku" => {
                let sku = store::sku::by_code(self.conn, code).ok().flatten()?;
                Some(Text::new(format!("{code} {}", sku.name), format!("{code} {}", sku.name_en)))
            }
            _ => word::of(what, code),
        }
    }

    fn person(&mut self, name: &str) -> Result<Text, Error> {
        if let Some(known) = self.people.get(name) {
            return Ok(known.clone());
        }
        let person = store::person::by_name(self.conn, name)?;
        let shown = person.map_or_else(|| name.to_owned(), |person| person.display_name);
        let text = Text::new(shown.clone(), shown);
        self.people.insert(name.to_owned(), text.clone());
        Ok(text)
    }
}

fn blank(column: Column) -> Text {
    match column.kind() {
        ColumnKind::Code("person") => Text::new("无人", "nobody"),
        ColumnKind::Code("team") => Text::new("无团队", "no team"),
        ColumnKind::Code("node" | "warehouse" | "shop" | "carrier") | ColumnKind::Date | ColumnKind::Instant => {
            Text::new("无", "none")
        }
        _ => Text::new("未填写", "not given"),
    }
}
