//! ZIP, WACZ, TAR, and files in them.

mod make;

use make::{
    Member, again, all_well, gzip, html, kind, notes, one, read, read_twice, read_with, response,
    tar, text, zip,
};
use onrecord_formats::{Kind, Limits, Options};
use onrecord_model::{Severity, sha256_hex};

#[test]
fn members_are_pages_and_files_of_pages() {
    let (a, b) = (html(1), html(2));
    let lines = "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
    let warc = gzip(&response(
        "https://example.org/",
        200,
        "Content-Type: text/html\r\n",
        b.as_bytes(),
    ));
    let inner = zip(&[("deep/x.txt", b"Deep.", true)]);
    let members: &[Member<'_>] = &[
        ("2020/a.html", a.as_bytes(), true),
        ("2020/", b"", false),
        ("b #1.txt", b"Stored.", false),
        ("c.jsonl", lines.as_bytes(), true),
        ("d.warc.gz", &warc, false),
        ("e.zip", &inner, true),
        ("f.html.gz", &gzip(a.as_bytes()), false),
        ("g.png", b"...", true),
        (".hidden.txt", b"x", true),
        ("__MACOSX/a.html", b"x", true),
    ];
    let file = zip(members);
    assert_eq!(kind("pile", &file), Kind::Zip);
    let all = read_twice("pile.zip", &file);
    let uris: Vec<&str> = all.iter().flatten().map(|p| p.uri.as_str()).collect();
    assert_eq!(
        uris,
        [
            "pile.zip#2020/a.html",
            "pile.zip#b %231.txt",
            "pile.zip#c.jsonl#L1",
            "pile.zip#c.jsonl#L2",
            "pile.zip#d.warc.gz#B0",
            "pile.zip#e.zip#deep/x.txt",
            "pile.zip#f.html.gz",
        ]
    );
    // The same page lies in the folder, in the archive and packed.
    let ids: Vec<&str> = all.iter().flatten().map(|p| p.sha256.as_str()).collect();
    let a = sha256_hex(a.as_bytes());
    assert_eq!((ids[0], ids[6]), (a.as_str(), a.as_str()));
    let notes = notes(&all);
    assert_eq!(
        (notes.len(), notes[0].severity, notes[0].place.as_str()),
        (1, Severity::Info, "pile.zip")
    );
    assert!(notes[0].text.contains(".png: 1"));
    assert!(again("pile.zip", &file, "pile.zip#nothing.txt").is_none());

    let all = all_well(
        read_twice(
            "x.tar",
            &tar(&[
                ("a.zip", &file[..]),
                ("long/".repeat(40).as_str(), b""),
                (&("n".repeat(150) + ".txt"), b"Long."),
            ]),
        )
        .into_iter()
        .filter(Result::is_ok)
        .collect(),
    );
    assert_eq!(all.len(), 8);
    assert_eq!(all[4].uri, "x.tar#a.zip#d.warc.gz#B0");
    assert_eq!(text(&all[7]), "Long.");
    let packed = gzip(&tar(&[
        ("a.txt", b"A."),
        ("b.zip", &file),
        ("c.txt", b"C."),
    ]));
    assert_eq!(read_twice("x.tgz", &packed).iter().flatten().count(), 9);
}

#[test]
fn mails_in_packed_members_are_found_again() {
    let mail = b"From a@example.org Mon Feb  3 10:00:00 2020\nSubject: One\n\nThe port.\n";
    let page = one("x.zip", &zip(&[("a.mbox", mail, true)]));
    assert_eq!(page.uri, "x.zip#a.mbox#B0");
}

#[test]
fn of_a_wacz_only_the_archive_is_read() {
    let warc = gzip(&response(
        "https://example.org/",
        200,
        "Content-Type: text/html\r\n",
        html(1).as_bytes(),
    ));
    let file = zip(&[
        ("archive/data.warc.gz", &warc, false),
        (
            "pages/pages.jsonl",
            b"{\"url\": \"x\", \"text\": \"The same page.\"}\n",
            true,
        ),
        ("indexes/index.cdx.gz", b"x", false),
        ("datapackage.json", b"{\"text\": \"x\"}", true),
    ]);
    let page = one("crawl.wacz", &file);
    assert_eq!(page.uri, "crawl.wacz#archive/data.warc.gz#B0");
}

