//! A page as it is written in any form: sections of lines, tables, pictures and citations.

/// The whole page.
#[derive(Debug, Default)]
pub(crate) struct Doc {
    pub title: Line,
    /// Before the first section.
    pub lead: Vec<Block>,
    pub sections: Vec<Section>,
}

/// A part with a heading.
#[derive(Debug)]
pub(crate) struct Section {
    /// Names it for links: ASCII letters and hyphens.
    pub id: &'static str,
    pub title: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug)]
pub(crate) enum Block {
    Heading(Line),
    Para(Line),
    /// In smaller letters: which rule chose, what is left out.
    Rule(Line),
    /// What a reader must not miss.
    Warning(Line),
    List(Vec<Line>),
    Table(Table),
    /// Markup of a picture, how to read it, and what it does not show; Markdown has the tables
    /// beside it only.
    Picture {
        svg: String,
        caption: &'static str,
        left_out: Vec<String>,
    },
    Cited(Vec<Cited>),
}

#[derive(Debug, Default)]
pub(crate) struct Table {
    pub heads: Vec<&'static str>,
    pub rows: Vec<Vec<Line>>,
}

/// A row of the record with its sentence.
#[derive(Debug, Default)]
pub(crate) struct Cited {
    /// Id of the row.
    pub id: String,
    /// Who, what, when.
    pub head: Line,
    /// The sentences, one after another, with the words that matter marked.
    pub sentences: Vec<Line>,
    /// Who tells it.
    pub source: Line,
    /// What later sentences tell of it: who tells it, and the words.
    pub later: Vec<(Line, Line)>,
    /// Whether a person has looked at it.
    pub review: String,
}

pub(crate) type Line = Vec<Piece>;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// Our own words.
    Text(String),
    /// Our own words or a name, strong.
    Strong(Page),
    /// Words of a page: a name, a title, a sentence.
    Page(String),
    /// Words of a page that matter within a sentence.
    Mark(String),
    /// A title of a work.
    Title(String),
    /// An id or the like.
    Code(String),
    /// A link to a page of the web.
    Out { href: String, text: String },
    /// A line end within a line.
    Break,
}

/// A name that comes from a page, or our own word.
pub(crate) type Page = String;

/// Our own words.
pub(crate) fn text(text: impl Into<String>) -> Piece {
    Piece::Text(text.into())
}

/// Words of a page.
pub(crate) fn page(text: impl Into<String>) -> Piece {
    Piece::Page(text.into())
}

/// Strong words.
pub(crate) fn strong(text: impl Into<String>) -> Piece {
    Piece::Strong(text.into())
}

/// An id.
pub(crate) fn code(text: impl Into<String>) -> Piece {
    Piece::Code(text.into())
}

/// `one`, `one and two`, `one, two and three`, each as a piece of a page.
pub(crate) fn listed(names: &[String]) -> Line {
    let mut line = Line::new();
    for (n, name) in names.iter().enumerate() {
        if n > 0 {
            line.push(text(if n + 1 == names.len() { " and " } else { ", " }));
        }
        line.push(page(name.clone()));
    }
    line
}

/// `1 row`, `2,345 rows`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    format!("{grouped} {}", if n == 1 { one } else { many })
}

/// `All 3 events are shown, by date.` or `2 of 3 events are shown, by date. First …`: `rule` says how
/// they were chosen, where some were not.
pub(crate) fn shown(n: usize, total: usize, names: [&str; 2], order: &str, rule: &str) -> Line {
    let all = count(total, names[0], names[1]);
    vec![text(match (n == total, total) {
        (true, 1) => format!("The only {} there is.", names[0]),
        (true, _) => format!("All {all}, {order}."),
        (false, _) => format!("{n} of {all}, {order}. {rule}"),
    })]
}

/// A share as people read it: `33 %`, `under 1 %`.
pub(crate) fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "0 %".to_owned();
    }
    match (part * 200 + whole) / (2 * whole) {
        0 if part > 0 => "under 1 %".to_owned(),
        n => format!("{n} %"),
    }
}
