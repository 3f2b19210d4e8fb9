//! One file a page. Pages fetch and arrange; what they are made of lives in `parts` and `ui`.

pub(crate) mod boards;
pub(crate) mod gallery;
pub(crate) mod home;
pub(crate) mod lost;
