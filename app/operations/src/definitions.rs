//! The documents in force, parsed and compiled, by release; and the master data.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use domain::{ReleaseId, ShopId, Timestamp};
use engine::calendar::Calendar;
use engine::template::Compiled;
use store::Conn;
use store::extension::{OwnTable, Shape};

use crate::actor::permission_bit;
use crate::error::{Error, Refusal};
use crate::masters::Masters;
use crate::template::columns::{case_columns, own_columns};

/// A release of the template, ready to run.
#[derive(Debug)]
pub struct Release {
    /// Its id: what cases pin.
    pub id: ReleaseId,
    /// Its documents.
    pub template: Compiled,
    /// Where the case form's own fields are stored.
    pub(crate) case_shape: Option<Shape>,
    /// Where the records of the merchant's own forms are stored, by form.
    pub(crate) own_tables: HashMap<String, OwnTable>,
}

impl Release {
    /// A release with its storage, as published.
    ///
    /// # Errors
    /// The store's.
    pub fn new(conn: &Conn, id: ReleaseId, template: Compiled) -> Result<Self, Error> {
        let columns = case_columns(&template);
        let case_shape = Shape::load(conn, crate::rma::CASE_ENTITY, &columns)?;
        let mut own_tables = HashMap::new();
        for form in own_forms(&template) {
            if let Some(table) = OwnTable::load(conn, &form.id, &own_columns(form))? {
                own_tables.insert(form.id.clone(), table);
            }
        }
        Ok(Self { id, template, case_shape, own_tables })
    }
}

/// The merchant's own forms: all but the case's.
pub(crate) fn own_forms(template: &Compiled) -> impl Iterator<Item = &engine::form::Form> {
    let template = template.template();
    template.forms.iter().filter(|form| form.id != template.case.form)
}

/// What a command has changed of the definitions. Commands of one commit all began with the same definitions, so each
/// hands over its own part alone: a whole would undo what another of them put in force.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changed {
    /// The release now in force.
    pub(crate) release: Option<Arc<Release>>,
    /// The master data as they now are.
    pub(crate) masters: Option<Arc<Masters>>,
}

impl Changed {
    pub(crate) const fn is_nothing(&self) -> bool {
        self.release.is_none() && self.masters.is_none()
    }
}

/// What commands run on. Replaced as a whole after a commit that changed it.
#[derive(Debug)]
pub struct Definitions {
    current: Option<Arc<Release>>,
    /// Releases that cases still run on, read when first needed; immutable, hence shared by all versions of this value.
    older: Arc<RwLock<HashMap<ReleaseId, Arc<Release>>>>,
    /// Master data.
    pub masters: Arc<Masters>,
    /// Of shops without a calendar of their own: the template's in the shop's zone.
    usual: HashMap<ShopId, Calendar>,
}

impl Definitions {
    /// Reads what is in force.
    ///
    /// # Errors
    /// The store's, and documents that cannot be read any more.
    pub fn load(conn: &Conn, now: Timestamp) -> Result<Self, Error> {
        let masters = Arc::new(Masters::load(conn, now)?);
        let older = Arc::new(RwLock::new(HashMap::new()));
        let current = match store::release::current(conn)? {
            Some(id) => Some(Arc::new(read_release(conn, id)?)),
            None => None,
        };
        Ok(Self { usual: usual(current.as_deref(), &masters), current, older, masters })
    }

    /// The same with what a command has changed.
    #[must_use]
    pub(crate) fn with(&self, changed: Changed) -> Self {
        if let (Some(current), Some(_)) = (&self.current, &changed.release) {
            let mut older = self.older.write().unwrap_or_else(std::sync::PoisonError::into_inner);
            older.insert(current.id, Arc::clone(current));
        }
        let current = changed.release.or_else(|| self.current.clone());
        let masters = changed.masters.unwrap_or_else(|| Arc::clone(&self.masters));
        Self { usual: usual(current.as_deref(), &masters), current, older: Arc::clone(&self.older), masters }
    }

    /// The calendar a shop works by: its own, else the template's in the shop's zone; `None` for no shop of ours.
    pub(crate) fn calendar(&self, shop: ShopId) -> Option<&Calendar> {
        self.masters.calendar(shop).or_else(|| self.usual.get(&shop))
    }

    /// The release that new cases start on.
    ///
    /// # Errors
    /// `Conflict` before the first template was applied.
    pub fn current(&self) -> Result<&Arc<Release>, Error> {
        self.current.as_ref().ok_or_else(|| {
            Error::conflict(
                Refusal::new("no_template", "还没有启用任何应用模板", "no template is in force yet")
                    .help("请先导入模板：returndesk template apply", "apply one first: returndesk template apply"),
            )
        })
    }

    /// A release, current or older.
    ///
    /// # Errors
    /// The store's, and documents that cannot be read any more.
    pub fn release(&self, conn: &Conn, id: ReleaseId) -> Result<Arc<Release>, Error> {
        if let Some(current) = self.current.as_ref().filter(|current| current.id == id) {
            return Ok(Arc::clone(current));
        }
        let known = self.older.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&id).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let read = Arc::new(read_release(conn, id)?);
        let mut older = self.older.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(Arc::clone(older.entry(id).or_insert(read)))
    }

    /// What a role may do, one bit per `Permission`; nothing for a role that the template does not know.
    #[must_use]
    pub fn permissions_of(&self, role: &str) -> u64 {
        let role = self.current.as_ref().and_then(|current| current.template.role(role));
        role.map_or(0, |role| role.permissions.iter().fold(0, |bits, one| bits | permission_bit(*one)))
    }
    /// Whether the template in force has this role.
    #[must_use]
    pub fn role_exists(&self, role: &str) -> bool {
        self.current.as_ref().is_some_and(|current| current.template.role(role).is_some())
    }
    /// The role that the first account gets.
    #[must_use]
    pub fn bootstrap_role(&self) -> Option<&str> {
        let roles = &self.current.as_ref()?.template.template().roles;
        roles.iter().find(|role| role.bootstrap).map(|role| role.id.as_str())
    }
}

fn usual(current: Option<&Release>, masters: &Masters) -> HashMap<ShopId, Calendar> {
    let always = crate::masters::always();
    let calendar = current.map_or(&always, |current| &current.template.template().settings.calendar);
    let without = masters.shops().iter().filter(|shop| masters.calendar(shop.id).is_none());
    without.map(|shop| (shop.id, masters.in_zone_of(shop.id, calendar))).collect()
}

fn read_release(conn: &Conn, id: ReleaseId) -> Result<Release, Error> {
    let documents = store::release::documents(conn, id)?;
    let template = crate::template::assemble(&documents)?;
    let template = engine::template::compile(&template).map_err(|problems| {
        let first = problems.first().map(|problem| format!("{}: {}", problem.path, problem.message.en));
        Error::internal(format!("release {id} cannot be read: {}", first.unwrap_or_default()))
    })?;
    Release::new(conn, id, template)
}
