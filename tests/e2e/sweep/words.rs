//! Latin words that a Chinese reader meets and knows: names of products, formats, keys and units.

/// Each stands as it is in a Chinese text.
pub(super) const KNOWN: &[&str] = &[
    "ReturnDesk",
    "English",
    "Chrome",
    "Edge",
    "Excel",
    "JavaScript",
    "https",
    "Alt",
    "Ctrl",
    "Enter",
    "Esc",
    "Tab",
    // Names in the configuration file and on the command line, as they must be typed.
    "backup",
    "backup_folder",
    "backup_recipients",
];
