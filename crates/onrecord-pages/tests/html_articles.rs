//! HTML pages to articles: body, metadata, what stands around.

use std::collections::BTreeSet;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, DateSource, Declared, Note, RawPage, sha256_hex};
use onrecord_pages::{HostLines, articles, decode, line_hash};

const BODY: &str = "<p>The harbour authority reopened the northern quay on Monday after a strike of eleven days, \
its director told reporters in the port.</p>\
<p>Dockers had asked for higher pay and for shorter shifts at night. Both sides will meet again in May, \
according to a statement of the union.</p>\
<p>“We have waited long enough for an offer,” said the head of the union, who spoke for some two hundred workers.</p>\
<p>Ships that had anchored outside the bay entered the port in the afternoon, and the first of them was unloaded \
by the evening.</p>";

fn read_with(html: &str, declared: Declared, host_lines: &HostLines) -> (Vec<Article>, Vec<Note>) {
    let raw = RawPage {
        uri: "page.html".to_owned(),
        sha256: sha256_hex(html.as_bytes()),
        bytes: html.as_bytes().to_vec(),
        declared,
        notes: Vec::new(),
    };
    let (page, _) = decode(&raw).expect("a page of text");
    let found = articles(&page, host_lines, Lexicon::built_in());
    (found.articles, found.notes)
}

