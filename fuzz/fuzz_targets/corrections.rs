//! Any text as a line of a file of corrections: it is read or refused with a reason, and what
//! was read is written so that it reads back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_record::Correction;

fuzz_target!(|line: &str| match Correction::of_line(line) {
    Ok(read) => {
        let again = Correction::of_line(&read.to_line());
        assert_eq!(again.as_ref(), Ok(&read));
        let _ = read.change();
    }
    Err(what) => assert!(!what.is_empty()),
});
