//! PDF files made to be read, and made to harm.

mod make;

use std::fmt::Write;

use make::{notes, one, read, text, zlib};

/// A PDF file of numbered objects.
fn pdf(objects: &[&[u8]]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = String::new();
    for (n, object) in objects.iter().enumerate() {
        let _ = writeln!(places, "{:010} 00000 n ", out.len());
        out.extend_from_slice(format!("{} 0 obj\n", n + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let count = objects.len() + 1;
    out.extend_from_slice(format!("xref\n0 {count}\n0000000000 65535 f \n{places}trailer <</Root 1 0 R/Size {count}>>\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out
}

fn stream(head: &str, data: &[u8]) -> Vec<u8> {
    [
        format!("<<{head}/Length {}>>\nstream\n", data.len()).as_bytes(),
        data,
        b"\nendstream",
    ]
    .concat()
}

/// A file of one page with this content; `font` is the dictionary of its font.
fn page(content: &str, font: &str) -> Vec<u8> {
    let content = stream("", content.as_bytes());
    pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        &content,
        font.as_bytes(),
    ])
}

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi/uni2014/a.sc]>>/FirstChar 0/Widths[500 500 500 500]>>";

#[test]
fn signs_and_blanks() {
    let content = "BT /F 10 Tf 72 700 Td [(The dock)-300(of)-20( Tesk)] TJ T* 0 -12 Td (is \\001ne\\002\\003ll \\223open\\224.) Tj ET \
                   BT /F 10 Tf 0 1 -1 0 20 100 Tm (margin) Tj ET";
    assert_eq!(
        text(&one("x.pdf", &page(content, FONT))),
        "The dock of Tesk is fine—all “open”.\n"
    );
}

#[test]
fn signs_of_two_bytes() {
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \
               2 beginbfrange <0001> <0003> <0410> <0010> <0010> [<00660066>] endbfrange endcmap end end";
    let font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</Subtype/CIDFontType2/DW 600/W[1[500 500]16 20 700]>>]>>";
    let content = stream("", b"BT /F 10 Tf 72 700 Td <0001000200030010> Tj ET");
    let file = |map: &[u8]| {
        pdf(&[
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            &content,
            font.as_bytes(),
            &stream("", map),
        ])
    };
    assert_eq!(text(&one("x.pdf", &file(map.as_bytes()))), "АБВff\n");
    // Letters that are only shapes are not guessed at.
    let note = &read("x.pdf", &file(b""))[0];
    assert_eq!(note.as_ref().expect_err("no text").code, "no-text");
}

#[test]
fn files_made_to_harm() {
    let content = "BT /F 10 Tf 72 700 Td (One.) Tj ET";
    let good = page(content, FONT);
    assert_eq!(text(&one("x.pdf", &good)), "One.\n");
    let code = |bytes: &[u8]| -> String {
        let all = read("x.pdf", bytes);
        assert_eq!(all.len(), 1);
        all[0].as_ref().map_or_else(|note| note.code.clone(), text)
    };
    // A tree of pages without end.
    let cyclic: &[&[u8]] = &[
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>",
        b"<</Type/Pages/Kids[2 0 R]/Count 1>>",
    ];
    assert_eq!(code(&pdf(cyclic)), "broken-pdf");
    // A form that shows itself.
    let form = stream(
        "/Type/XObject/Subtype/Form/Resources<</XObject<</A 5 0 R>>/Font<</F 6 0 R>>>>",
        b"/A Do /A Do /A Do BT /F 9 Tf (x) Tj ET",
    );
    let shows = pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>",
        &stream("", b"/A Do"),
        &form,
        FONT.as_bytes(),
    ]);
    read("x.pdf", &shows);
    // Objects in objects, plain and packed.
    let deep = "[".repeat(1_000_000);
    let catalog = format!("<</Type/Catalog/Pages 2 0 R/A {deep}>>");
    assert_eq!(code(&pdf(&[catalog.as_bytes()])), "refused");
    assert_eq!(
        code(&pdf(&[&stream(
            "/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
            &zlib(deep.as_bytes())
        )])),
        "refused"
    );
    assert_eq!(code(&page(&"[".repeat(5_000), FONT)), "refused");
    // Bombs.
    let zeros = zlib(&vec![b' '; 260 << 20]);
    assert_eq!(
        code(&pdf(&[&stream("/Filter/FlateDecode", &zeros)])),
        "bomb"
    );
    assert_eq!(
        code(&pdf(&[&stream(
            "/Filter[/FlateDecode/FlateDecode]",
            &zlib(&zeros)
        )])),
        "refused"
    );
    assert_eq!(code(&pdf(&[&stream("/Filter 9 0 R", &zeros)])), "refused");
    assert_eq!(
        code(&pdf(&[&stream("/Fil#74er/Fl#61teDecode", &zeros)])),
        "bomb"
    );
    assert_eq!(code(b"%PDF-1.5\ntrailer <</Encrypt 1 0 R>>"), "encrypted");
    for cut in 1..good.len() {
        assert!(read("x.pdf", &good[..cut]).len() == 1);
    }
    for at in (0..good.len()).step_by(2) {
        let mut damaged = good.clone();
        damaged[at] ^= 0x15;
        read("x.pdf", &damaged);
    }
    assert!(!notes(&read("x.pdf", b"%PDF-")).is_empty());
}
