//! Names put to the persons that stand in rows.

use domain::PersonId;
use store::Conn;

use crate::error::Error;

/// The names of some persons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(Vec<(PersonId, String)>);

impl Names {
    /// Reads the names of `ids`, each once.
    ///
    /// # Errors
    /// The store's.
    pub fn read(conn: &Conn, ids: impl IntoIterator<Item = PersonId>) -> Result<Self, Error> {
        let mut names: Vec<(PersonId, String)> = Vec::new();
        for id in ids {
            if names.iter().any(|(known, _)| *known == id) {
                continue;
            }
            if let Some(person) = store::person::find(conn, id)? {
                names.push((id, person.display_name));
            }
        }
        Ok(Self(names))
    }

    /// The name of a person; empty for one that was not asked for.
    #[must_use]
    pub fn of(&self, id: PersonId) -> String {
        self.0.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()).unwrap_or_default()
    }
}
