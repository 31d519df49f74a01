//! A page's failure is a note, never the end of the run.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use onrecord_model::Note;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics inside [`caught`] off standard error, where their message would stand between
/// others; `caught` gives it instead. Holds for the whole program and is done once.
pub fn quiet() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| match GUARDED.get() {
            true => LAST.with(|last| *last.borrow_mut() = Some(message(info))),
            false => usual(info),
        }));
    });
}

/// Runs `work`; a panic in it is an error with its message and place.
///
/// # Errors
/// What the panic said; `a panic` unless [`quiet`] was called before.
///
/// ```
/// assert_eq!(onrecord::guard::caught(|| 1), Ok(1));
/// assert!(onrecord::guard::caught(|| -> u8 { std::panic::resume_unwind(Box::new("no")) }).is_err());
/// ```
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = GUARDED.replace(true);
    // What `work` had under way is dropped, so nothing half done is seen again.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    done.map_err(|_| {
        let said = LAST.with(|last| last.borrow_mut().take());
        said.unwrap_or_else(|| "a panic".to_owned())
    })
}

/// The note on a page at which the reader failed with this message.
pub fn failed(message: &str) -> Note {
    let text = format!("the reader failed on this page: {message}; please report it");
    Note::unread("failed", "", text)
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let text = text.unwrap_or("a panic").lines().next().unwrap_or_default();
    match info.location() {
        Some(place) => format!("{text} ({}:{})", place.file(), place.line()),
        None => text.to_owned(),
    }
}
