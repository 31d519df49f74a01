//! The rows of a generated article.

use std::collections::BTreeMap;

use onrecord_model::{
    Article, ArticleReading, Confidence, DateSource, Declared, Event, EventStatus, EventType,
    Evidence, Framing, Id, MediaType, Mention, Outcome, Outlook, Page, Position, Predicate,
    Reading, Relation, Segment, Sentence, SourceKind, Span, Statement, Tone, Voice, id_of,
    sha256_hex,
};

use crate::article::{Act, Writing};
use crate::cast;

impl Writing<'_> {
    /// The page of the text, with its rows.
    pub fn reading(self, number: u64, title: String, outlet: &str) -> Reading {
        let text = format!("{outlet} {number}\n{title}\n{}\n", self.text);
        let sha256 = sha256_hex(text.as_bytes());
        let page = Page {
            id: id_of("pg", &[&sha256]),
            uri: format!("generated/{number:07}.txt"),
            sha256,
            media_type: MediaType::Text,
            bytes: text.len() as u64,
            encoding: "UTF-8".to_owned(),
            declared: Declared::default(),
            text,
        };
        let mut article = Article::new(page.id.clone(), 1, self.text.clone());
        article.title = Some(title);
        article.author = number
            .is_multiple_of(3)
            .then(|| cast::actor(self.words, number % 97).actor.name);
        article.publisher = Some(outlet.to_owned());
        article.published = self.date;
        article.published_from = self.date.map(|_| DateSource::DateLine);
        article.language = Some("en".to_owned());
        article.segments = vec![Segment {
            text: Span::new(0, self.text.len()),
            page_start: page.text.len() - 1 - self.text.len(),
        }];
        let mut a = ArticleReading::new(article);
        let id = a.article.id.clone();
        a.sentences = self
            .sentences
            .iter()
            .enumerate()
            .map(|(n, span)| Sentence {
                id: id_of("se", &[&id, &span.start.to_string(), &span.end.to_string()]),
                n,
                span: *span,
                paragraph: n / 4,
                tokens: Vec::new(),
                words: Vec::new(),
                names: Vec::new(),
                mentions: Vec::new(),
                vectors: Vec::new(),
            })
            .collect();
        self.people(&mut a);
        for (k, (sentence, act)) in self.acts.iter().enumerate() {
            self.row(&mut a, *sentence, act, k);
        }
        Reading {
            page,
            lines: Vec::new(),
            articles: vec![a],
            notes: Vec::new(),
        }
    }

    fn people(&self, a: &mut ArticleReading) {
        let mut actors = BTreeMap::new();
        for (sentence, span, kind, n) in &self.mentions {
            let cast = cast::actor(self.words, *n).actor;
            a.mentions.push(Mention {
                id: id_of("me", &[&a.article.id, &span.start.to_string()]),
                sentence: *sentence,
                span: *span,
                kind: *kind,
                actor: Some(cast.id.clone()),
                made_by: "rule:generated".to_owned(),
                confidence: Confidence::percent(90),
            });
            actors.insert(*n, cast);
        }
        a.actors = actors.into_values().collect();
        let places: BTreeMap<u64, _> = self
            .places
            .iter()
            .map(|n| (*n, cast::place(self.words, *n)))
            .collect();
        a.places = places.into_values().collect();
    }

    fn row(&self, a: &mut ArticleReading, sentence: usize, act: &Act, k: usize) {
        let article = a.article.id.clone();
        let id = |prefix: &str| id_of(prefix, &[&article, &k.to_string()]);
        let who = |n: &u64| -> Id { id_of("ac", &["generated", &n.to_string()]) };
        let sure = Confidence::percent(50 + (k * 7 % 50) as u8);
        let made_by = || "rule:generated".to_owned();
        match act {
            Act::Said {
                speaker,
                name,
                cue,
                content,
                kind,
            } => a.statements.push(Statement {
                id: id("st"),
                sentences: vec![sentence],
                sentence,
                speaker: Some(who(speaker)),
                speaker_span: Some(*name),
                cue: Some(*cue),
                content: vec![*content],
                kind: *kind,
                addressee: None,
                via: Vec::new(),
                nested_in: None,
                negated: k % 40 == 39,
                source_kind: SourceKind::Named,
                date: self.date,
                made_by: made_by(),
                confidence: sure,
            }),
            Act::Did {
                who: first,
                what,
                to,
                names,
                trigger,
                at: place,
            } => a.events.push(Event {
                id: id("ev"),
                sentence,
                trigger: *trigger,
                actor_spans: vec![names[0]],
                recipient_spans: vec![names[1]],
                event_type: *what,
                mode: None,
                quad: what.quad(),
                intensity: [30, 70, -40, -80][usize::from(what.quad()) - 1],
                cameo: Some(root(*what).to_owned()),
                actors: vec![who(first)],
                recipients: vec![who(to)],
                place: Some(cast::place(self.words, *place).id),
                date: self.date,
                status: [EventStatus::Actual, EventStatus::Alleged][usize::from(k % 6 == 5)],
                attributed_to: None,
                statement: None,
                made_by: made_by(),
                confidence: sure,
            }),
            Act::Stands {
                who: n,
                issue,
                stance,
            } => {
                a.positions.push(Position {
                    id: id("po"),
                    issue: (*issue).to_owned(),
                    actor: who(n),
                    stance: *stance,
                    scope: None,
                    date: self.date,
                    according_to: None,
                    evidence: Evidence::Sentence,
                    sentence,
                    made_by: made_by(),
                    confidence: sure,
                });
            }
            Act::Announced {
                who: n,
                kind,
                content,
            } => a.outlooks.push(Outlook {
                id: id("ou"),
                actor: who(n),
                outlook_type: *kind,
                content: *content,
                sentence,
                statement: None,
                made: self.date,
                horizon: None,
                outcome: Outcome::Open,
                outcome_sentences: Vec::new(),
                outcome_note: None,
            }),
            Act::Framed { who: n, label } => a.framings.push(Framing {
                id: id("fr"),
                sentence,
                actor: who(n),
                label: *label,
                voice: Voice::Narrator,
                tone: Tone::Neutral,
            }),
            Act::Tied { who: n, to } => a.relations.push(Relation {
                id: id("re"),
                subject: who(n),
                predicate: Predicate::AlliedWith,
                object: who(to),
                sentence,
                date: None,
            }),
        }
    }
}

/// The root code of a type in CAMEO.
fn root(event: EventType) -> &'static str {
    match event {
        EventType::Agree => "03",
        EventType::Consult => "04",
        EventType::Support => "05",
        EventType::Cooperate => "06",
        EventType::Aid => "07",
        EventType::Concede | EventType::Retreat => "08",
        EventType::Request => "10",
        EventType::Accuse => "11",
        EventType::Reject => "12",
        EventType::Threaten => "13",
        EventType::Protest => "14",
        EventType::Mobilize => "15",
        EventType::Sanction => "16",
        EventType::Coerce => "17",
        EventType::Assault => "19",
    }
}
