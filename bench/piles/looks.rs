//! How a page looks: bytes as a crawler or a scraper keeps them.

use crate::Bench;
use crate::outlet::Outlet;
use crate::story::{self, Origin, Page, headline};
use crate::words::Random;

/// A page's bytes, and what they are.
pub struct Looked {
    pub url: String,
    pub outlet: String,
    pub look: &'static str,
    pub title: String,
    pub bytes: Vec<u8>,
    pub is_html: bool,
    pub is_1252: bool,
}

/// What the looks print.
struct Print<'a> {
    page: &'a Page,
    outlet: &'a Outlet,
    url: &'a str,
    title: String,
    /// Headlines of other pages.
    others: Vec<String>,
    random: Random,
}

type Look = fn(&mut Print<'_>) -> String;

/// The look of an outlet's pages: outlets have one each.
const LOOKS: [(&str, Look); 8] = [
    ("portal", portal),
    ("blog", blog),
    ("broadcaster", broadcaster),
    ("plain text", scraped),
    ("newspaper", newspaper),
    ("tables", tables),
    ("bare", bare),
    ("print view", print_view),
];

/// Gives a page the look of its outlet.
pub fn of(bench: &Bench, page: &Page) -> Looked {
    let outlet = Outlet::new(&bench.words, page.outlet);
    let (look, print) = LOOKS[page.outlet % LOOKS.len()];
    let title = headline(&page.title, page.outlet.is_multiple_of(3));
    let slug: String = title
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(40)
        .collect();
    let url = format!(
        "https://{}/{}/{slug}-{}",
        outlet.host,
        page.published.strftime("%Y/%m/%d"),
        page.n
    );
    let mut random = Random::new(crate::mixed(&[bench.seed, page.n, 8]));
    let others = (0..4)
        .map(|_| story::some_title(bench, random.below(u64::MAX)))
        .collect();
    let mut of = Print {
        page,
        outlet: &outlet,
        url: &url,
        title: title.clone(),
        others,
        random,
    };
    let text = match page.origin {
        Origin::NoArticle => no_article(&mut of),
        _ => print(&mut of),
    };
    let is_html = text.starts_with('<');
    let is_1252 = look == "tables" && page.origin != Origin::NoArticle;
    Looked {
        outlet: outlet.name.clone(),
        look: if page.origin == Origin::NoArticle {
            "no article"
        } else {
            look
        },
        bytes: if is_1252 {
            windows_1252(&text)
        } else {
            text.into_bytes()
        },
        url,
        title,
        is_html,
        is_1252,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

impl Print<'_> {
    fn title(&self) -> String {
        escaped(&self.title)
    }

    /// The paragraphs, with `between` after some of them.
    fn body(&mut self, open: &str, close: &str, between: &[String]) -> String {
        let mut between = between.iter();
        let mut text = String::new();
        for (n, paragraph) in self.page.paragraphs.iter().enumerate() {
            text.push_str(open);
            text.push_str(&escaped(paragraph));
            text.push_str(close);
            if n % 3 == 2
                && self.random.chance(60)
                && let Some(box_) = between.next()
            {
                text.push_str(box_);
            }
        }
        text
    }

    fn links(&self) -> String {
        let link = |title: &String| format!("<li><a href=\"#\">{}</a></li>\n", escaped(title));
        self.others.iter().map(link).collect()
    }

    fn day(&self, form: &str) -> String {
        self.page.published.strftime(form).to_string()
    }
}

fn portal(of: &mut Print<'_>) -> String {
    let promo = format!(
        "<div class=\"promo-box\"><h4>Read also</h4><a href=\"#\">{}</a></div>\n",
        escaped(&of.others[0])
    );
    let advert = "<div class=\"ad-slot\"><span>Advertisement</span></div>\n".to_owned();
    let letter = "<div class=\"newsletter-signup\"><p>Get the day's news by mail.</p><form><input type=\"email\"><button>Subscribe</button></form></div>\n".to_owned();
    let body = of.body("<p>", "</p>\n", &[promo, advert, letter]);
    let (outlet, title, day) = (of.outlet, of.title(), of.day("%-d %B %Y"));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{title} | {name}</title>\n\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" content=\"{name}\">\n\
         <meta property=\"og:type\" content=\"article\"><meta property=\"article:published_time\" content=\"{iso}T08:15:00Z\">\n\
         <link rel=\"canonical\" href=\"{url}\"><style>.ad-slot{{min-height:250px}}</style>\n\
         <script>window.dataLayer=window.dataLayer||[];dataLayer.push({{\"page\":\"{title}\"}});</script></head>\n\
         <body class=\"article-page\"><div id=\"cookie-banner\">{said}</div>\n\
         <header class=\"site-header\"><a class=\"logo\" href=\"/\">{name}</a><nav><ul>{items}</ul></nav></header>\n\
         <div class=\"breaking\"><b>Breaking</b> <a href=\"#\">{other}</a></div>\n\
         <main><div class=\"article-head\"><h1>{title}</h1><div class=\"meta\">By <span class=\"author\">{author}</span> \
         <time datetime=\"{iso}\">{day}</time></div><div class=\"share\"><a href=\"#\">Share</a> <a href=\"#\">Tweet</a> <a href=\"#\">Email</a></div></div>\n\
         <div class=\"article-body\">\n{body}</div>\n\
         <div class=\"tags\"><a href=\"#\">Politics</a> <a href=\"#\">Security</a></div></main>\n\
         <aside class=\"sidebar\"><h3>Most read</h3><ol>{links}</ol></aside>\n\
         <footer><p>&copy; {year} {name}</p><ul>{items}</ul></footer></body></html>\n",
        name = outlet.name,
        iso = of.day("%Y-%m-%d"),
        url = of.url,
        said = outlet.said(),
        items = outlet.items(),
        other = escaped(&of.others[1]),
        author = of.page.author,
        links = of.links(),
        year = of.page.published.year(),
    )
}

fn blog(of: &mut Print<'_>) -> String {
    let related = format!(
        "<div class=\"jp-relatedposts\"><h3>Related</h3><p><a href=\"#\">{}</a></p><p><a href=\"#\">{}</a></p></div>\n",
        escaped(&of.others[2]),
        escaped(&of.others[3])
    );
    let body = of.body("<p>", "</p>\n", &[]);
    let comments: String = (0..of.random.below(4))
        .map(|n| format!("<li><b class=\"fn\">reader{n}</b> <span class=\"says\">says:</span><p>I told my neighbour that this would happen, and it did.</p></li>\n"))
        .collect();
    let (outlet, title) = (of.outlet, of.title());
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head><meta charset=\"UTF-8\"><title>{title} &#8211; {name}</title>\n\
         <meta name=\"generator\" content=\"WordPress 5.8\"></head>\n<body class=\"post-template-default single\">\n\
         <header id=\"masthead\"><p class=\"site-title\"><a href=\"/\">{name}</a></p><nav class=\"menu\"><ul>{items}</ul></nav></header>\n\
         <main id=\"main\"><article class=\"post hentry\"><header class=\"entry-header\"><h1 class=\"entry-title\">{title}</h1>\n\
         <div class=\"entry-meta\">Posted on <time class=\"entry-date published\" datetime=\"{iso}T10:00:00+00:00\">{day}</time> by <span class=\"author vcard\">{author}</span></div></header>\n\
         <div class=\"entry-content\">\n{body}<div class=\"sharedaddy\"><h3>Share this:</h3><ul><li><a href=\"#\">Click to share on Twitter</a></li></ul></div>\n{related}</div>\n\
         <footer class=\"entry-footer\">Filed under: <a href=\"#\">News</a></footer></article>\n\
         <section id=\"comments\"><h2>Thoughts on this post</h2><ol>{comments}</ol><p>Leave a comment</p></section></main>\n\
         <aside id=\"secondary\"><h2>Newest posts</h2><ul>{links}</ul></aside>\n<footer class=\"site-footer\">{said}<p>Proudly powered by WordPress.</p></footer></body></html>\n",
        name = outlet.name,
        items = outlet.items(),
        iso = of.day("%Y-%m-%d"),
        day = of.day("%B %-d, %Y"),
        author = of.page.author,
        links = of.links(),
        said = outlet.said(),
    )
}

