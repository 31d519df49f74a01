//! The progress bar, on standard error, at a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Shows how far a run has come.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar that shows itself at a terminal, and nowhere if `quiet`.
    pub fn new(quiet: bool) -> Progress {
        let bar = if quiet {
            ProgressBar::hidden()
        } else {
            ProgressBar::no_length()
        };
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress { bar }
    }

    /// The first pass begins.
    pub fn looking(&self, sources: usize) {
        self.stage(
            "Looking",
            sources as u64,
            "{prefix:>9} [{bar:30}] {pos}/{len}",
        );
    }

    /// The second pass begins.
    pub fn reading(&self, pages: usize) {
        self.stage(
            "Reading",
            pages as u64,
            "{prefix:>9} [{bar:30}] {pos}/{len} pages, {eta} left",
        );
    }

    /// Pages are compared with one another.
    pub fn comparing(&self) {
        self.stage(
            "Comparing",
            0,
            "{prefix:>9} {spinner} pages with one another",
        );
    }

    /// One more is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn stage(&self, name: &'static str, length: u64, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("=> "));
        }
        self.bar.reset();
        self.bar.set_length(length);
        self.bar.set_prefix(name);
    }
}
