//! Pictures of what was looked at, for a person's eyes: kept in the folder that `RETURNDESK_SHOTS` names.

use std::path::Path;

use crate::browser::Browser;

/// Keeps a picture of the window under a name made of where it is and in which look.
pub(super) fn keep(page: &Browser, address: &str, look: &str) {
    let Some(folder) = std::env::var_os("RETURNDESK_SHOTS") else { return };
    let name: String = address.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(60).collect();
    let path = Path::new(&folder).join(format!("{}_{look}.png", name.trim_matches('_')));
    std::fs::write(path, page.picture()).expect("a folder for pictures");
}
