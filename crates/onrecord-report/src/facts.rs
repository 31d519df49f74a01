//! What the record holds of a scope: slim rows, from which sections choose.

mod articles;
mod issue;
mod rows;

use std::cell::Cell;

use onrecord_model::PartialDate;
use onrecord_record::{Filter, Map, Record, RecordError};

use crate::doc::{Cited, Line, Piece, page, text as own};
use crate::names::{Names, list, some, spans, text};
use crate::review::Reviews;
use crate::{Meta, Scope};

pub(crate) use articles::Articles;
pub(crate) use rows::{Act, Announced, Frame, Said, Stand};

use issue::OfIssue;

/// What the record holds of a scope.
pub(crate) struct Facts<'r> {
    pub record: &'r Record,
    pub scope: &'r Scope,
    pub meta: &'r Meta,
    pub names: Names<'r>,
    pub articles: Articles,
    pub reviews: Reviews,
    /// The row of the actor.
    pub actor: Option<Map>,
    pub said: Vec<Said>,
    pub acts: Vec<Act>,
    pub stands: Vec<Stand>,
    pub announced: Vec<Announced>,
    pub frames: Vec<Frame>,
    /// Rows of articles that repeat another, which are not counted.
    pub repeated: Cell<usize>,
    /// Rows without a date, where the scope has a span of time.
    pub undated: Cell<usize>,
    span: Option<(PartialDate, PartialDate)>,
    since: Option<PartialDate>,
    until: Option<PartialDate>,
    of_issue: Option<OfIssue>,
}

impl<'r> Facts<'r> {
    pub(crate) fn of(
        record: &'r Record,
        scope: &'r Scope,
        meta: &'r Meta,
    ) -> Result<Facts<'r>, RecordError> {
        // A date that is none is told as for any query.
        let times = Filter {
            since: scope.since.clone(),
            until: scope.until.clone(),
            ..Filter::default()
        };
        record.table("articles", &times, Some(1))?;
        let date = |text: &Option<String>| text.as_deref().and_then(PartialDate::parse);
        let actor = match &scope.actor {
            None => None,
            Some(id) => {
                let filter = Filter::default().equal("actor_id", id);
                let found = record.table("actors", &filter, Some(1))?.rows.pop();
                Some(found.ok_or_else(|| nothing(record, &format!("no actor has the id `{id}`")))?)
            }
        };
        let of_issue = match &scope.issue {
            None => None,
            Some(issue) => Some(OfIssue::of(record, issue)?),
        };
        let mut facts = Facts {
            record,
            scope,
            meta,
            names: Names::of(record),
            articles: Articles::of(record)?,
            reviews: Reviews::of(record)?,
            actor,
            said: Vec::new(),
            acts: Vec::new(),
            stands: Vec::new(),
            announced: Vec::new(),
            frames: Vec::new(),
            repeated: Cell::new(0),
            undated: Cell::new(0),
            span: None,
            since: date(&scope.since),
            until: date(&scope.until),
            of_issue,
        };
        facts.read()?;
        facts.span = facts.dates();
        Ok(facts)
    }

    /// The id of the actor.
    pub(crate) fn actor_id(&self) -> Option<&str> {
        self.scope.actor.as_deref()
    }

    /// The first and last date among the rows, as exact as they are given.
    pub(crate) fn span(&self) -> Option<(PartialDate, PartialDate)> {
        self.span
    }

    fn dates(&self) -> Option<(PartialDate, PartialDate)> {
        let told = |article: usize| self.articles.get(article).date;
        let all = self
            .said
            .iter()
            .filter_map(|row| row.date.or_else(|| told(row.article)))
            .chain(self.acts.iter().filter_map(|row| row.date))
            .chain(self.stands.iter().filter_map(|row| row.date))
            .chain(self.announced.iter().filter_map(|row| row.date));
        let pairs = all.map(|date| (date, date));
        pairs.reduce(|(first, last), (date, _)| {
            let earlier = date.bounds().0 < first.bounds().0;
            let later = date.bounds().1 > last.bounds().1;
            (
                if earlier { date } else { first },
                if later { date } else { last },
            )
        })
    }

    /// Whether a row of this date, or else of this article, lies in the span of time asked for.
    fn in_time(&self, date: Option<PartialDate>, article: usize) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(date) = date.or(self.articles.get(article).date) else {
            self.undated.set(self.undated.get() + 1);
            return false;
        };
        let (first, last) = date.bounds();
        self.since.is_none_or(|since| last >= since.bounds().0)
            && self.until.is_none_or(|until| first <= until.bounds().1)
    }

    /// A row with its sentences. `marks` names the spans that matter; without the words of
    /// sentences where the scope says so.
    pub(crate) fn cited(
        &self,
        id: &str,
        row: &Map,
        head: Line,
        marks: &[(usize, usize)],
    ) -> Result<Cited, RecordError> {
        let mut ids = list(row, "sentence_ids");
        if ids.is_empty() {
            ids = vec![text(row, "sentence_id")];
        }
        let (sentences, article) = self.sentences(&ids, marks)?;
        Ok(Cited {
            id: id.to_owned(),
            head,
            sentences,
            source: self.source(article),
            later: Vec::new(),
            review: self.reviews.told(id),
        })
    }

    /// The words of sentences, and their article.
    pub(crate) fn sentences(
        &self,
        ids: &[&str],
        marks: &[(usize, usize)],
    ) -> Result<(Vec<Line>, usize), RecordError> {
        let mut lines = Vec::new();
        let mut article = Articles::NONE;
        for id in ids {
            let Some(sentence) = self.names.row("sentences", "sentence_id", id)? else {
                continue;
            };
            article = self.articles.number(text(&sentence, "article_id"));
            if self.scope.text {
                let start = sentence.get("start").and_then(serde_json::Value::as_u64);
                let start = start
                    .and_then(|n| usize::try_from(n).ok())
                    .unwrap_or_default();
                lines.push(marked(text(&sentence, "text"), start, marks));
            }
        }
        Ok((lines, article))
    }

    /// `According to The Post, 2014-05-09`, with the title.
    pub(crate) fn source(&self, article: usize) -> Line {
        let told = self.articles.get(article);
        let mut line = match &told.outlet {
            Some(outlet) => vec![own("According to "), page(outlet.clone())],
            None => vec![
                own("According to a page that names no outlet ("),
                page(told.file.clone()),
                own(")"),
            ],
        };
        line.push(match &told.date {
            Some(date) => own(format!(", {date}")),
            None => own(", undated"),
        });
        if let Some(title) = &told.title {
            line.extend([own(": "), Piece::Title(title.clone())]);
        }
        if let Some(href) = &told.web {
            line.push(own(" "));
            line.push(Piece::Out {
                href: href.clone(),
                text: "page".to_owned(),
            });
        }
        line
    }

    /// The names of the parties of an event: actors by name, others by the words of the page in
    /// quotation marks.
    pub(crate) fn parties(&self, row: &Map, of: &str) -> Result<Vec<String>, RecordError> {
        let mut names = Vec::new();
        for id in list(row, &format!("{of}_ids")) {
            let name = self.names.actor(id)?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            let sentence = self
                .names
                .row("sentences", "sentence_id", text(row, "sentence_id"))?;
            if let Some(sentence) = sentence {
                let start = sentence.get("start").and_then(serde_json::Value::as_u64);
                let start = start
                    .and_then(|n| usize::try_from(n).ok())
                    .unwrap_or_default();
                let words: Vec<char> = text(&sentence, "text").chars().collect();
                for (from, to) in spans(row, of) {
                    let (from, to) = (from.saturating_sub(start), to.saturating_sub(start));
                    if from < to && to <= words.len() {
                        let words: String = words[from..to].iter().collect();
                        names.push(format!("“{words}”"));
                    }
                }
            }
        }
        Ok(names)
    }

    /// Name and question of an issue.
    pub(crate) fn question(&self, issue: &str) -> String {
        match self.meta.questions.get(issue) {
            Some(question) => question.clone(),
            None => issue.to_owned(),
        }
    }
}

