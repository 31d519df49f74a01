//! A sentence where it stands, with marks on its words.

use maud::{Markup, PreEscaped, html};
use onrecord_record::Map;
use serde_json::{Value, json};

use crate::error::Fault;
use crate::shown;
use crate::view::{View, list, number, some, text};

/// A sentence and what is shown of its article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passage {
    pub sentence_id: String,
    pub text: String,
    /// Its number in the article.
    pub n: i64,
    /// First code point in the article's text.
    pub start: i64,
    pub article_id: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    /// The article that this one repeats.
    pub same_text_as: Option<String>,
}

const COLUMNS: &str = "select s.sentence_id, s.text, s.n, s.start, a.article_id, a.title,
    a.publisher, a.published, a.same_text_as
    from sentences s join articles a on a.article_id = s.article_id";

impl Passage {
    /// The sentence with this id.
    pub fn of(view: &View<'_>, sentence_id: &str) -> Result<Option<Passage>, Fault> {
        let query = format!("{COLUMNS} where s.sentence_id = ?1");
        let rows = view.ask(&query, &[json!(sentence_id)])?;
        Ok(rows.first().map(Passage::of_row))
    }

    /// The first sentence that a row rests on.
    pub fn of_first(view: &View<'_>, row: &Map) -> Result<Option<Passage>, Fault> {
        let first = some(row, "sentence_id").or_else(|| list(row, "sentence_ids").next());
        first.map_or(Ok(None), |id| Passage::of(view, id))
    }

    /// As [`Passage::of`], of a row with its columns.
    pub fn of_row(row: &Map) -> Passage {
        let owned = |name: &str| some(row, name).map(str::to_owned);
        Passage {
            sentence_id: text(row, "sentence_id").to_owned(),
            text: text(row, "text").to_owned(),
            n: number(row, "n"),
            start: number(row, "start"),
            article_id: text(row, "article_id").to_owned(),
            title: owned("title"),
            publisher: owned("publisher"),
            published: owned("published"),
            same_text_as: owned("same_text_as"),
        }
    }

    /// "According to OUTLET, DATE", which leads to the place in the article.
    pub fn source(&self) -> Markup {
        source(
            self.publisher.as_deref(),
            self.published.as_deref(),
            &self.article_id,
            Some(&self.sentence_id),
        )
    }
}

/// "According to OUTLET, DATE"; the outlet leads to the sentence in its article.
pub(crate) fn source(
    publisher: Option<&str>,
    published: Option<&str>,
    article: &str,
    sentence: Option<&str>,
) -> Markup {
    let place = sentence.map_or(String::new(), |id| format!("#{id}"));
    html! {
        "According to "
        a href={ "/article/" (article) (place) } {
            @match publisher {
                Some(outlet) => (shown::name(outlet)),
                None => "an article without an outlet",
            }
        }
        ", "
        (shown::date(published))
    }
}

/// Words of a text that a row marks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    /// First code point and one past the last.
    pub start: usize,
    pub end: usize,
    /// What kind of mark: a class of the style sheet.
    pub kind: &'static str,
    /// The row.
    pub row: String,
    /// Where its words lead.
    pub href: Option<String>,
}

impl Mark {
    pub fn new(start: usize, end: usize, kind: &'static str, row: &str) -> Mark {
        Mark {
            start,
            end,
            kind,
            row: row.to_owned(),
            href: None,
        }
    }
}

