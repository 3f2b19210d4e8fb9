//! Who calls, as `access` found out.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use domain::Lang;
use operations::session::SignedIn;
use operations::station::attribute::Attributed;
use operations::{Actor, Call, Error};

use crate::error::Failure;
use crate::extract::Key;

/// A signed-in caller. Only routes that are not public have one.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// With rights and session.
    pub(crate) signed_in: Arc<SignedIn>,
    /// The language of the answer.
    pub(crate) lang: Lang,
    /// Whose a fact is that a station sends later, when it says so.
    pub(crate) made_by: Option<Attributed>,
}

impl Caller {
    /// Who acts.
    pub(crate) fn actor(&self) -> &Actor {
        &self.signed_in.actor
    }

    /// Whose the request is: the caller's, or theirs who made the fact that is sent now.
    pub(crate) fn acting(&self) -> &Arc<Actor> {
        self.made_by.as_ref().map_or(&self.signed_in.actor, |made_by| &made_by.actor)
    }

    /// A call of `verb` by this caller under its key.
    pub(crate) fn call(&self, verb: &'static str, key: &Key) -> Call {
        Call { key: key.for_request(), ..Call::new(Arc::clone(self.acting()), verb) }
    }

    /// A call for one part of a batch: the key names the part as well.
    pub(crate) fn part_call(&self, verb: &'static str, key: &Key, part: usize) -> Call {
        let mut call = self.call(verb, key);
        if let Some(key) = call.key.as_mut() {
            key.key = format!("{}#{part}", key.key);
        }
        call
    }
}

impl FromRequest for Caller {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Self>().cloned().ok_or(Error::Unauthenticated.into()))
    }
}