fn page(head: &str, before: &str, after: &str) -> Article {
    let html = format!(
        "<!doctype html><html lang=en><head>{head}</head><body><nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a>\
         </li></ul></nav><article>{before}{BODY}{after}</article><footer>© The Harbour Post</footer></body></html>"
    );
    let (mut articles, notes) = read_with(&html, Declared::default(), &HostLines::new());
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

fn paragraphs(article: &Article) -> Vec<&str> {
    article.text.split("\n\n").collect()
}

#[test]
fn the_body_and_nothing_else() {
    let article = page(
        "<title>Quay reopens after strike | The Harbour Post</title>",
        "<h1>Quay reopens after strike</h1><p class=byline>By Ana Tal and Omar Benn</p><p>3 February 2020</p>",
        "<p>Read more: <a href=/b>Ships wait outside the bay</a></p><p>A. Writer contributed to this report.</p>\
         <h3>Related News</h3><ul><li><a href=/c>Another story about ships</a></li><li><a href=/d>One more story</a></li></ul>\
         <p>Follow us on Facebook and Twitter</p>",
    );
    let text = paragraphs(&article);
    assert_eq!(text.len(), 4, "{text:#?}");
    assert!(text[0].starts_with("The harbour authority"));
    assert!(text[3].ends_with("by the evening."));
    assert_eq!(article.title.as_deref(), Some("Quay reopens after strike"));
    assert_eq!(article.author.as_deref(), Some("Ana Tal and Omar Benn"));
    assert_eq!(
        article.published.map(|d| d.to_string()).as_deref(),
        Some("2020-02-03")
    );
    assert_eq!(article.published_from, Some(DateSource::DateLine));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert!(article.segments.is_empty());
}

#[test]
fn words_keep_their_spaces_and_entities_are_undone() {
    let article = page(
        "",
        "",
        "<p>The owner of <a href=/x>Harbour&nbsp;Lines</a>, <b>Li</b> <i>Wen</i>, said it&#8217;s &ldquo;late&rdquo; for an offer of that kind.</p>",
    );
    assert!(
        article.text.ends_with(
            "The owner of Harbour Lines, Li Wen, said it’s “late” for an offer of that kind."
        ),
        "{}",
        article.text
    );
}

#[test]
fn a_paragraph_full_of_links_between_others_stays() {
    let (first, rest) = BODY.split_at(BODY.find("<p>Ships").expect("a paragraph"));
    let html = format!(
        "<html><body><div class=article-body>{first}<p><a href=/x>The statement that the union gave to its members last week</a>, \
         seen by the paper, asks for ten per cent.</p>{rest}</div></body></html>"
    );
    let (articles, _) = read_with(&html, Declared::default(), &HostLines::new());
    assert!(
        articles[0]
            .text
            .contains("The statement that the union gave"),
        "{}",
        articles[0].text
    );
}

#[test]
fn dates_by_their_source() {
    let ld = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Quay reopens","datePublished":"2020-02-03T22:00:00Z","dateModified":"2020-02-05","author":{"name":"Ana Tal"},"publisher":{"name":"Harbour Post"}}</script>"#;
    let meta = r#"<meta property="article:published_time" content="2020-02-04T10:00:00Z">"#;
    let modified = r#"<meta property="article:modified_time" content="2020-02-06">"#;
    let url = r#"<link rel="canonical" href="https://example.org/2020/02/07/quay">"#;
    for (head, before, expected) in [
        (
            format!("{ld}{meta}{url}"),
            "",
            Some(("2020-02-03", DateSource::JsonLd)),
        ),
        (
            format!("{meta}{url}"),
            "",
            Some(("2020-02-04", DateSource::Meta)),
        ),
        (
            url.to_owned(),
            "<time datetime='2020-02-08T10:00' class=published>8 Feb</time>",
            Some(("2020-02-08", DateSource::TimeElement)),
        ),
        (
            url.to_owned(),
            "<p>Published 9 February 2020</p>",
            Some(("2020-02-09", DateSource::PublishedLine)),
        ),
        (url.to_owned(), "", Some(("2020-02-07", DateSource::Url))),
        (
            modified.to_owned(),
            "",
            Some(("2020-02-06", DateSource::ModifiedLine)),
        ),
        // Not believed: later than the change of the page, before the web, no date.
        (
            format!("<meta property='article:published_time' content='2031-02-04'>{modified}"),
            "",
            Some(("2020-02-06", DateSource::ModifiedLine)),
        ),
        (
            "<meta name=pubdate content='1899-12-30'>".to_owned(),
            "",
            None,
        ),
        ("<meta name=date content='soon'>".to_owned(), "", None),
        // A vague date that the address contradicts is that of a crawl.
        (
            format!("<meta name=date content='2023-01-01'>{url}"),
            "",
            Some(("2020-02-07", DateSource::Url)),
        ),
    ] {
        let article = page(&head, &format!("<h1>Quay reopens</h1>{before}"), "");
        let found = article.published.map(|d| d.to_string());
        let found = found.as_deref().zip(article.published_from);
        assert_eq!(found, expected, "{head} {before}");
    }
}

#[test]
fn authors_and_what_is_none() {
    let meta = |name: &str| {
        format!(
            "<meta name=author content='{name}'><meta property='og:site_name' content='The Harbour Post'>"
        )
    };
    for (head, before, expected) in [
        (meta("Ana Tal"), "", Some("Ana Tal")),
        (meta("admin"), "", None),
        (meta("The Harbour Post"), "", None),
        (meta("https://example.org/ana-tal"), "", None),
        (meta("admin"), "<p>By Ana Tal</p>", Some("Ana Tal")),
        (
            meta("Ana Tal"),
            "<p>By Ana Tal and Omar Benn</p>",
            Some("Ana Tal and Omar Benn"),
        ),
        (
            String::new(),
            "<span>By <a rel=author href=/a>Ana Tal</a></span> <span>2 hours ago</span>",
            Some("Ana Tal"),
        ),
        (String::new(), "<p>Photo by Omar Benn</p>", None),
    ] {
        let article = page(
            &head,
            &format!("<h1>Quay reopens after a long strike</h1>{before}"),
            "",
        );
        assert_eq!(article.author.as_deref(), expected, "{head} {before}");
    }
}

#[test]
fn titles_and_outlets() {
    for (head, h1, title, publisher) in [
        (
            "<title>Quay reopens - The Harbour Post</title><meta property=og:site_name content='The Harbour Post'>",
            "Quay reopens",
            "Quay reopens",
            Some("The Harbour Post"),
        ),
        (
            "<title>Quay reopens after a long strike | Harbour Post</title><meta property=og:title content='Quay reopens after a long strike'>",
            "",
            "Quay reopens after a long strike",
            Some("Harbour Post"),
        ),
        (
            "<meta property=og:title content='Quay re-opens: strike ends'>",
            "Quay Re‑opens: Strike Ends",
            "Quay Re‑opens: Strike Ends",
            None,
        ),
    ] {
        let article = page(head, &format!("<h1>{h1}</h1>"), "");
        assert_eq!(article.title.as_deref(), Some(title), "{head}");
        assert_eq!(article.publisher.as_deref(), publisher, "{head}");
        assert!(
            article.text.starts_with("The harbour authority"),
            "{}",
            article.text
        );
    }
}

#[test]
fn what_a_scraper_says_fills_the_gaps_only() {
    let declared = Declared {
        title: Some("Another title".to_owned()),
        authors: vec!["Li Wen".to_owned(), "Ana Tal".to_owned()],
        publisher: Some("Harbour Post".to_owned()),
        published: Some("2020-02-10T00:00:00".to_owned()),
        ..Declared::default()
    };
    let silent = format!("<html><body><article>{BODY}</article></body></html>");
    let (articles, _) = read_with(&silent, declared.clone(), &HostLines::new());
    let a = &articles[0];
    assert_eq!(
        (a.title.as_deref(), a.author.as_deref()),
        (Some("Another title"), Some("Li Wen, Ana Tal"))
    );
    assert_eq!(
        (a.publisher.as_deref(), a.published_from),
        (Some("Harbour Post"), Some(DateSource::Declared))
    );

    let speaks = silent.replace(
        "<article>",
        "<article><h1>Quay reopens</h1><p>4 February 2020</p>",
    );
    let (articles, _) = read_with(&speaks, declared, &HostLines::new());
    assert_eq!(articles[0].title.as_deref(), Some("Quay reopens"));
    assert_eq!(articles[0].published_from, Some(DateSource::DateLine));
}

#[test]
fn lines_that_the_host_repeats_go() {
    let line = "The Harbour Post is printed in four towns of the coast and read in many more.";
    let html = format!("<html><body><article>{BODY}<p>{line}</p></article></body></html>");
    let (with, _) = read_with(&html, Declared::default(), &HostLines::new());
    assert!(with[0].text.contains(line));
    let host_lines: HostLines = line_hash(line).into_iter().collect::<BTreeSet<u64>>();
    let (without, _) = read_with(&html, Declared::default(), &host_lines);
    assert!(!without[0].text.contains(line));
}

#[test]
fn posts_quoted_in_the_article_stay_with_their_sources() {
    let (first, rest) = BODY.split_at(BODY.find("<p>Ships").expect("a paragraph"));
    let html = format!(
        "<html><body><article>{first}<blockquote class=twitter-tweet><p>The quay is open again. Thank you all.</p>— Harbour Authority \
         (@harbour) <a href=/t>February 3, 2020</a></blockquote>{rest}</article></body></html>"
    );
    let (articles, _) = read_with(&html, Declared::default(), &HostLines::new());
    let text = &articles[0].text;
    assert!(text.contains("The quay is open again. Thank you all.\n\n— Harbour Authority (@harbour) February 3, 2020"), "{text}");
}

#[test]
fn a_page_without_an_article_is_a_note() {
    let (articles, notes) = read_with(
        "<!doctype html><html><body><nav><a href=/>Home</a></nav></body></html>",
        Declared::default(),
        &HostLines::new(),
    );
    assert!(articles.is_empty());
    assert_eq!(notes[0].code, "no-article");
}

#[test]
fn hostile_pages_end_in_a_note() {
    for (html, code) in [
        (
            format!("<!doctype html>{}", "<div>x".repeat(10_000)),
            "too-deep",
        ),
        (
            format!("<!doctype html>{}", "<table><tr><td>".repeat(3_000)),
            "too-deep",
        ),
        (
            format!("<!doctype html><p {}>x", "a=b ".repeat(100_000)),
            "too-many-attributes",
        ),
        (
            format!("<!doctype html>{}", BODY.repeat(25_000)),
            "too-much-work",
        ),
    ] {
        let (articles, notes) = read_with(&html, Declared::default(), &HostLines::new());
        assert!(articles.is_empty());
        assert_eq!(notes[0].code, code);
        assert!(notes[0].text.contains("limit"), "{}", notes[0].text);
    }
    let script = format!(
        "<!doctype html><script>{}</script><article>{BODY}</article>",
        "if (a<b) c();".repeat(700_000)
    );
    assert_eq!(
        read_with(&script, Declared::default(), &HostLines::new())
            .0
            .len(),
        1
    );
}

#[test]
fn the_same_page_gives_the_same_article() {
    let html = format!("<html><body><article>{BODY}</article></body></html>");
    let read = || {
        read_with(&html, Declared::default(), &HostLines::new())
            .0
            .remove(0)
    };
    let (a, b) = (read(), read());
    assert_eq!((a.id, a.text), (b.id, b.text));
}
