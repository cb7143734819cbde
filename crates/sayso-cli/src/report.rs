//! Messages on standard error.

use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};

use crate::view::visible;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const NOTE: Style = AnsiColor::Yellow.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default();

/// Says what went wrong and what to do about it.
pub(crate) fn error(message: &str, help: Option<&str>) {
    say("error", ERROR, message);
    if let Some(help) = help {
        say("  help", HELP, help);
    }
}

/// Says what is odd about an input that was read.
pub(crate) fn note(message: &str) {
    say("note", NOTE, message);
}

/// Writes a message; file names and the like in it may hold anything, and are shown as they are.
fn say(label: &str, style: Style, message: &str) {
    let stderr = io::stderr();
    let style = if stderr.is_terminal() && !crate::view::no_color() { style } else { Style::new() };
    // When standard error is gone there is nobody to tell.
    let _ = writeln!(stderr.lock(), "{style}{label}:{style:#} {}", visible(message));
}
