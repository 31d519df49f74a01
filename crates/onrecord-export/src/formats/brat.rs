//! brat standoff: a folder with `ID.txt` and `ID.ann` for each article, and `annotation.conf`.
//!
//! The articles lie in folders named after the first two digits of their ids, so that no folder
//! has more than some thousand files of a hundred thousand articles. Text-bound annotations (`T`):
//! mentions, by kind of actor; the triggers and parties of events; cues, sources and contents of
//! statements. An event is an `E` of its PLOVER type with its parties as `Actor` and
//! `Recipient`, its mode and status as attributes. A statement is an `E` of the type `Statement` at its cue with
//! `Source` and `Content`; without a cue, a relation from the content to the source. `#` lines
//! give the row's id and the actor's. Offsets are code points; a piece that runs over a line end
//! is written in fragments, as brat wants it. Lost: positions, outlooks, framings, relations, dates,
//! places, via, confidence. It cannot be written without text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use onrecord_record::{Filter, Map};

use super::{Format, Shape};
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, file, put, row};

pub(super) const FORMAT: Format = Format {
    name: "brat",
    extension: "ann",
    what_for: "review in brat or INCEpTION, and corpora: articles with standoff annotations",
    files: "annotation.conf, and XX/ARTICLE.txt and XX/ARTICLE.ann for each article",
    media_type: "text/plain",
    holds_card: false,
    is_text: true,
    shape: Shape::Files {
        takes: &["mentions", "statements", "events"],
        write,
    },
};

const ACTORS: &str =
    "Person Organization Government Military Legislature Group Media Place Unknown";
const TYPES: &str = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT \
                     THREATEN SANCTION PROTEST MOBILIZE COERCE ASSAULT";
const STATUS: &str = "actual|future|threatened|conditional|denied|alleged";

fn write(
    source: &Source<'_>,
    folder: &Path,
    files: &mut Vec<PathBuf>,
) -> Result<Written, ExportError> {
    let mut written = Written::default();
    let mut modes: BTreeMap<String, ()> = BTreeMap::new();
    source.each("articles", &Filter::default(), |article| {
        let id = row::word(&article, "article_id");
        let part = folder.join(id.get(3..5).unwrap_or("00"));
        file::make_folder(&part)?;
        let mut paper = Paper::new(row::word(&article, "text"));
        for table in &source.tables {
            for row in source.of_article(table.name, id)? {
                match table.name {
                    "mentions" => paper.mention(source, &row)?,
                    "statements" => paper.statement(&row),
                    _ => paper.event(&row),
                }
                if let Some(mode) = row::text(&row, "mode") {
                    modes.insert(mode.to_owned(), ());
                }
                written.row(table.name);
            }
        }
        let text: String = paper.text.iter().collect();
        for (ending, content) in [("txt", &text), ("ann", &paper.out)] {
            let path = part.join(format!("{id}.{ending}"));
            file::replace_small(&path, content)?;
            files.push(path);
        }
        Ok(())
    })?;
    let path = folder.join("annotation.conf");
    put(&path, &configuration(&modes))?;
    files.push(path);
    Ok(written)
}

fn configuration(modes: &BTreeMap<String, ()>) -> String {
    let actors = ACTORS.replace(' ', "|");
    let mut conf = String::from("[entities]\n");
    for name in ACTORS.split_whitespace() {
        conf.push_str(&format!("{name}\n"));
    }
    conf.push_str("Party\nSource\nContent\n\n[events]\n");
    for name in TYPES.split_whitespace() {
        conf.push_str(&format!(
            "{name}\tActor*:Party|{actors}, Recipient*:Party|{actors}\n"
        ));
    }
    conf.push_str(&format!(
        "Statement\tSource*:Source|{actors}, Content*:Content\n"
    ));
    conf.push_str("\n[relations]\nSaid\tArg1:Content, Arg2:Source\n\n[attributes]\n");
    conf.push_str(&format!("Status\tArg:<EVENT>, Value:{STATUS}\n"));
    if !modes.is_empty() {
        let modes: Vec<&str> = modes.keys().map(String::as_str).collect();
        conf.push_str(&format!("Mode\tArg:<EVENT>, Value:{}\n", modes.join("|")));
    }
    conf.push_str("Negated\tArg:<EVENT>\n");
    conf
}

/// The annotations of one article.
struct Paper {
    text: Vec<char>,
    out: String,
    /// Number of a text-bound annotation by type and place.
    known: BTreeMap<(String, usize, usize), usize>,
    spans: usize,
    events: usize,
    attributes: usize,
    relations: usize,
    notes: usize,
}

impl Paper {
    fn new(text: &str) -> Paper {
        Paper {
            // A carriage return would be a character to one reader and none to another.
            text: text
                .chars()
                .map(|c| if c == '\r' { ' ' } else { c })
                .collect(),
            out: String::new(),
            known: BTreeMap::new(),
            spans: 0,
            events: 0,
            attributes: 0,
            relations: 0,
            notes: 0,
        }
    }