fn broadcaster(of: &mut Print<'_>) -> String {
    let inline = format!(
        "<div class=\"inline-link\"><p><a href=\"#\">Read more: {}</a></p></div>\n",
        escaped(&of.others[0])
    );
    let picture = "<figure><img src=\"/img/1.jpg\" alt=\"\"><figcaption><span>Image caption</span> A street in the capital last week</figcaption></figure>\n".to_owned();
    let body = of.body("<p>", "</p>\n", &[picture, inline]);
    let (outlet, title, iso) = (of.outlet, of.title(), of.day("%Y-%m-%d"));
    let quoted = of.title.replace('\\', "").replace('"', "'");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{title} - {name}</title>\n\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" content=\"{name}\">\n\
         <script type=\"application/ld+json\">{{\"@context\": \"https://schema.org\", \"@type\": \"NewsArticle\", \"headline\": \"{quoted}\", \
         \"url\": \"{url}\", \"datePublished\": \"{iso}T07:05:00+02:00\", \"author\": [{{\"@type\": \"Person\", \"name\": \"{author}\"}}], \
         \"publisher\": {{\"@type\": \"NewsMediaOrganization\", \"name\": \"{name}\"}}}}</script></head>\n<body>\n\
         <header role=\"banner\"><nav aria-label=\"{name}\"><ul>{items}</ul></nav></header>\n<main id=\"main-content\"><article>\n\
         <header><h1>{title}</h1><p class=\"byline\"><strong>By {author}</strong><br><span>{name}</span></p>\n\
         <ul class=\"meta\"><li><time datetime=\"{iso}T05:05:00Z\">{day}</time></li></ul><div class=\"share\"><button>Share</button><button>Save</button></div></header>\n\
         {body}<section class=\"more-on-this\"><h2>More on this story</h2><ul>{links}</ul></section></article></main>\n\
         <aside class=\"top-stories\"><h2>Top stories</h2><ul>{links}</ul></aside>\n<footer>{said}<p>Copyright &copy; {year} {name}.</p></footer>\n</body></html>\n",
        name = outlet.name,
        url = of.url,
        author = of.page.author,
        items = outlet.items(),
        day = of.day("%-d %B %Y"),
        links = of.links(),
        said = outlet.said(),
        year = of.page.published.year(),
    )
}

