//! Mails, mbox files, saved pages.

mod make;

use make::{all_well, gzip, kind, notes, one, read, read_twice, text, zip};
use onrecord_formats::Kind;
use onrecord_model::{MediaType, sha256_hex};

const HEAD: &str = "From: \"Harbour Post\" <news@example.org>\r\nTo: x@example.org\r\nDate: Mon, 3 Feb 2020 10:00:00 +0000\r\n\
                    Subject: =?UTF-8?Q?Port_ge=C3=B6ffnet?=\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n";

fn mail(rest: &str) -> Vec<u8> {
    format!("{HEAD}{rest}").into_bytes()
}

#[test]
fn a_mail_is_a_page() {
    let bytes = mail(
        "Content-Type: text/plain; charset=iso-8859-1; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDer Hafen =\r\nist ge=F6ffnet,=20\r\nsagte sie.\r\n\r\nEnde.\r\n",
    );
    let page = one("x.eml", &bytes);
    assert_eq!(
        page.bytes,
        b"Der Hafen ist ge\xf6ffnet, sagte sie.\r\n\r\nEnde.\r\n"
    );
    let declared = &page.declared;
    assert_eq!(declared.charset.as_deref(), Some("iso-8859-1"));
    assert_eq!(declared.title.as_deref(), Some("Port geöffnet"));
    assert_eq!(declared.publisher.as_deref(), Some("Harbour Post"));
    assert!(declared.authors.is_empty());
    assert_eq!(
        declared.published.as_deref(),
        Some("Mon, 3 Feb 2020 10:00:00 +0000")
    );
    assert_eq!(
        (page.uri.as_str(), page.sha256.clone()),
        ("x.eml", sha256_hex(&bytes))
    );
}

#[test]
fn text_or_html_and_what_is_attached() {
    let attached = zip(&[("a.txt", b"Attached.", true)]);
    let base64: String = attached.iter().map(|b| format!("={b:02X}")).collect();
    let parts = |plain: &str| {
        mail(&format!(
            "Content-Type: multipart/mixed; boundary=A\r\n\r\n--A\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n\
             --B\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The port reopened.</p>\r\n--B--\r\n\
             --A\r\nContent-Type: application/zip; name=\"a.zip\"\r\nContent-Disposition: attachment; filename=\"a.zip\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{base64}\r\n\
             --A\r\nContent-Type: message/rfc822\r\n\r\n{HEAD}\r\nForwarded.\r\n--A--\r\n"
        ))
    };
    let all = all_well(read_twice("x.eml", &parts("Read this mail as HTML.")));
    let uris: Vec<&str> = all.iter().map(|p| p.uri.as_str()).collect();
    assert_eq!(uris, ["x.eml", "x.eml#P3#a.txt", "x.eml#P4"]);
    assert_eq!(
        (text(&all[0]).trim(), all[0].declared.media_type),
        ("<p>The port reopened.</p>", Some(MediaType::Html))
    );
    assert_eq!(text(&all[2]).trim(), "Forwarded.");
    let long = "The port reopened on Monday. ".repeat(20);
    let all = all_well(read_twice("x.eml", &parts(&long)));
    assert_eq!(text(&all[0]).trim(), long.trim());
}

#[test]
fn many_mails_in_one_file() {
    let one = "From a@example.org Mon Feb  3 10:00:00 2020\nSubject: One\nFrom: A <a@example.org>\n\nThe port.\n>From here on it is open.\n>>From quoted.\nFrom the harbour we hear nothing.\n\n";
    let two = "From - Tue Feb 04 11:00:00 2020\r\nSubject: Two\r\n\r\nThe crane.\r\n\r\n";
    let file = format!("{one}{two}{one}");
    assert_eq!(kind("x", file.as_bytes()), Kind::Mbox);
    for bytes in [file.clone().into_bytes(), gzip(file.as_bytes())] {
        let all = all_well(read_twice("x.mbox", &bytes));
        let uris: Vec<&str> = all.iter().map(|p| p.uri.as_str()).collect();
        let (second, third) = (one.len(), one.len() + two.len());
        assert_eq!(
            uris,
            [
                "x.mbox#B0".to_owned(),
                format!("x.mbox#B{second}"),
                format!("x.mbox#B{third}")
            ]
        );
        assert_eq!(
            text(&all[0]),
            "The port.\nFrom here on it is open.\n>From quoted.\nFrom the harbour we hear nothing.\n"
        );
        assert_eq!(text(&all[1]).trim(), "The crane.");
        // A mail is the same page wherever it lies.
        assert_eq!(all[0].sha256, all[2].sha256);
    }
    let eml = one
        .split_once('\n')
        .expect("a line")
        .1
        .replace("\n>From", "\nFrom")
        .replace(">>From", ">From");
    let alone = make::one("x.eml", eml.strip_suffix('\n').expect("a line").as_bytes());
    assert_eq!(
        alone.sha256,
        all_well(read("x.mbox", file.as_bytes()))[0].sha256
    );
}

#[test]
fn mails_made_to_harm() {
    let nested: String = (0..5000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary={n}\r\n\r\n--{n}\r\n"))
        .collect();
    let all = read("x.eml", &mail(&nested));
    assert_eq!(
        (all.len(), notes(&all)[0].code.as_str()),
        (1, "broken-mail")
    );
    for bytes in [
        &b"From a Mon 10:00 2020\n"[..],
        b"From a Mon 10:00 2020",
        b"From a Mon 10:00 2020\n\n\n\nFrom b Mon 10:00 2020\n\n",
    ] {
        assert!(read("x.mbox", bytes).iter().all(Result::is_err));
    }
    assert_eq!(
        notes(&read(
            "x.mbox",
            b"no mail\n\nFrom a Mon 10:00 2020\nSubject: x\n\nText.\n"
        ))[0]
            .code,
        "broken-mbox"
    );
    let empty = mail("Content-Type: multipart/mixed; boundary=A\r\n\r\n--A--\r\n");
    assert_eq!(notes(&read("x.eml", &empty))[0].code, "no-text");
    let bad = mail("Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n");
    assert!(read("x.eml", &bad).len() == 1);
}

#[test]
fn a_saved_page() {
    let file = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: Port reopens\r\nMIME-Version: 1.0\r\n\
                Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"X\"\r\n\r\n\
                --X\r\nContent-Type: text/css\r\nContent-Location: https://example.org/s.css\r\n\r\np {}\r\n\
                --X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>The port=\r\n reopened.</p></body></html>\r\n--X--\r\n";
    assert_eq!(kind("x", file.as_bytes()), Kind::Mhtml);
    let page = one("x.mhtml", file.as_bytes());
    assert_eq!(
        text(&page).trim(),
        "<html><body><p>The port reopened.</p></body></html>"
    );
    assert_eq!(page.declared.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(page.declared.title.as_deref(), Some("Port reopens"));
    assert!(
        read(
            "x.mhtml",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\n"
        )[0]
        .is_err()
    );
}