/// A sentence whose spans (code points of the article, of which it begins at `start`) are marked.
fn marked(sentence: &str, start: usize, marks: &[(usize, usize)]) -> Line {
    let letters: Vec<char> = sentence.chars().collect();
    let mut within: Vec<(usize, usize)> = marks
        .iter()
        .map(|(from, to)| {
            let end = letters.len();
            (
                from.saturating_sub(start).min(end),
                to.saturating_sub(start).min(end),
            )
        })
        .filter(|(from, to)| from < to)
        .collect();
    within.sort_unstable();
    let (mut line, mut at) = (Line::new(), 0);
    for (from, to) in within {
        let from = from.max(at);
        if from >= to {
            continue;
        }
        if from > at {
            line.push(page(letters[at..from].iter().collect::<String>()));
        }
        line.push(Piece::Mark(letters[from..to].iter().collect()));
        at = to;
    }
    if at < letters.len() {
        line.push(page(letters[at..].iter().collect::<String>()));
    }
    line
}

fn nothing(record: &Record, what: &str) -> RecordError {
    RecordError::Filter {
        path: record.path().to_path_buf(),
        what: what.to_owned(),
    }
}

/// What is asked of a row by the scope's date columns.
pub(crate) fn date_of(row: &Map, column: &str) -> Option<PartialDate> {
    some(row, column).as_deref().and_then(PartialDate::parse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_cut_to_the_sentence() {
        let line = marked(
            "He said “no” twice.",
            10,
            &[(18, 22), (5, 12), (20, 21), (90, 99)],
        );
        let mark = |s: &str| Piece::Mark(s.to_owned());
        assert_eq!(
            line,
            [mark("He"), page(" said "), mark("“no”"), page(" twice.")]
        );
        assert_eq!(marked("No mark.", 0, &[]), [page("No mark.")]);
    }
}