    /// A text-bound annotation, made once for each type and place; `None` where the place is
    /// empty or not in the text.
    fn bound(&mut self, kind: &str, (start, end): (usize, usize)) -> Option<usize> {
        let key = (kind.to_owned(), start, end);
        if let Some(known) = self.known.get(&key) {
            return Some(*known);
        }
        let fragments = self.fragments(start, end.min(self.text.len()));
        if fragments.is_empty() {
            return None;
        }
        self.spans += 1;
        let places: Vec<String> = fragments.iter().map(|(s, e)| format!("{s} {e}")).collect();
        let words: Vec<String> = fragments
            .iter()
            .map(|(s, e)| self.text[*s..*e].iter().collect())
            .collect();
        let (n, places, words) = (self.spans, places.join(";"), words.join(" "));
        self.line(&format!("T{n}\t{kind} {places}\t{words}"));
        self.known.insert(key, n);
        Some(n)
    }

    /// The pieces of `start..end` between line ends.
    fn fragments(&self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let mut pieces = Vec::new();
        let mut from = start;
        for at in start..=end {
            if at == end || self.text[at] == '\n' {
                if from < at {
                    pieces.push((from, at));
                }
                from = at + 1;
            }
        }
        pieces
    }

    fn line(&mut self, line: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "{line}");
    }

    fn note(&mut self, of: &str, text: &str) {
        self.notes += 1;
        let n = self.notes;
        self.line(&format!("#{n}\tAnnotatorNotes {of}\t{text}"));
    }

    fn attribute(&mut self, name: &str, of: usize, value: &str) {
        self.attributes += 1;
        let n = self.attributes;
        let line = format!("A{n}\t{name} E{of} {value}");
        self.line(line.trim_end());
    }

    fn mention(&mut self, source: &Source<'_>, mention: &Map) -> Result<(), ExportError> {
        let actor = source.named("actors", mention, "actor_id")?;
        let kind = actor.as_deref().map(|actor| row::word(actor, "kind"));
        let kind = kind.map_or("Unknown".to_owned(), capital);
        let at = |column: &str| usize::try_from(row::int(mention, column)?).ok();
        let span = at("start").zip(at("end"));
        if let Some(n) = span.and_then(|span| self.bound(&kind, span)) {
            let id = row::word(mention, "mention_id");
            let name = actor.as_deref().map(|actor| row::word(actor, "name"));
            let note = match (row::text(mention, "actor_id"), name) {
                (Some(actor), Some(name)) => format!("{id} {actor} {}", crate::tsv::clean(name)),
                _ => id.to_owned(),
            };
            self.note(&format!("T{n}"), &note);
        }
        Ok(())
    }

    /// An `E` line at a trigger, with its arguments; brat numbers those of one name.
    fn happening(
        &mut self,
        kind: &str,
        trigger: usize,
        arguments: &[(&str, Vec<usize>)],
        id: &str,
    ) -> usize {
        self.events += 1;
        let n = self.events;
        let mut line = format!("E{n}\t{kind}:T{trigger}");
        for (name, spans) in arguments {
            for (at, span) in spans.iter().enumerate() {
                let number = if at == 0 {
                    String::new()
                } else {
                    (at + 1).to_string()
                };
                line.push_str(&format!(" {name}{number}:T{span}"));
            }
        }
        self.line(&line);
        self.note(&format!("E{n}"), id);
        n
    }

    fn all(&mut self, kind: &str, spans: Vec<(usize, usize)>) -> Vec<usize> {
        let mut bound = Vec::new();
        for span in spans {
            bound.extend(self.bound(kind, span));
        }
        bound
    }

    fn event(&mut self, event: &Map) {
        let kind = row::word(event, "event_type");
        let actors = self.all("Party", row::spans(event, "actor"));
        let recipients = self.all("Party", row::spans(event, "recipient"));
        let trigger = row::spans(event, "trigger").first().copied();
        let Some(trigger) = trigger.and_then(|span| self.bound(kind, span)) else {
            return;
        };
        let parties = [("Actor", actors), ("Recipient", recipients)];
        let n = self.happening(kind, trigger, &parties, row::word(event, "event_id"));
        self.attribute("Status", n, row::word(event, "status"));
        if let Some(mode) = row::text(event, "mode") {
            self.attribute("Mode", n, mode);
        }
    }

    fn statement(&mut self, statement: &Map) {
        let sources = self.all("Source", row::spans(statement, "speaker"));
        let contents = self.all("Content", row::spans(statement, "content"));
        let id = row::word(statement, "statement_id");
        let cue = row::spans(statement, "cue").first().copied();
        if let Some(cue) = cue.and_then(|span| self.bound("Statement", span)) {
            let parts = [("Source", sources), ("Content", contents)];
            let n = self.happening("Statement", cue, &parts, id);
            if statement.get("negated") == Some(&serde_json::Value::Bool(true)) {
                self.attribute("Negated", n, "");
            }
            return;
        }
        for content in &contents {
            self.note(&format!("T{content}"), id);
            for source in &sources {
                self.relations += 1;
                let n = self.relations;
                self.line(&format!("R{n}\tSaid Arg1:T{content} Arg2:T{source}\t"));
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), chars.as_str())
}