#[test]
fn broken_members_are_noted_one_by_one() {
    let members: &[Member<'_>] = &[
        ("a.txt", b"Alpha alpha.", true),
        ("b.txt", b"Beta beta.", false),
        ("c.txt", b"Gamma.", true),
    ];
    let good = zip(members);
    let find = |what: &[u8]| {
        good.windows(what.len())
            .position(|w| w == what)
            .expect("there")
    };
    let code = |file: Vec<u8>| -> (usize, Vec<String>) {
        let all = read("x.zip", &file);
        let codes = notes(&all)
            .iter()
            .map(|n| format!("{} {}", n.code, n.place))
            .collect();
        (all.iter().flatten().count(), codes)
    };
    // A stored member whose sum is another.
    let mut file = good.clone();
    let at = find(b"Beta");
    file[at] = b'X';
    assert_eq!(code(file), (2, vec!["broken x.zip#b.txt".to_owned()]));
    // A packed one that is damaged.
    let mut file = good.clone();
    let at = find(b"a.txt") + 5;
    file[at] = 0xff;
    assert_eq!(code(file), (2, vec!["broken x.zip#a.txt".to_owned()]));
    // A head that is not where it should be; a method that is not known; a password.
    let list = good
        .windows(4)
        .position(|w| w == b"PK\x01\x02")
        .expect("there");
    for (at, value, expected) in [
        (list + 42, 7, "broken-zip"),
        (list + 10, 12, "packed"),
        (list + 8, 1, "encrypted"),
    ] {
        let mut file = good.clone();
        file[at] = value;
        assert_eq!(code(file), (2, vec![format!("{expected} x.zip#a.txt")]));
    }
    // Cut off: the members are found by their own heads.
    let (count, codes) = code(good[..list + 10].to_vec());
    assert_eq!((count, codes), (3, vec!["broken-zip x.zip".to_owned()]));
    for cut in 1..good.len() {
        let all = read("x.zip", &good[..cut]);
        assert!(!all.is_empty() && all.iter().any(Result::is_err), "{cut}");
    }
    // Two members of one name.
    let file = zip(&[("a.txt", b"One.", true), ("a.txt", b"Two.", true)]);
    assert_eq!(code(file), (1, vec!["same-name x.zip#a.txt".to_owned()]));
}

#[test]
fn bombs_of_many_kinds() {
    let big = vec![b'x'; 8 << 20];
    let all = read(
        "x.zip",
        &zip(&[("a.txt", &big, true), ("b.txt", b"B.", true)]),
    );
    assert_eq!(all[0].as_ref().expect_err("a bomb").code, "bomb");
    assert!(all[1].is_ok());
    assert_eq!(
        read("x.tar.gz", &gzip(&tar(&[("a.txt", &big)])))
            .last()
            .expect("a note")
            .as_ref()
            .expect_err("a bomb")
            .code,
        "bomb"
    );
    assert_eq!(
        read("x.txt.gz", &gzip(&big))[0]
            .as_ref()
            .expect_err("a bomb")
            .code,
        "bomb"
    );

    // Files in files in files.
    let mut file = zip(&[("a.txt", b"A.", true)]);
    for _ in 0..20 {
        file = zip(&[("a.zip", &file, true)]);
    }
    let all = read("x.zip", &file);
    assert_eq!(notes(&all)[0].code, "too-deep");

    let many: Vec<(String, Vec<u8>)> = (0..50).map(|n| (format!("{n}.txt"), vec![b'x'])).collect();
    let many: Vec<Member<'_>> = many
        .iter()
        .map(|(n, b)| (n.as_str(), b.as_slice(), false))
        .collect();
    let options = Options {
        limits: Limits {
            members: 10,
            ..Limits::default()
        },
        ..Options::default()
    };
    let all = read_with("x.zip", &zip(&many), &options);
    assert_eq!((all.iter().flatten().count(), notes(&all).len()), (10, 1));
}

#[test]
fn a_tar_that_lies_or_breaks_off() {
    let good = tar(&[("a.txt", b"Alpha."), ("b.txt", b"Beta.")]);
    assert_eq!(all_well(read_twice("x.tar", &good)).len(), 2);
    let all = read("x.tar", &good[..1600]);
    assert!(all.iter().flatten().any(|page| text(page) == "Alpha."));
    let mut wrong = good.clone();
    wrong[1024 + 5] ^= 1;
    let all = read("x.tar", &wrong);
    assert_eq!(
        (all.iter().flatten().count(), notes(&all)[0].code.as_str()),
        (1, "broken-tar")
    );
    // A length of more bytes than there can be.
    let mut absurd = good;
    absurd[1024 + 124..1024 + 136].copy_from_slice(&[0xff; 12]);
    let all = read("x.tar", &absurd);
    assert_eq!((all.iter().flatten().count(), notes(&all).len()), (1, 1));
}

#[test]
fn places_lead_nowhere_else() {
    let file = zip(&[("../../etc/a.txt", b"A.", true), ("/b.txt", b"B.", true)]);
    let uris: Vec<String> = all_well(read_twice("x.zip", &file))
        .into_iter()
        .map(|p| p.uri)
        .collect();
    // Names are names: nothing is ever written or opened by them.
    assert_eq!(uris, ["x.zip#../../etc/a.txt", "x.zip#/b.txt"]);
}