fn newspaper(of: &mut Print<'_>) -> String {
    let gap =
        "<div class=\"article__ad\" aria-hidden=\"true\">Continue reading below</div>\n".to_owned();
    let quote = of.page.paragraphs.first().map_or(String::new(), |p| {
        let words: Vec<&str> = p.split(' ').take(9).collect();
        format!(
            "<blockquote class=\"pullquote\">{}</blockquote>\n",
            escaped(&words.join(" "))
        )
    });
    let body = of.body("<div class=\"para\">", "</div>\n", &[gap, quote]);
    let (outlet, title) = (of.outlet, of.title());
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{name}: {title}</title><meta name=\"date\" content=\"{iso}\"><meta name=\"author\" content=\"{author}\"></head>\n\
         <body><div class=\"wrap\"><div class=\"top\"><span class=\"paper\">{name}</span><div class=\"nav\">{items}</div></div>\n\
         <div class=\"story\"><div class=\"kicker\">Politics</div><h1 class=\"hed\">{title}</h1><div class=\"by\">{author}, {day}</div>\n{body}</div>\n\
         <div class=\"rail\"><div class=\"h\">Also in the news</div><ul>{links}</ul></div>\n<div class=\"foot\">{said}</div></div></body></html>\n",
        name = outlet.name,
        iso = of.day("%Y-%m-%d"),
        author = of.page.author,
        items = outlet.items(),
        day = of.day("%A, %-d %B %Y"),
        links = of.links(),
        said = outlet.said(),
    )
}

fn tables(of: &mut Print<'_>) -> String {
    let body = of.body("&nbsp;&nbsp;", "<br>\n<br>\n", &[]);
    let (outlet, title) = (of.outlet, of.title());
    let menu = outlet
        .menu
        .iter()
        .map(|m| format!("<A HREF=\"{m}.htm\">{m}</A> | "))
        .collect::<String>();
    let also: String = of
        .others
        .iter()
        .map(|o| format!("<A HREF=\"a.htm\">{}</A><BR><BR>\n", escaped(o)))
        .collect();
    format!(
        "<HTML>\n<HEAD>\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=windows-1252\">\n<TITLE>{name}</TITLE>\n</HEAD>\n<BODY BGCOLOR=\"#FFFFEE\">\n\
         <TABLE WIDTH=\"780\" ALIGN=\"center\"><TR><TD COLSPAN=\"3\"><FONT SIZE=\"6\"><B>{name}</B></FONT></TD></TR>\n<TR><TD COLSPAN=\"3\">{menu}</TD></TR>\n\
         <TR><TD WIDTH=\"150\" VALIGN=\"top\"><FONT SIZE=\"2\"><B>Weather</B><BR>Dry, 14 degrees<BR></FONT></TD>\n<TD WIDTH=\"480\" VALIGN=\"top\">\n\
         <FONT SIZE=\"2\">{day}</FONT><BR>\n<FONT SIZE=\"5\"><B>{title}</B></FONT><BR>\n<FONT SIZE=\"2\"><I>By {author}</I></FONT><BR><BR>\n\
         <FONT FACE=\"Times New Roman\" SIZE=\"3\">\n{body}</FONT>\n<FONT SIZE=\"2\"><A HREF=\"print.htm\">Print this page</A></FONT></TD>\n\
         <TD WIDTH=\"150\" VALIGN=\"top\"><FONT SIZE=\"2\"><B>Also today</B><BR>{also}</FONT></TD></TR>\n\
         <TR><TD COLSPAN=\"3\"><FONT SIZE=\"1\">{notes}</FONT></TD></TR></TABLE>\n</BODY>\n</HTML>\n",
        name = outlet.name,
        day = of.day("%A, %B %-d, %Y"),
        author = of.page.author,
        notes = outlet.notes.join("<BR>"),
    )
}

