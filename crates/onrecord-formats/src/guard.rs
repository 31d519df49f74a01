//! A fault in a reader is a note.

use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord_model::{Note, RawPage};

use crate::Pages;

/// What `read` gives, or a note about `place` if it panics.
pub(crate) fn caught<T>(place: &str, read: impl FnOnce() -> Result<T, Note>) -> Result<T, Note> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let message = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        let text = format!("the reader failed on this file: {message}; please report it");
        Err(Note::unread("failed", place, text))
    })
}

/// Pages that end with a note if their reader panics.
pub(crate) struct Guarded {
    pub place: String,
    pub pages: Option<Pages>,
}

impl Iterator for Guarded {
    type Item = Result<RawPage, Note>;

    fn next(&mut self) -> Option<Result<RawPage, Note>> {
        let pages = self.pages.as_mut()?;
        match caught(&self.place, || Ok(pages.next())) {
            Ok(next) => next,
            Err(note) => {
                self.pages = None;
                Some(Err(note))
            }
        }
    }
}
