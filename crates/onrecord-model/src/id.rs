use sha2::{Digest, Sha256};

/// A row's name: two letters for its table, a hyphen, and twenty hexadecimal digits of a
/// hash over what the row is made of. The same content gives the same id on every machine.
pub type Id = String;

/// Makes an [`Id`] from the table's two letters and the parts that make the row what it is.
///
/// Parts are joined by a byte that cannot stand in text, so `["ab", "c"]` and `["a", "bc"]`
/// differ. The prefixes in use: `pg` page, `ar` article, `se` sentence, `ac` actor, `me`
/// mention, `re` relation, `st` statement, `ev` event, `pl` place, `po` position, `ou`
/// outlook, `fr` framing, `di` disagreement, `sy` story, `rp` reprint, `co` correction, `ru`
/// run.
///
/// ```
/// use onrecord_model::id_of;
/// let id = id_of("se", &["ar-1", "12", "40"]);
/// assert_eq!(id.len(), 23);
/// assert_eq!(id, id_of("se", &["ar-1", "12", "40"]));
/// assert_ne!(id, id_of("se", &["ar-1", "124", "0"]));
/// ```
pub fn id_of(prefix: &str, parts: &[&str]) -> Id {
    let mut hash = Sha256::new();
    hash.update(prefix.as_bytes());
    for part in parts {
        hash.update([0xff]);
        hash.update(part.as_bytes());
    }
    let mut id = String::with_capacity(prefix.len() + 21);
    id.push_str(prefix);
    id.push('-');
    hex(&hash.finalize()[..10], &mut id);
    id
}

/// The SHA-256 of `bytes` in lower-case hexadecimal digits.
///
/// ```
/// assert!(onrecord_model::sha256_hex(b"").starts_with("e3b0c442"));
/// ```
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    hex(&Sha256::digest(bytes), &mut text);
    text
}

fn hex(bytes: &[u8], into: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        into.push(DIGITS[usize::from(byte >> 4)] as char);
        into.push(DIGITS[usize::from(byte & 15)] as char);
    }
}
