use crate::{Id, PartialDate, Span};

/// One article found on a page: its words, and what the page prints about it.
#[derive(Clone, Debug)]
pub struct Article {
    /// From the page's id and the article's number.
    pub id: Id,
    /// The page it stands on.
    pub page_id: Id,
    /// Its number on the page, from 1.
    pub n: usize,
    /// Title as printed.
    pub title: Option<String>,
    /// Author line as printed, without the word "By" and without the outlet.
    pub author: Option<String>,
    /// Outlet as printed.
    pub publisher: Option<String>,
    /// Date of publication, only where one is printed or declared.
    pub published: Option<PartialDate>,
    /// Where the date was read.
    pub published_from: Option<DateSource>,
    /// Where no date is printed: a date it falls in (a copyright year), for dating what the
    /// article tells. Never shown as the date of publication.
    pub dated_within: Option<PartialDate>,
    /// Where no date is printed: the latest date the text itself names as past.
    pub not_before: Option<PartialDate>,
    /// Language code (ISO 639-1), if it could be told.
    pub language: Option<String>,
    /// The body: paragraphs joined by one empty line. Every [`Span`] of the article's rows
    /// counts bytes of this text.
    pub text: String,
    /// The pieces of `text` that stand verbatim on the page, in order. Empty for HTML,
    /// where tags and entities lie between.
    pub segments: Vec<Segment>,
    /// How many times the body stands on the page.
    pub repeats: usize,
}

/// A piece of an article that stands on the page byte for byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where in the article's text.
    pub text: Span,
    /// Where in the decoded page: first byte. The length is that of `text`.
    pub page_start: usize,
}

impl Article {
    /// The title or the place on the page, for messages.
    pub fn label(&self) -> String {
        match &self.title {
            Some(title) => format!("article {} ({title})", self.n),
            None => format!("article {}", self.n),
        }
    }

    /// Where `span` of the article's text stands on the decoded page, in bytes of the page.
    ///
    /// `None` where the page cannot give it (HTML). A span over two segments runs from the
    /// start in the first to the end in the last.
    ///
    /// ```
    /// # use onrecord_model::{Article, Segment, Span};
    /// # let mut article = Article::new("pg-1".into(), 1, "One. Two.".into());
    /// article.segments = vec![Segment { text: Span::new(0, 9), page_start: 100 }];
    /// assert_eq!(article.on_page(Span::new(5, 9)), Some(Span::new(105, 109)));
    /// ```
    pub fn on_page(&self, span: Span) -> Option<Span> {
        let first = self
            .segments
            .iter()
            .rev()
            .find(|s| s.text.start <= span.start)?;
        let last = self.segments.iter().find(|s| s.text.end >= span.end)?;
        if first.text.end < span.start || last.text.start > span.end {
            return None;
        }
        let start = first.page_start + (span.start - first.text.start);
        let end = last.page_start + (span.end - last.text.start);
        (start <= end).then(|| Span::new(start, end))
    }

    /// The date that anchors what the article tells: its printed date, or the span of time
    /// it is known to fall in.
    pub fn anchor(&self) -> Option<PartialDate> {
        self.published.or(self.dated_within)
    }

    /// An article with a body and nothing else known.
    pub fn new(page_id: Id, n: usize, text: String) -> Article {
        Article {
            id: crate::id_of("ar", &[&page_id, &n.to_string()]),
            page_id,
            n,
            title: None,
            author: None,
            publisher: None,
            published: None,
            published_from: None,
            dated_within: None,
            not_before: None,
            language: None,
            text,
            segments: Vec::new(),
            repeats: 1,
        }
    }
}

/// Where a date of publication was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateSource {
    /// A date line of the article.
    DateLine,
    /// A "Published" or "Posted on" line.
    PublishedLine,
    /// A "Last modified" or "Updated" line.
    ModifiedLine,
    /// The byline.
    Byline,
    /// A meta tag of the HTML page.
    Meta,
    /// JSON-LD in the HTML page.
    JsonLd,
    /// A `<time>` element of the HTML page.
    TimeElement,
    /// The address of the page.
    Url,
    /// What came with the page from outside (a scraper's field).
    Declared,
}

impl DateSource {
    /// The word the record uses.
    pub fn name(self) -> &'static str {
        match self {
            DateSource::DateLine => "date line",
            DateSource::PublishedLine => "published line",
            DateSource::ModifiedLine => "modified line",
            DateSource::Byline => "byline",
            DateSource::Meta => "meta tag",
            DateSource::JsonLd => "json-ld",
            DateSource::TimeElement => "time element",
            DateSource::Url => "url",
            DateSource::Declared => "declared",
        }
    }
}

/// A line of a plain-text page with what it was taken for. Nothing is thrown away: every
/// line of the page has one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number on the page, from 1.
    pub n: usize,
    /// Where it stands on the decoded page, line end left out, in bytes of the page.
    pub on_page: Span,
    /// What it was taken for.
    pub role: LineRole,
    /// Why, in a few words, with the lexicon entry that decided where one did.
    pub reason: String,
    /// The article it belongs to, from 1; `None` between articles.
    pub article: Option<usize>,
}

/// What a line of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum LineRole {
    Blank,
    Title,
    Deck,
    Byline,
    Date,
    Dateline,
    Publisher,
    Caption,
    Credit,
    Body,
    BlockQuotation,
    RelatedLink,
    Comments,
    Navigation,
    Legal,
    Donation,
    AuthorNote,
    Repeat,
    Unknown,
}

impl LineRole {
    /// The words shown to people.
    pub fn name(self) -> &'static str {
        match self {
            LineRole::Blank => "blank",
            LineRole::Title => "title",
            LineRole::Deck => "deck",
            LineRole::Byline => "byline",
            LineRole::Date => "date",
            LineRole::Dateline => "dateline",
            LineRole::Publisher => "publisher",
            LineRole::Caption => "caption",
            LineRole::Credit => "credit",
            LineRole::Body => "body",
            LineRole::BlockQuotation => "block quotation",
            LineRole::RelatedLink => "related link",
            LineRole::Comments => "comment furniture",
            LineRole::Navigation => "navigation",
            LineRole::Legal => "legal",
            LineRole::Donation => "donation",
            LineRole::AuthorNote => "author note",
            LineRole::Repeat => "repeat",
            LineRole::Unknown => "unknown",
        }
    }

    /// Whether the line's words belong to the article's text.
    pub fn is_body(self) -> bool {
        matches!(
            self,
            LineRole::Body | LineRole::BlockQuotation | LineRole::Dateline | LineRole::Deck
        )
    }
}
