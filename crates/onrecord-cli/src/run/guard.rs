//! A page's failure is a note, never the end of the run.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::thread;

use crate::pipeline::WORKER;

thread_local! {
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics of workers off standard error; [`caught`] gives their message instead.
pub fn quiet_workers() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| match thread::current().name() {
        Some(WORKER) => LAST.with(|last| *last.borrow_mut() = Some(message(info))),
        _ => usual(info),
    }));
}

/// Runs `work`; a panic in it is an error with its message and place.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // What `work` had under way is dropped, so nothing half done is seen again.
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        LAST.with(|last| last.borrow_mut().take())
            .unwrap_or_else(|| "a panic".to_owned())
    })
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

#[cfg(test)]
mod tests {
    #[test]
    fn a_panic_is_an_error() {
        assert!(super::caught(|| std::panic::resume_unwind(Box::new("no"))).is_err());
        assert_eq!(super::caught(|| 1), Ok(1));
    }
}
