//! Files that are no text.

/// The first bytes of formats met among saved pages.
const MAGIC: [(&[u8], &str); 24] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file (or DOCX, ODT, XLSX, EPUB, WACZ)"),
    (b"PK\x05\x06", "a ZIP file"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\0\0\x01\0", "an icon"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"SQLite format 3\0", "an SQLite file"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Word, Excel or Outlook file",
    ),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"wOF", "a font"),
];

/// What these bytes are, where they are surely no text.
pub(super) fn format_of(bytes: &[u8]) -> Option<String> {
    let known = MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, what)| (*what).to_owned());
    known
        .or_else(|| {
            (bytes.get(..4) == Some(b"RIFF") && bytes.len() > 12)
                .then(|| "a WebP, WAV or AVI file".to_owned())
        })
        .or_else(|| (bytes.get(4..8) == Some(b"ftyp")).then(|| "an MP4 or HEIC file".to_owned()))
}

/// Whether the bytes, which are not UTF-16, hold more control characters than text does.
pub(super) fn is_full_of_controls(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64 << 10)];
    start.iter().filter(|b| is_control(**b)).count() * 50 > start.len()
}

/// Control characters that no text holds. NUL is counted elsewhere: UTF-16 is full of it.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0x01..=0x07 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text() {
        assert_eq!(format_of(b"%PDF-1.7 ...").as_deref(), Some("a PDF file"));
        assert!(is_full_of_controls(
            &(0..=255).collect::<Vec<u8>>().repeat(10)
        ));
        assert!(!is_full_of_controls("Zwei\r\n\tZeilen\n".as_bytes()));
        assert_eq!(format_of(b"ID cards were checked at the gate."), None);
        assert_eq!(format_of("B\u{0}a\u{0}".as_bytes()), None);
        assert_eq!(format_of(b""), None);
    }
}
