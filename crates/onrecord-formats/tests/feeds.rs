//! RSS, Atom, JSON Feed.

mod make;

use make::{all_well, kind, notes, read, read_twice, text};
use onrecord_formats::Kind;
use onrecord_model::MediaType;

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Harbour Post</title><language>en</language><image><title>Logo</title></image>
<item><title>Port &amp; crane</title><link>https://example.org/1</link><dc:creator>Ana Tal</dc:creator><pubDate>Mon, 03 Feb 2020 10:00:00 GMT</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>The port reopened.</p>]]></content:encoded></item>
<item><title>Dock</title><guid>https://example.org/2</guid><author>news@example.org (Omar Benn)</author><description>&lt;p&gt;The dock is dry.&lt;/p&gt;</description></item>
<item><title>Nothing</title></item>
</channel></rss>"#;

#[test]
fn rss() {
    assert_eq!(kind("x", RSS.as_bytes()), Kind::Feed);
    let all = read_twice("feed.xml", RSS.as_bytes());
    let first = all[0].as_ref().expect("a page");
    assert_eq!(
        (first.uri.as_str(), text(first).as_str()),
        ("feed.xml#E1", "<p>The port reopened.</p>")
    );
    let declared = &first.declared;
    assert_eq!(declared.title.as_deref(), Some("Port & crane"));
    assert_eq!(declared.authors, ["Ana Tal"]);
    assert_eq!(declared.publisher.as_deref(), Some("Harbour Post"));
    assert_eq!(
        declared.published.as_deref(),
        Some("Mon, 03 Feb 2020 10:00:00 GMT")
    );
    assert_eq!(
        (declared.url.as_deref(), declared.language.as_deref()),
        (Some("https://example.org/1"), Some("en"))
    );
    let second = all[1].as_ref().expect("a page");
    assert_eq!(
        (text(second).as_str(), second.notes[0].code.as_str()),
        ("<p>The dock is dry.</p>", "summary-only")
    );
    assert_eq!(
        (
            second.declared.url.as_deref(),
            second.declared.authors[0].as_str()
        ),
        (Some("https://example.org/2"), "Omar Benn")
    );
    assert_eq!(notes(&all)[0].place, "feed.xml#E3");
    // An entry is the same page in the next download of the feed.
    let later = RSS.replacen(
        "<item>",
        "<item><title>New</title><description>New.</description></item>\n<item>",
        1,
    );
    let later = all_well(
        read("feed.xml", later.as_bytes())
            .into_iter()
            .take(2)
            .collect(),
    );
    assert_eq!(later[1].sha256, first.sha256);
}

#[test]
fn atom_and_its_kinds_of_content() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour Post</title><author><name>Desk</name></author>
<entry><title type="html">&lt;b&gt;Port&lt;/b&gt;</title><link rel="self" href="https://example.org/self"/><link href="https://example.org/1"/><author><name>Ana Tal</name><email>a@example.org</email></author>
<published>2020-02-03T10:00:00Z</published><updated>2021-01-01T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The port &amp; crane.</p></div></content></entry>
<entry><title>Text</title><updated>2021-01-01T00:00:00Z</updated><content type="text">5 &lt; 6</content></entry>
<entry><title>Elsewhere</title><content type="text/html" src="https://example.org/x"/><summary>Sum.</summary></entry></feed>"#;
    let all = all_well(read_twice("x.atom", atom.as_bytes()));
    assert_eq!(
        text(&all[0]),
        "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>The port &amp; crane.</p></div>"
    );
    let declared = &all[0].declared;
    assert_eq!(
        (declared.title.as_deref(), declared.url.as_deref()),
        (Some("Port"), Some("https://example.org/1"))
    );
    assert_eq!(
        (declared.authors.as_slice(), declared.published.as_deref()),
        (&["Ana Tal".to_owned()][..], Some("2020-02-03T10:00:00Z"))
    );
    // When an entry was changed is not when it was published.
    assert_eq!(
        (text(&all[1]).as_str(), all[1].declared.published.as_deref()),
        ("5 < 6", None)
    );
    assert_eq!(all[1].declared.media_type, Some(MediaType::Text));
    assert_eq!(text(&all[2]), "Sum.");
}

#[test]
fn json_feed() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "language": "en", "items": [
        {"id": "1", "url": "https://example.org/1", "title": "Port", "content_html": "<p>Open.</p>", "date_published": "2020-02-03", "authors": [{"name": "Ana Tal"}]},
        {"id": "2", "summary": "Only this."}, {"id": "3"}]}"#;
    assert_eq!(kind("x.json", feed.as_bytes()), Kind::Feed);
    let all = read_twice("x.json", feed.as_bytes());
    let first = all[0].as_ref().expect("a page");
    assert_eq!(
        (text(first).as_str(), first.declared.authors[0].as_str()),
        ("<p>Open.</p>", "Ana Tal")
    );
    assert_eq!(
        all[1].as_ref().expect("a page").notes[0].code,
        "summary-only"
    );
    assert!(all[2].is_err());
}

#[test]
fn feeds_that_are_broken() {
    for cut in [200, 420, 640, 730] {
        let all = read("feed.xml", &RSS.as_bytes()[..cut]);
        assert!(all.iter().any(Result::is_err), "{cut}");
    }
    let all = read(
        "feed.xml",
        &RSS.as_bytes()[..RSS.find("<item><title>Dock").expect("there") + 30],
    );
    assert_eq!(all.iter().flatten().count(), 1);
    let torn = RSS.replace("<title>Dock</title>", "<title>Dock</title><");
    let all = read("feed.xml", torn.as_bytes());
    assert_eq!(
        all.iter().flatten().next().map(text).as_deref(),
        Some("<p>The port reopened.</p>")
    );
    assert!(all.iter().any(Result::is_err));
    let bomb = format!(
        "<!DOCTYPE r [<!ENTITY a \"{}\"><!ENTITY b \"{}\">]><rss><item><description>&b;</description></item></rss>",
        "x".repeat(1000),
        "&a;".repeat(1000)
    );
    assert_eq!(text(&all_well(read("x.rss", bomb.as_bytes()))[0]), "&b;");
    let deep = format!("<rss><item><description>{}x", "<a>".repeat(100_000));
    assert!(read("x.rss", deep.as_bytes()).iter().all(Result::is_err));
    assert!(read("x.rss", b"<rss></rss>")[0].is_err());
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><rss><item><description>caf\xe9</description></item></rss>";
    assert_eq!(text(&all_well(read("x.rss", latin))[0]), "café");
}
