//! Candidates to actors, in reading order.

use onrecord_lexicon::{Lexicon, spelling_key};
use onrecord_model::{
    ActorKind, ArticleReading, Confidence, Mention, MentionKind, Relation, id_of,
};

use crate::answer::Answering;
use crate::book::Book;
use crate::candidate::{Candidate, Sense, longest};
use crate::heard::Heard;
use crate::view::Line;
use crate::{Found, introduced, known, names, organ};

/// Mentions with the actors behind them.
pub struct Resolved<'a> {
    pub book: Book<'a>,
    /// Of each sentence, in order of token.
    pub met: Vec<Vec<Met>>,
}

/// A mention.
#[derive(Clone, Debug)]
pub struct Met {
    pub line: usize,
    pub from: usize,
    pub to: usize,
    pub kind: MentionKind,
    pub entry: Option<usize>,
    pub rule: &'static str,
    pub confidence: u8,
}

/// Finds and resolves the names of an article.
pub fn resolve<'a>(
    reading: &ArticleReading,
    lexicon: &'a Lexicon,
    lines: &[Line<'_>],
) -> Resolved<'a> {
    let mut book = Book::new(lexicon);
    let mut all_met: Vec<Vec<Met>> = Vec::with_capacity(lines.len());
    let mut learnt: Vec<Vec<String>> = Vec::new();
    let heard = Heard::of(lines, lexicon);
    let names: Vec<Vec<Candidate>> = lines
        .iter()
        .map(|line| names::find(line, lexicon, &heard))
        .collect();
    let full_names = full_names(reading, lines, &names);
    for (line, names) in lines.iter().zip(names) {
        let mut met: Vec<Met> = Vec::new();
        let mut all = known::find(line, lexicon);
        all.extend(organ::find(line, lexicon));
        let around = |name: &Candidate| all.iter().any(|c| c.is_known_inside(name));
        let names: Vec<Candidate> = names.into_iter().filter(|name| !around(name)).collect();
        all.extend(names);
        all.extend(introduced::spelt_out(line, lexicon));
        all.extend(introduced::acronyms(line));
        all.extend(aliases(line, &learnt));
        let taken = longest(line, all);
        for (i, candidate) in taken.iter().enumerate() {
            let one = Answering {
                reading,
                lexicon,
                line,
                full_names: &full_names,
            };
            let Some((entry, rule, confidence)) = one.actor(&mut book, candidate) else {
                continue;
            };
            let (from, to) = (candidate.from, candidate.to);
            if met.last().is_some_and(|m| m.to > from) {
                continue; // an alias found after the name before took these words
            }
            book.met(entry, reading.words(line.span(from, to)), (line.n, from));
            met.push(Met {
                line: line.n,
                from,
                to,
                kind: candidate.kind,
                entry: Some(entry),
                rule,
                confidence,
            });
            if book.entries[entry].actor.kind != ActorKind::Person
                && let Some(at) = introduced::acronym_after(line, to)
                && introduced::fits(line, from, to, &line.toks[at].key)
            {
                book.learn(line.toks[at].text, entry);
            }
            if candidate.kind == MentionKind::Name
                && let Some((from, to)) = introduced::alias_after(line, lexicon, to)
            {
                let free = taken.iter().skip(i + 1).all(|c| {
                    c.to <= from
                        || to <= c.from
                        || matches!(c.sense, Sense::Word { titled: false, .. } | Sense::Alias)
                });
                if free {
                    let words = reading.words(line.span(from, to));
                    book.learn(words, entry);
                    learnt.push((from..to).map(|t| line.toks[t].key.clone()).collect());
                    book.met(entry, words, (line.n, from));
                    met.push(Met {
                        line: line.n,
                        from,
                        to,
                        kind: MentionKind::Name,
                        entry: Some(entry),
                        rule: "actors.also-known-as",
                        confidence: 80,
                    });
                }
            }
        }
        all_met.push(met);
    }
    Resolved { book, met: all_met }
}

/// Places in the line where a name stands that the article has introduced.
fn aliases(line: &Line<'_>, learnt: &[Vec<String>]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for name in learnt {
        for from in 0..line.toks.len() {
            let to = from + name.len();
            if to <= line.toks.len()
                && (from..to)
                    .zip(name)
                    .all(|(t, key)| line.toks[t].key == *key)
            {
                found.push(Candidate {
                    from,
                    to,
                    sense: Sense::Alias,
                    kind: MentionKind::Name,
                    rule: "actors.also-known-as",
                    confidence: 85,
                });
            }
        }
    }
    found
}

/// Full names of persons anywhere in the article, with the spelling key of the surname.
fn full_names(
    reading: &ArticleReading,
    lines: &[Line<'_>],
    names: &[Vec<Candidate>],
) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (line, names) in lines.iter().zip(names) {
        for c in names {
            if matches!(c.sense, Sense::Person) {
                let name = reading.words(line.span(c.from, c.to)).to_owned();
                let key = spelling_key(&name);
                let surname = key.rsplit(' ').next().unwrap_or_default().to_owned();
                if found.iter().all(|(n, _)| spelling_key(n) != key) {
                    found.push((name, surname));
                }
            }
        }
    }
    found
}

/// A rule, or the head that it names.
fn made_by(rule: &str) -> String {
    if rule.contains(':') {
        rule.to_owned()
    } else {
        format!("rule:{rule}")
    }
}

impl Resolved<'_> {
    /// The mention at a token of a sentence.
    pub fn at(&self, line: usize, token: usize) -> Option<&Met> {
        self.met[line]
            .iter()
            .find(|m| m.from <= token && token < m.to)
    }

    /// Whether a mention stands for a person.
    pub fn is_person(&self, met: &Met) -> bool {
        let person = |at: usize| self.book.entries[at].actor.kind == ActorKind::Person;
        met.entry.is_some_and(person)
    }

    /// The rows.
    pub fn finish(
        mut self,
        reading: &ArticleReading,
        lines: &[Line<'_>],
        relations: Vec<Relation>,
    ) -> Found {
        for met in &mut self.met {
            met.sort_by_key(|m| m.from);
        }
        let mut mentions = Vec::new();
        let mut order: Vec<usize> = Vec::new();
        for m in self.met.iter().flatten() {
            let span = lines[m.line].span(m.from, m.to);
            if let Some(entry) = m.entry
                && !order.contains(&entry)
            {
                order.push(entry);
            }
            mentions.push(Mention {
                id: id_of(
                    "me",
                    &[
                        &reading.article.id,
                        &span.start.to_string(),
                        &span.end.to_string(),
                    ],
                ),
                sentence: m.line,
                span,
                kind: m.kind,
                actor: m.entry.map(|e| self.book.entries[e].actor.id.clone()),
                made_by: made_by(m.rule),
                confidence: Confidence::percent(m.confidence),
            });
        }
        let actors = order
            .into_iter()
            .map(|at| {
                let entry = &self.book.entries[at];
                let mut actor = entry.actor.clone();
                actor.aliases = entry.forms.iter().cloned().collect();
                actor
            })
            .collect();
        Found {
            mentions,
            actors,
            relations,
        }
    }
}