fn bare(of: &mut Print<'_>) -> String {
    let body = of.body("<p>", "</p>\n", &[]);
    let (outlet, title) = (of.outlet, of.title());
    format!(
        "<!doctype html><html amp lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <meta property=\"article:published_time\" content=\"{iso}\"></head><body><header><a href=\"/\">{name}</a></header>\n\
         <article itemscope itemtype=\"https://schema.org/NewsArticle\"><h1 itemprop=\"headline\">{title}</h1>\n\
         <p class=\"byline\"><span itemprop=\"author\">{author}</span> &middot; <time itemprop=\"datePublished\" datetime=\"{iso}\">{day}</time></p>\n\
         <div itemprop=\"articleBody\">\n{body}</div></article>\n<footer>{said}</footer></body></html>\n",
        name = outlet.name,
        iso = of.day("%Y-%m-%d"),
        author = of.page.author,
        day = of.day("%-d %b %Y"),
        said = outlet.said(),
    )
}

fn scraped(of: &mut Print<'_>) -> String {
    let related = format!("RELATED: {}\n\n", of.others[0]);
    let body = plain(of, &[related]);
    let outlet = of.outlet;
    let menu: String = outlet.menu.iter().map(|m| format!("    • {m}\n")).collect();
    let comments: String = (0..of.random.below(3))
        .map(|n| format!("reader{n}, 3 days ago\nNobody asked me, but I saw it coming.\nReply\n"))
        .collect();
    format!(
        "{menu}  • facebook\n  • twitter\n  • whatsapp\nHome > News > Politics\n\n{title}\n\nPublished {day}\nBy {author}, {name}\n\n{body}\
         Comments\nSort by: newest first\n{comments}Log in to post a comment.\n{notes}\n© {year} {name}\n",
        title = of.title,
        day = of.day("%-d %B %Y"),
        author = of.page.author,
        name = outlet.name,
        notes = outlet.notes.join("\n"),
        year = of.page.published.year(),
    )
}

fn plain(of: &mut Print<'_>, between: &[String]) -> String {
    let mut between = between.iter();
    let mut text = String::new();
    for (n, paragraph) in of.page.paragraphs.iter().enumerate() {
        text.push_str(paragraph);
        text.push_str("\n\n");
        if n % 4 == 3 && of.random.chance(50) {
            text.push_str(between.next().map_or("", String::as_str));
        }
    }
    text
}

/// Lines of 72 letters that end as on Windows.
fn print_view(of: &mut Print<'_>) -> String {
    let mut text = format!(
        "{}\n\n{}\n\nFrom: {}\nDate: {}\n\n",
        of.outlet.name,
        of.title,
        of.page.author,
        of.day("%-d %B %Y")
    );
    for paragraph in &of.page.paragraphs {
        let mut width = 0;
        for word in paragraph.split(' ') {
            let long = word.chars().count();
            if width + 1 + long > 72 && width > 0 {
                text.push('\n');
                width = 0;
            } else if width > 0 {
                text.push(' ');
                width += 1;
            }
            text.push_str(word);
            width += long;
        }
        text.push_str("\n\n");
    }
    text.push_str(&format!("Printed from {}\n", of.outlet.host));
    text.replace('\n', "\r\n")
}

/// A page of headlines, or one that is not there.
fn no_article(of: &mut Print<'_>) -> String {
    let (outlet, links) = (of.outlet, of.links());
    let (title, main) = match of.random.chance(50) {
        true => (
            "Page not found",
            "<p>Sorry, the page you asked for is not here.</p>".to_owned(),
        ),
        false => ("All headlines", format!("<ul>{links}</ul>")),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - {name}</title></head>\n\
         <body><nav><ul>{items}</ul></nav><main><h1>{title}</h1>{main}</main><footer>{said}</footer></body></html>\n",
        name = outlet.name,
        items = outlet.items(),
        said = outlet.said(),
    )
}

fn windows_1252(text: &str) -> Vec<u8> {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    bytes.into_owned()
}
