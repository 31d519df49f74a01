//! Bytes to text: character sets, media types, what is no text.

use onrecord_model::{MediaType, Note, Page, RawPage, Severity};
use onrecord_pages::decode;

fn raw(bytes: &[u8]) -> RawPage {
    RawPage {
        bytes: bytes.to_vec(),
        sha256: "ab".to_owned(),
        ..RawPage::default()
    }
}

fn read(bytes: &[u8]) -> (Page, Vec<Note>) {
    decode(&raw(bytes)).expect("a page of text")
}

fn refused(bytes: &[u8]) -> Note {
    let note = decode(&raw(bytes)).expect_err("no page");
    assert_eq!(note.severity, Severity::Unread);
    note
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

#[test]
fn character_sets() {
    let text = "The minister said “no” to the café owners.";
    let mut with_bom = b"\xef\xbb\xbf".to_vec();
    with_bom.extend_from_slice(text.as_bytes());
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (with_bom, "UTF-8"),
        (utf16(&format!("\u{feff}{text}"), false), "UTF-16LE"),
        (utf16(&format!("\u{feff}{text}"), true), "UTF-16BE"),
        (utf16(text, false), "UTF-16LE"),
        (utf16(text, true), "UTF-16BE"),
        (
            encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
            "windows-1252",
        ),
    ] {
        let (page, notes) = read(&bytes);
        assert_eq!(
            (page.text.as_str(), page.encoding.as_str()),
            (text, encoding)
        );
        assert!(notes.is_empty(), "{notes:?}");
        assert_eq!(page.bytes, bytes.len() as u64);
    }
}

#[test]
fn sets_that_are_guessed() {
    for (text, encoding) in [
        (
            "وقال المتحدث باسم الحكومة إن البرلمان سيصوت على القرار يوم الاثنين في العاصمة.",
            encoding_rs::WINDOWS_1256,
        ),
        (
            "Представитель правительства заявил, что парламент проголосует в понедельник.",
            encoding_rs::WINDOWS_1251,
        ),
    ] {
        let (page, _) = read(&encoding.encode(text).0);
        assert_eq!(
            (page.text.as_str(), page.encoding.as_str()),
            (text, encoding.name())
        );
    }
    let arabic = "وقال المتحدث باسم الحكومة إن البرلمان سيصوت على القرار";
    assert_eq!(read(&utf16(arabic, false)).0.text, arabic);
}

#[test]
fn sets_that_are_named() {
    let page = |head: &str| -> Vec<u8> {
        let html = format!("<html><head>{head}</head><body><p>Заявил премьер</p></body></html>");
        encoding_rs::KOI8_R.encode(&html).0.into_owned()
    };
    for head in [
        "<meta charset=\"koi8-r\">",
        "<META CHARSET = koi8-r>",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\">",
    ] {
        let (read, _) = read(&page(head));
        assert!(read.text.contains("Заявил премьер"), "{head}");
        assert_eq!(read.encoding, "KOI8-R");
    }
    let mut declared = raw(&page(""));
    declared.declared.charset = Some("koi8-r".to_owned());
    assert_eq!(decode(&declared).expect("a page").0.encoding, "KOI8-R");
}

#[test]
fn a_name_that_the_bytes_contradict_is_not_believed() {
    let (page, notes) = read("<html><meta charset=iso-8859-1><p>“Café”</p>".as_bytes());
    assert_eq!(page.encoding, "UTF-8");
    assert_eq!(notes[0].code, "charset");
    let (page, notes) = read(b"<html><meta charset=utf-8><p>Le pr\xe9sident \xe9tait l\xe0.</p>");
    assert!(page.text.contains("Le président était là."));
    assert_eq!(notes[0].code, "charset");
}

