//! Where the people of a step come from.

use serde::{Deserialize, Serialize};

/// Where the people of a step come from. Written as one of `role`, `person`, `initiator`, `form_field`, `categories`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub enum Approver {
    /// Everybody who has the role within the scope.
    Role {
        /// Role id.
        role: String,
        /// Which of the case's places the role must reach.
        of: Within,
    },
    /// One person, by sign-in name.
    Person {
        /// Sign-in name.
        person: String,
    },
    /// Who filed the case.
    Initiator,
    /// The person named by a field of the form.
    FormField {
        /// Field id.
        field: String,
    },
    /// A role by the categories of the case's goods; `otherwise` for the rest and when nobody has the role.
    CategoryMap {
        /// Tested in order.
        categories: Vec<CategoryRole>,
        /// Role id.
        otherwise: String,
        /// Which of the case's places the role must reach.
        of: Within,
    },
}

/// Which of the case's places a role must reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// The case's shop.
    Shop,
    /// The case's warehouse.
    Warehouse,
    /// Anywhere.
    #[default]
    Any,
}

/// A role for some categories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryRole {
    /// Product categories, as in the SKU master data.
    pub of: Vec<String>,
    /// Role id.
    pub role: String,
}

/// Whom to look for, with the categories already resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidates<'a> {
    /// People with one of the roles; when nobody has one, with the fallback role.
    Roles {
        /// Role ids without duplicates.
        roles: Vec<&'a str>,
        /// Which of the case's places the roles must reach.
        of: Within,
        /// Role id when nobody has one of `roles`.
        otherwise: Option<&'a str>,
    },
    /// One person, by sign-in name.
    Person(&'a str),
    /// Who filed the case.
    Initiator,
    /// The person named by a field of the form.
    FormField(&'a str),
}

impl Approver {
    /// Whom to look for on a case with goods of these categories.
    pub fn candidates<'a, 'c>(&'a self, case_categories: impl IntoIterator<Item = &'c str>) -> Candidates<'a> {
        match self {
            Self::Role { role, of } => Candidates::Roles { roles: vec![role], of: *of, otherwise: None },
            Self::Person { person } => Candidates::Person(person),
            Self::Initiator => Candidates::Initiator,
            Self::FormField { field } => Candidates::FormField(field),
            Self::CategoryMap { categories, otherwise, of } => {
                let mut roles: Vec<&str> = Vec::new();
                for category in case_categories {
                    let named = categories.iter().find(|entry| entry.of.iter().any(|name| name == category));
                    let role = named.map_or(otherwise.as_str(), |entry| entry.role.as_str());
                    if !roles.contains(&role) {
                        roles.push(role);
                    }
                }
                if roles.is_empty() {
                    roles.push(otherwise);
                }
                Candidates::Roles { roles, of: *of, otherwise: Some(otherwise) }
            }
        }
    }

    /// Every role id it names.
    #[must_use]
    pub fn roles(&self) -> Vec<&str> {
        match self {
            Self::Role { role, .. } => vec![role],
            Self::CategoryMap { categories, otherwise, .. } => {
                categories.iter().map(|entry| entry.role.as_str()).chain([otherwise.as_str()]).collect()
            }
            Self::Person { .. } | Self::Initiator | Self::FormField { .. } => Vec::new(),
        }
    }
}

/// The form on paper: flat keys read better than a tag.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    initiator: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    form_field: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<CategoryRole>,
    #[serde(skip_serializing_if = "Option::is_none")]
    otherwise: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Within>,
}

impl TryFrom<Written> for Approver {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        const WRONG: &str = "an approver is one of: `role` (with `of`), `person`, `initiator: true`, `form_field`, \
                             or `categories` with `otherwise`";
        let Written { role, person, initiator, form_field, categories, otherwise, of } = written;
        let of_given = of.is_some();
        let of = of.unwrap_or_default();
        match (role, person, initiator, form_field, otherwise) {
            (Some(role), None, false, None, None) if categories.is_empty() => Ok(Self::Role { role, of }),
            (None, Some(person), false, None, None) if categories.is_empty() && !of_given => {
                Ok(Self::Person { person })
            }
            (None, None, true, None, None) if categories.is_empty() && !of_given => Ok(Self::Initiator),
            (None, None, false, Some(field), None) if categories.is_empty() && !of_given => {
                Ok(Self::FormField { field })
            }
            (None, None, false, None, Some(otherwise)) if !categories.is_empty() => {
                Ok(Self::CategoryMap { categories, otherwise, of })
            }
            _ => Err(WRONG),
        }
    }
}

impl From<Approver> for Written {
    fn from(approver: Approver) -> Self {
        let empty = Self::default();
        match approver {
            Approver::Role { role, of } => Self { role: Some(role), of: Some(of), ..empty },
            Approver::Person { person } => Self { person: Some(person), ..empty },
            Approver::Initiator => Self { initiator: true, ..empty },
            Approver::FormField { field } => Self { form_field: Some(field), ..empty },
            Approver::CategoryMap { categories, otherwise, of } => {
                Self { categories, otherwise: Some(otherwise), of: Some(of), ..empty }
            }
        }
    }
}
