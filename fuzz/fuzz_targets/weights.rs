//! Any bytes as a weights file: an error or an engine, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::language::Engine;

fuzz_target!(|bytes: &[u8]| {
    let mut file = b"onrecord weights\n".to_vec();
    file.extend_from_slice(bytes);
    let _ = Engine::new(&file);
});
