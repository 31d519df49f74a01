//! DOCX, ODT, RTF.

mod make;

use make::{kind, notes, one, read, text, zip};
use onrecord_formats::Kind;
use onrecord_model::sha256_hex;

fn docx(body: &str, core: &str) -> Vec<u8> {
    let body = format!("<?xml version='1.0'?><w:document><w:body>{body}</w:body></w:document>");
    zip(&[
        ("[Content_Types].xml", b"<Types/>", true),
        ("word/document.xml", body.as_bytes(), true),
        ("docProps/core.xml", core.as_bytes(), true),
    ])
}

#[test]
fn paragraphs_of_word() {
    let body = "<w:p><w:r><w:t>Port reopens</w:t></w:r></w:p><w:p/><w:p><w:r><w:t xml:space='preserve'>By Ana </w:t></w:r><w:r><w:t>Tal</w:t></w:r></w:p>\
                <w:p><w:r><w:t>It is </w:t></w:r><w:del><w:r><w:delText>shut</w:delText><w:t>shut</w:t></w:r></w:del><w:ins><w:r><w:t>open</w:t></w:r></w:ins><w:r><w:t>,</w:t><w:br/><w:t>she &quot;said&quot;.</w:t></w:r></w:p>\
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let core = "<c><dc:title>Port reopens</dc:title><dc:creator>Ana Tal</dc:creator></c>";
    let file = docx(body, core);
    assert_eq!(kind("x", &file), Kind::Docx);
    let page = one("x.docx", &file);
    assert_eq!(
        text(&page),
        "Port reopens\n\nBy Ana Tal\n\nIt is open,\nshe \"said\".\n\nA\n\nB\n"
    );
    assert_eq!(
        (
            page.declared.title.as_deref(),
            page.declared.authors.as_slice()
        ),
        (Some("Port reopens"), &["Ana Tal".to_owned()][..])
    );
    assert_eq!(
        (page.uri.as_str(), page.sha256.clone()),
        ("x.docx", sha256_hex(&file))
    );
    // Who typed the file is not who wrote the article.
    let page = one(
        "x.docx",
        &docx(
            body,
            "<c><dc:title>Template</dc:title><dc:creator>Intern</dc:creator></c>",
        ),
    );
    assert!(page.declared.title.is_none() && page.declared.authors.is_empty());
}

#[test]
fn paragraphs_of_opendocument() {
    let body = "<office:document-content><office:body><office:text><text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes>\
                <text:h>Port reopens</text:h><text:p>It is<text:s text:c='99999999'/>open<text:note><text:note-body><text:p>Note.</text:p></text:note-body></text:note>,<text:line-break/>she\n said.</text:p><text:p/>\
                <text:list><text:list-item><text:p>One</text:p></text:list-item></text:list></office:text></office:body></office:document-content>";
    let file = zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.text",
            false,
        ),
        ("content.xml", body.as_bytes(), true),
    ]);
    assert_eq!(kind("x", &file), Kind::Odt);
    let spaces = " ".repeat(16);
    assert_eq!(
        text(&one("x.odt", &file)),
        format!("Port reopens\n\nIt is{spaces}open,\nshe  said.\n\nOne\n")
    );
}

#[test]
fn rich_text() {
    let file = b"{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset204 Cyr;}}{\\*\\generator X;}{\\info{\\title Port reopens}{\\author Ana Tal}}\n\
        {\\header Page 1\\par}\\pard Port reopens\\par\\par By Ana Tal\\par {\\b It} is \\'93open\\'94\\emdash caf\\u233?, \\f1\\'ef\\'f0\\f0{\\v hidden} \\{x\\}{\\footnote Note.}\\line end\\u-10179?\\u-8704?{\\pict\\bin4 }}}}}.\\par }trailing";
    assert_eq!(kind("x", file), Kind::Rtf);
    let page = one("x.rtf", file);
    assert_eq!(
        text(&page),
        "Port reopens\n\nBy Ana Tal\n\nIt is “open”—café, пр {x}\nend\u{1f600}.\n"
    );
    assert_eq!(page.declared.title.as_deref(), Some("Port reopens"));
    assert!(page.notes.is_empty(), "{:?}", page.notes);
}

#[test]
fn documents_made_to_harm() {
    let deep = "{".repeat(50_000);
    let page = one("x.rtf", format!("{{\\rtf1 One.\\par {deep}").as_bytes());
    assert_eq!(
        (text(&page).as_str(), page.notes[0].code.as_str()),
        ("One.\n", "broken-document")
    );
    let page = one("x.rtf", b"{\\rtf1 One.\\par Two\\bin99999999999 x");
    assert_eq!(text(&page), "One.\n\nTwo\n");
    for bytes in [
        &b"{\\rtf"[..],
        b"{\\rtf1\\",
        b"{\\rtf1\\'",
        b"{\\rtf1\\u99999999999999999999 x",
        b"{\\rtf1}}}}}x",
        b"{\\rtf1\\u55357",
    ] {
        one("x.rtf", bytes);
    }
    let torn = docx("<w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p><w:t>Two", "");
    assert!(text(&one("x.docx", &torn)).starts_with("One."));
    let nested = docx(&"<w:p>".repeat(200_000), "");
    assert_eq!(text(&one("x.docx", &nested)), "");
    let bomb = docx(&" ".repeat(8 << 20), "");
    assert_eq!(notes(&read("x.docx", &bomb))[0].code, "broken-document");
    assert_eq!(
        notes(&read("x.docx", &zip(&[("word/other.xml", b"", true)])))[0].place,
        "x.docx"
    );
    assert!(read("x.docx", b"PK\x03\x04").iter().all(Result::is_err));
    let locked = zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.text",
            false,
        ),
        (
            "META-INF/manifest.xml",
            b"<m><manifest:encryption-data/></m>",
            true,
        ),
    ]);
    assert_eq!(notes(&read("x.odt", &locked))[0].code, "encrypted");
}
