//! HTML pages of uncommon layout: tables, boxes inside the article, pages without one.

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Note, RawPage, Severity, sha256_hex};
use onrecord_pages::{HostLines, articles, decode};

const FIRST: &str = "The harbour authority reopened the northern quay on Monday after a strike of eleven \
days, its director told reporters in the port.";
const SECOND: &str = "Dockers had asked for higher pay and for shorter shifts at night. Both sides will meet \
again in May, according to a statement of the union.";
const THIRD: &str = "Ships that had anchored outside the bay entered the port in the afternoon, and the first \
of them was unloaded by the evening.";

fn read(html: &str) -> (Vec<Article>, Vec<Note>) {
    let raw = RawPage {
        uri: "page.html".to_owned(),
        sha256: sha256_hex(html.as_bytes()),
        bytes: html.as_bytes().to_vec(),
        ..RawPage::default()
    };
    let (page, _) = decode(&raw).expect("a page of text");
    let found = articles(&page, &HostLines::new(), Lexicon::built_in());
    (found.articles, found.notes)
}

fn one(html: &str) -> Article {
    let (mut articles, notes) = read(html);
    assert_eq!(articles.len(), 1, "{notes:?}");
    articles.remove(0)
}

fn text_is(article: &Article, paragraphs: &[&str]) {
    assert_eq!(article.text.split("\n\n").collect::<Vec<_>>(), paragraphs);
}

/// A page laid out with tables, with the article in the middle cell.
fn tables(article: &str) -> String {
    format!(
        "<html><head><title>The Harbour Post - News of the coast</title></head><body>\
         <table><tr><td colspan=3><font size=6>The Harbour Post</font><br><font size=2>News of the coast, since \
         1998</font></td></tr>\
         <tr><td><font size=2><b>Tides</b><br>High water 6:12<br>Low water 12:40<br><br><b>Poll</b><br>Should the \
         quay stay open at night?<br>( ) Yes<br>( ) No</font></td>\
         <td>{article}</td>\
         <td><b>Also today</b><br><a href=a>Market hall gets a new roof</a><br><br><a href=b>Choir seeks voices</a></td></tr>\
         <tr><td colspan=3>You are visitor number 12345.<br>Made for screens of 800 x 600.</td></tr></table></body></html>"
    )
}

#[test]
fn the_article_of_a_table_layout_is_one_cell() {
    let article = one(&tables(&format!(
        "<font size=2>Tuesday, February 4, 2020</font><br><font size=5><b>Northern quay opens again after a long \
         strike</b></font><br><i>From our reporter</i><br><br>\
         <table align=right><tr><td><img src=a.jpg><br>The quay on Monday</td></tr></table>\
         <font size=3>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</font><br><br><a href=p>Print this page</a>"
    )));
    text_is(&article, &[FIRST, SECOND, THIRD]);
    assert_eq!(
        article.title.as_deref(),
        Some("Northern quay opens again after a long strike")
    );
    assert_eq!(article.publisher.as_deref(), Some("The Harbour Post"));
    assert_eq!(
        article.published.map(|d| d.to_string()).as_deref(),
        Some("2020-02-04")
    );
    assert_eq!(article.author, None);
}

#[test]
fn a_table_of_figures_takes_no_article_away() {
    let article = one(&format!(
        "<html><head><title>Quay opens again | The Harbour Post</title></head><body><article>\
         <h1>Quay opens again</h1><p>{FIRST}</p><p>{SECOND}</p>\
         <table><tr><th>Month</th><th>Ships</th></tr><tr><td>January</td><td>212</td></tr></table>\
         <p>{THIRD}</p></article></body></html>"
    ));
    for paragraph in [FIRST, SECOND, THIRD] {
        assert!(article.text.contains(paragraph), "{}", article.text);
    }
    assert_eq!(article.publisher.as_deref(), Some("The Harbour Post"));
}

#[test]
fn a_line_break_between_elements_ends_the_name() {
    let page = |byline: &str| {
        one(&format!(
            "<html><head><title>Quay opens again - Harbour News</title>\
             <meta property=og:site_name content='Harbour News'>\
             <script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Quay opens again\",\
             \"author\":{{\"name\":\"Ana Tal\"}}}}</script></head><body><article><h1>Quay opens again</h1>\
             <p class=byline>{byline}</p><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
        ))
    };
    for byline in [
        "<strong>By Ana Tal</strong><br><span>Harbour News, Oveth</span>",
        "<b>By Ana Tal<br></b><i>Harbour News, Oveth</i>",
        "<strong>By Ana Tal</strong> <span>Harbour News, Oveth</span>",
    ] {
        let article = page(byline);
        assert_eq!(article.author.as_deref(), Some("Ana Tal"), "{byline}");
        text_is(&article, &[FIRST, SECOND, THIRD]);
    }
    let two = page("<b>By Ana Tal</b><br><b>and Omar Benn</b>");
    assert_eq!(two.author.as_deref(), Some("Ana Tal and Omar Benn"));
}

