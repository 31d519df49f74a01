//! The progress bar, on standard error, at a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// What is told of a run: its stage, how many are done, and of how many.
type Told<'a> = dyn Fn(&str, u64, u64) + Sync + 'a;

/// Shows how far a run has come.
pub struct Progress<'a> {
    bar: ProgressBar,
    told: Option<&'a Told<'a>>,
}

impl std::fmt::Debug for Progress<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Progress").field("bar", &self.bar).finish()
    }
}

impl<'a> Progress<'a> {
    /// A bar that shows itself at a terminal, and nowhere if `quiet`.
    pub fn new(quiet: bool) -> Progress<'a> {
        let bar = if quiet {
            ProgressBar::hidden()
        } else {
            ProgressBar::no_length()
        };
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress { bar, told: None }
    }

    /// No bar: each step is told to somebody else.
    pub fn to(told: &'a Told<'a>) -> Progress<'a> {
        Progress {
            bar: ProgressBar::hidden(),
            told: Some(told),
        }
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
        self.tell();
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
        self.tell();
    }

    fn tell(&self) {
        if let Some(told) = self.told {
            let all = self.bar.length().unwrap_or(0);
            told(&self.bar.prefix(), self.bar.position(), all);
        }
    }
}
