//! What became of backups. The program writes them itself, outside of any command.

pub mod read;
pub mod record;