#[test]
fn a_line_broken_inside_a_sentence_stays_one_paragraph() {
    let article = one(&format!(
        "<html><body><article><h1>Quay opens again</h1><p>{FIRST}</p>\
         <p>The <b>union</b><br>agreed to the <i>second offer</i><br>on Sunday night, its head said, and the gates \
         were opened.</p><p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
    ));
    assert!(
        article
            .text
            .contains("The union agreed to the second offer on Sunday night, its head"),
        "{}",
        article.text
    );
}

#[test]
fn what_stands_below_a_heading_of_links_goes() {
    let box_of_links = "<section><h2>More on this story</h2><ul><li><a href=a>Who owns the quay?</a> <span>8 January \
         2019</span></li><li><a href=b>Dockers vote on strike</a> <span>17 January 2020</span></li></ul></section>";
    let topics =
        "<section><h2>Related topics</h2><ul><li>Harbours</li><li>Strikes</li></ul></section>";
    let article = one(&format!(
        "<html><body><article><h1>Quay opens again</h1><p>{FIRST}</p>{box_of_links}<p>{SECOND}</p><p>{THIRD}</p>\
         {box_of_links}{topics}</article></body></html>"
    ));
    text_is(&article, &[FIRST, SECOND, THIRD]);
}

#[test]
fn a_pull_quote_is_said_once() {
    let quoted = "“We have waited long enough for an offer,” said the head of the union, who spoke for some two \
         hundred workers.";
    let page = |pulled: &str| {
        one(&format!(
            "<html><body><article><h1>Quay opens again</h1><p>{FIRST}</p><p>{quoted}</p>\
             <blockquote><p>{pulled}</p></blockquote><p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
        ))
    };
    let pull_quote = page("“We have waited long enough for an offer”");
    text_is(&pull_quote, &[FIRST, quoted, SECOND, THIRD]);
    let new = "“The gates will stay open at night, whatever the weather and the price of coal.”";
    text_is(&page(new), &[FIRST, quoted, new, SECOND, THIRD]);
}

#[test]
fn the_advertisement_inside_a_body_goes() {
    let article = one(&format!(
        "<html><body><article><h1>Quay opens again</h1><p>{FIRST}</p><div><p>Advertisement</p><a href=#x>Skip \
         advertisement</a></div><p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
    ));
    text_is(&article, &[FIRST, SECOND, THIRD]);
}

#[test]
fn error_pages_and_pages_of_links_hold_no_article() {
    let links: String = (1..30)
        .map(|n| format!("<li><a href=/{n}>Story number {n} of the archive</a> <span>{n} May 2019</span></li>"))
        .collect();
    for html in [
        "<html><head><title>Page not found - Harbour News</title></head><body><header><a href=/>Home</a></header>\
         <main><h1>Page not found</h1><p>This address leads nowhere. Perhaps the story has been moved to another \
         place, or it was taken down by the desk.</p></main></body></html>"
            .to_owned(),
        "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><p>The requested URL /a.html was not \
         found on this server.</p></body></html>"
            .to_owned(),
        "<html><head><title>Harbour News</title></head><body><main><h1>Oh dear</h1><p>The page you are looking for is \
         not here any more, and we do not know where it went.</p></main></body></html>"
            .to_owned(),
        format!(
            "<html><head><title>Archive - Harbour News</title></head><body><main><h1>Archive</h1><ul>{links}</ul>\
             </main></body></html>"
        ),
        "<html><head><title>Harbour News</title></head><body><p>Loading</p></body></html>".to_owned(),
    ] {
        let (articles, notes) = read(&html);
        assert!(articles.is_empty(), "{}", articles[0].text);
        assert_eq!(notes[0].code, "no-article");
        assert_eq!(notes[0].severity, Severity::Info);
    }
}

#[test]
fn a_short_article_is_one() {
    for (title, text) in [
        (
            "Quay opens again",
            "The northern quay has opened again, the port said.",
        ),
        ("Page not found, says archivist", THIRD),
    ] {
        let article = one(&format!(
            "<html><head><title>{title} - Harbour News</title></head><body><article><h1>{title}</h1><p>{text}</p>\
             </article></body></html>"
        ));
        assert_eq!(article.text, text);
    }
}