#[test]
fn bytes_that_cannot_be_decoded() {
    let (page, notes) = read(
        "“One”\n“two” \u{fffd}\n“three” "
            .as_bytes()
            .iter()
            .copied()
            .chain([0xff, b'.'])
            .collect::<Vec<u8>>()
            .as_slice(),
    );
    // UTF-8 but for a few places stays UTF-8, named or not: what does not fit is marked.
    assert_eq!(
        (page.encoding.as_str(), notes[0].code.as_str()),
        ("UTF-8", "bad-bytes")
    );
    let mut named = raw("“One”\n“two” \u{fffd}\n“three” ".as_bytes());
    named.bytes.extend([0xff, b'.']);
    named.declared.charset = Some("utf-8".to_owned());
    let (page, notes) = decode(&named).expect("a page");
    assert!(page.text.ends_with("\u{fffd}."));
    assert_eq!(
        (notes[0].code.as_str(), notes[0].severity),
        ("bad-bytes", Severity::Partly)
    );
    assert!(notes[0].text.starts_with("1 places"), "{}", notes[0].text);
}

#[test]
fn nothing_to_read() {
    assert_eq!(refused(b"").code, "empty");
    assert_eq!(refused(b" \n\t\xc2\xa0\n").code, "empty");
    assert_eq!(refused(b"\xef\xbb\xbf").code, "empty");
    let pdf = refused(b"%PDF-1.4\n...");
    assert_eq!(pdf.code, "binary");
    assert!(pdf.text.contains("PDF"));
    assert_eq!(refused(b"PK\x03\x04rest").code, "binary");
    assert_eq!(
        refused(&[b"text ".as_slice(), &[0; 5]].concat().repeat(100)).code,
        "binary"
    );
    assert_eq!(
        refused(&vec![b'a'; onrecord_pages::MAX_BYTES + 1]).code,
        "too-large"
    );
}

#[test]
fn a_few_nul_bytes() {
    let mut bytes = b"The talks went on. ".repeat(50);
    bytes.insert(300, 0);
    let (page, notes) = read(&bytes);
    assert_eq!(page.text.matches('\u{fffd}').count(), 1);
    assert_eq!(
        (notes[0].code.as_str(), notes[0].severity),
        ("nul-bytes", Severity::Partly)
    );
}

#[test]
fn media_types() {
    assert_eq!(
        read(b"<!doctype html><p>One</p>").0.media_type,
        MediaType::Html
    );
    assert_eq!(
        read(b"A text about the <blink> tag.").0.media_type,
        MediaType::Text
    );
    assert_eq!(
        read(b"\r\n<html>\r\n<p>One</p>").0.text,
        "\r\n<html>\r\n<p>One</p>"
    );
}

#[test]
fn the_same_bytes_make_the_same_page() {
    let (a, b) = (read(b"One."), read(b"One."));
    assert_eq!(a.0.id, b.0.id);
    assert_eq!(a.0.id, onrecord_model::id_of("pg", &["ab"]));
}

#[test]
fn a_damaged_page_stays_utf8_and_a_latin_one_does_not() {
    for bytes in [
        &b"The minister said on Monday that the talks \xc3( failed, and left the hall \xe2\x82 later."[..],
        b"He said \xe2\x80\x9cno\xe2\x80\x9d to it all \xff\xfe and left.",
        b"The vote was held \xff\xfe on Monday, and the hall was full of people until night.",
    ] {
        let (page, notes) = read(bytes);
        assert_eq!(page.encoding, "UTF-8", "{bytes:?}");
        if std::str::from_utf8(bytes).is_err() {
            assert!(notes.iter().any(|n| n.code == "bad-bytes"), "{bytes:?}");
        }
    }
    for bytes in [
        &b"Les \xe9tudiants manifestent \xe0 Gen\xe8ve, o\xf9 il a \xe9t\xe9 \xe9lu maire de la ville en mai."[..],
        b"\x93We stay,\x94 he said \x96 and left. The caf\xe9 was closed for the night, said the owner.",
    ] {
        let (page, notes) = read(bytes);
        assert_eq!(page.encoding, "windows-1252", "{bytes:?}");
        assert!(notes.iter().all(|n| n.code != "bad-bytes"));
    }
}
