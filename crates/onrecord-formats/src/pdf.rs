//! PDF.
use crate::{limits::Limits, open::Text};
use onrecord_model::Note;
pub(crate) fn read(_: &[u8], _: &Limits) -> Result<Text, Note> {
    Err(Note::unread("pdf", "", ""))
}
