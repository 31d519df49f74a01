//! A page that was read is found again at its place, byte for byte; any place leads to a page
//! or nowhere.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use onrecord_formats::{Kind, Options, kind_of, order, page_at, pages, split};

fuzz_target!(|input: (u8, &[u8], &str)| {
    let (first, file, place) = input;
    let ending = Kind::ENDINGS[usize::from(first) % Kind::ENDINGS.len()];
    let name = format!("fuzz.{ending}");
    let options = Options::default();
    let kind = kind_of(&name, Cursor::new(file)).expect("bytes in memory");
    // The crate that knows Parquet panics on damaged files: the reader catches that, a fuzzer
    // does not.
    if kind == Kind::Parquet {
        return;
    }
    let at = |place: &str| page_at(kind, &name, place, Cursor::new(file.to_vec()), &options);
    for page in pages(kind, &name, Cursor::new(file.to_vec()), &options)
        .flatten()
        .take(8)
    {
        let (_, place) = split(&page.uri, |cut| cut == name);
        let again = at(place.unwrap_or_default());
        let again = again.expect("the page is there").expect("the page is read");
        assert_eq!((again.sha256, again.bytes), (page.sha256, page.bytes));
    }
    let _ = at(place);
    let _ = order(place);
});
