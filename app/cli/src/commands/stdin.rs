//! Secrets from standard input: arguments are seen by everybody on the machine.

use std::io::{self, BufRead as _};

use crate::fault::Fault;

/// The first line, without its end.
pub(crate) fn first_line(what: &str) -> Result<String, Fault> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| Fault::io("standard input", &error))?;
    let typed = line.strip_suffix('\n').unwrap_or(&line);
    let typed = typed.strip_suffix('\r').unwrap_or(typed);
    if typed.is_empty() {
        return Err(Fault::usage("nothing_typed", format!("no {what} on the first line of standard input")));
    }
    Ok(typed.to_owned())
}
