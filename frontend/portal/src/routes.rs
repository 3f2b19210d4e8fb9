//! Every address of the portal, once: what an address shows is looked up here, and the browser test opens each in every
//! look.

/// What stands at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// An order to be found and a request to be made.
    Find,
    /// A case, by the token behind `#`.
    Case,
}

/// Where a case is followed.
pub(crate) const CASE: &str = "/portal/case";

/// Address without the `/` at its end, and what stands there.
pub(crate) const ROUTES: &[(&str, Place)] = &[("", Place::Find), ("/portal", Place::Find), (CASE, Place::Case)];
