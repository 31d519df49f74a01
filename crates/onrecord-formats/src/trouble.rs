//! Why something cannot be read, as notes.

use std::io;

use onrecord_model::Note;

use crate::gzip::Bomb;

/// A note that nothing of `place` was read, since `error` came.
pub(crate) fn unread(place: impl Into<String>, error: &io::Error) -> Note {
    let (code, text) = words(error);
    Note::unread(code, place, text)
}

/// A note that a file could be read only so far.
pub(crate) fn broken_off(place: impl Into<String>, error: &io::Error) -> Note {
    let (code, text) = words(error);
    Note::partly(
        code,
        place,
        format!("the rest of the file is missing: {text}"),
    )
}

/// A note that something is longer than may be.
pub(crate) fn too_large(place: impl Into<String>, most: u64) -> Note {
    Note::unread(
        "too-large",
        place,
        format!("longer than {most} bytes; cut it into parts"),
    )
}

/// Code and text for an error.
pub(crate) fn words(error: &io::Error) -> (&'static str, String) {
    if let Some(bomb) = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Bomb>())
    {
        return ("bomb", bomb.to_string());
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => ("cut-off", "it ends too early".to_owned()),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            ("broken", format!("cannot be unpacked to its end ({error})"))
        }
        _ => ("unreadable", format!("cannot be read ({error})")),
    }
}
