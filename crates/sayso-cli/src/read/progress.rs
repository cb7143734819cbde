//! How far the reading is, on standard error.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sayso::Format;

/// How many articles are read before there is a need to say so.
const FIRST_SHOWN: u64 = 16;

/// A bar, where somebody watches and the output does not show how far it is.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    done: u64,
}

impl Progress {
    pub(super) fn new(inputs: &[PathBuf]) -> Self {
        if io::stdout().is_terminal() { Self::default() } else { Self::on_stderr(inputs) }
    }

    /// For a command whose output does not grow with the articles.
    pub(crate) fn on_stderr(inputs: &[PathBuf]) -> Self {
        if !io::stderr().is_terminal() {
            return Self::default();
        }
        let one_each = |path: &PathBuf| {
            Format::of(path) == Some(Format::Text) && !path.is_dir() && path.as_os_str() != "-"
        };
        let (bar, template) = if inputs.iter().all(one_each) {
            let bar = ProgressBar::new(inputs.len() as u64);
            (bar, "{bar:30} {pos} of {len} articles, {per_sec:0}, {eta} left")
        } else {
            (ProgressBar::new_spinner(), "{spinner} {pos} articles, {per_sec:0}, {elapsed}")
        };
        bar.set_draw_target(ProgressDrawTarget::hidden());
        bar.set_style(ProgressStyle::with_template(template).expect("the template is well-formed"));
        Self { bar: Some(bar), done: 0 }
    }

    /// Counts an article.
    pub(crate) fn advance(&mut self) {
        self.done += 1;
        if let Some(bar) = &self.bar {
            if self.done == FIRST_SHOWN {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.set_position(self.done);
        }
    }

    /// Takes the bar away while `write` writes to standard error.
    pub(crate) fn suspend(&self, write: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away.
    pub(crate) fn clear(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
