//! One module an area. Pages fetch and arrange; what they are made of lives in `parts` and `ui`.

pub(crate) mod board;
pub(crate) mod books;
pub(crate) mod case;
pub(crate) mod cases;
pub(crate) mod customers;
pub(crate) mod daily_files;
pub(crate) mod file;
pub(crate) mod forms;
pub(crate) mod gallery;
pub(crate) mod imports;
pub(crate) mod inbox;
pub(crate) mod inspecting;
pub(crate) mod lost;
pub(crate) mod master;
pub(crate) mod office;
pub(crate) mod orders;
pub(crate) mod outbound;
pub(crate) mod persons;
pub(crate) mod platform_cases;
pub(crate) mod receiving;
pub(crate) mod records;
pub(crate) mod settling;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod template;
pub(crate) mod work;