/// A text that begins at code point `origin` of the article, with its marks, which may lie over
/// one another: each stretch of text is wrapped in all the marks that hold there.
pub(crate) fn marked(text: &str, origin: usize, marks: &[Mark]) -> Markup {
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let length = bytes.len() - 1;
    let inside =
        |mark: &&Mark| mark.end > origin && mark.start < origin + length && mark.start < mark.end;
    let mut here: Vec<&Mark> = marks.iter().filter(inside).collect();
    // The longest is the outermost.
    here.sort_by_key(|m| (std::cmp::Reverse(m.end - m.start), m.start, m.kind, &m.row));
    let clip = |at: usize| at.saturating_sub(origin).min(length);
    let mut cuts: Vec<usize> = here
        .iter()
        .flat_map(|m| [clip(m.start), clip(m.end)])
        .collect();
    cuts.extend([0, length]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for pair in cuts.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        let words = &text[bytes[from]..bytes[to]];
        let mut piece = shown::text(words);
        // One link at most, the innermost that leads anywhere; a space leads nowhere.
        let mut linked = words.trim().is_empty();
        for mark in here.iter().rev() {
            if clip(mark.start) > from || clip(mark.end) < to {
                continue;
            }
            let begins = (clip(mark.start) == from && mark.start >= origin).then_some("begins");
            let ends = (clip(mark.end) == to && mark.end <= origin + length).then_some("ends");
            piece = match &mark.href {
                Some(href) if !linked => {
                    linked = true;
                    html! {
                        a.mark.(mark.kind).(begins.unwrap_or("")).(ends.unwrap_or(""))
                            href=(href) data-row=(mark.row) tabindex="-1" { (piece) }
                    }
                }
                _ => html! {
                    span.mark.(mark.kind).(begins.unwrap_or("")).(ends.unwrap_or(""))
                        data-row=(mark.row) { (piece) }
                },
            };
        }
        out.push_str(&piece.into_string());
    }
    PreEscaped(out)
}

/// The words that a row of a table marks, in code points of the article's text.
pub(crate) fn marks_of(table: &str, row: &Map, passage: Option<&Passage>) -> Vec<Mark> {
    let id = row
        .values()
        .next()
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mut marks = Vec::new();
    let mut add = |span: Option<(usize, usize)>, kind: &'static str| {
        if let Some((start, end)) = span {
            marks.push(Mark::new(start, end, kind, id));
        }
    };
    let spans = row.get("spans").unwrap_or(&Value::Null);
    match table {
        "statements" => {
            add(span(&spans["speaker"]), "m-speaker");
            add(span(&spans["cue"]), "m-cue");
            for piece in pieces(&spans["content"]) {
                add(span(piece), "m-statement");
            }
        }
        "events" => {
            add(span(&spans["trigger"]), "m-event");
            for kind in ["actor", "recipient"] {
                for piece in pieces(&spans[kind]) {
                    add(
                        span(piece),
                        if kind == "actor" {
                            "m-doer"
                        } else {
                            "m-done-to"
                        },
                    );
                }
            }
        }
        "mentions" => add(start_end(row), "m-name"),
        "framings" => add(start_end(row), "m-framing"),
        "outlooks" => add(
            passage.and_then(|p| found(p, text(row, "content"))),
            "m-outlook",
        ),
        "positions" => add(passage.map(whole), "m-position"),
        _ => {}
    }
    marks
}

fn pieces(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn span(value: &Value) -> Option<(usize, usize)> {
    let at = |n: usize| usize::try_from(value.get(n)?.as_u64()?).ok();
    Some((at(0)?, at(1)?))
}

fn start_end(row: &Map) -> Option<(usize, usize)> {
    let at = |name: &str| usize::try_from(row.get(name)?.as_u64()?).ok();
    Some((at("start")?, at("end")?))
}

/// Where words stand in a sentence, in code points of the article's text.
fn found(passage: &Passage, words: &str) -> Option<(usize, usize)> {
    if words.is_empty() {
        return None;
    }
    let at = passage.text.find(words)?;
    let start = usize::try_from(passage.start).ok()? + passage.text[..at].chars().count();
    Some((start, start + words.chars().count()))
}

fn whole(passage: &Passage) -> (usize, usize) {
    let start = usize::try_from(passage.start).unwrap_or_default();
    (start, start + passage.text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_lie_over_one_another() {
        let marks = [Mark::new(10, 14, "a", "r1"), Mark::new(12, 17, "b", "r2")];
        // origin 10: é<fg over hij
        let shown = marked("é<fghij", 10, &marks).into_string();
        assert_eq!(
            shown,
            "<span class=\"mark a begins \" data-row=\"r1\">é&lt;</span>\
             <span class=\"mark b begins \" data-row=\"r2\">\
             <span class=\"mark a  ends\" data-row=\"r1\">fg</span></span>\
             <span class=\"mark b  ends\" data-row=\"r2\">hij</span>"
        );
    }

    #[test]
    fn marks_outside_or_empty_are_left_out() {
        let marks = [
            Mark::new(0, 3, "a", "r1"),
            Mark::new(5, 5, "a", "r2"),
            Mark::new(90, 99, "a", "r3"),
        ];
        assert_eq!(marked("word", 4, &marks).into_string(), "word");
        assert_eq!(marked("", 4, &marks).into_string(), "");
    }
}
