//! Readings made by hand, for tests.

use onrecord_model::{
    Actor, ActorKind, Article, ArticleReading, Confidence, Mention, MentionKind, PartialDate,
    Sentence, SourceKind, Span, Statement, StatementKind, id_of,
};

/// An article of sentences, one a paragraph, with actors and statements added by their words.
pub(crate) struct Sample {
    pub reading: ArticleReading,
}

impl Sample {
    pub fn new(sentences: &[&str]) -> Sample {
        let mut article = Article::new("pg-1".into(), 1, sentences.join("\n\n"));
        article.published = PartialDate::day(2030, 5, 1);
        let mut reading = ArticleReading::new(article);
        let mut start = 0;
        for (n, sentence) in sentences.iter().enumerate() {
            let span = Span::new(start, start + sentence.len());
            let id = id_of("se", &[&n.to_string()]);
            reading.sentences.push(Sentence {
                words: Vec::new(),
                names: Vec::new(),
                mentions: Vec::new(),
                vectors: Vec::new(),
                id,
                n,
                span,
                paragraph: n,
                tokens: Vec::new(),
            });
            start = span.end + 2;
        }
        Sample { reading }
    }

    /// Every place where `words` stands is a name of the actor `id`.
    pub fn actor(self, id: &str, words: &str) -> Sample {
        self.mention(id, words, MentionKind::Name)
    }

    /// The same for a description.
    pub fn described(self, id: &str, words: &str) -> Sample {
        self.mention(id, words, MentionKind::Description)
    }

    fn mention(mut self, id: &str, words: &str, kind: MentionKind) -> Sample {
        let text = self.reading.article.text.clone();
        for (at, _) in text.match_indices(words) {
            let span = Span::new(at, at + words.len());
            if self.reading.mentions.iter().any(|m| m.span.overlaps(span)) {
                continue;
            }
            let sentence = self.sentence_of(at);
            self.reading.mentions.push(Mention {
                id: id_of("me", &[&at.to_string()]),
                sentence,
                span,
                kind,
                actor: Some(id.to_owned()),
                made_by: "test".into(),
                confidence: Confidence::percent(90),
            });
        }
        self.reading.mentions.sort_by_key(|m| m.span);
        if self.reading.actor(id).is_none() {
            self.reading.actors.push(Actor {
                id: id.to_owned(),
                name: words.to_owned(),
                kind: ActorKind::Organization,
                named: true,
                country: None,
                sectors: Vec::new(),
                aliases: vec![words.to_owned()],
                roles: Vec::new(),
                wikidata: None,
            });
        }
        self
    }

    /// A statement: who, by which cue, what.
    pub fn said(mut self, speaker: &str, cue: &str, content: &str) -> Sample {
        let span = self.find(content);
        let sentence = self.sentence_of(span.start);
        let here = self.reading.sentences[sentence].span;
        let cue_at = here
            .of(&self.reading.article.text)
            .find(cue)
            .expect("the cue");
        let cue = Span::new(here.start + cue_at, here.start + cue_at + cue.len());
        let kind = if content.starts_with(['"', '“']) {
            StatementKind::Direct
        } else {
            StatementKind::Indirect
        };
        self.reading.statements.push(Statement {
            id: id_of("st", &[speaker, content]),
            sentences: vec![sentence],
            sentence,
            speaker: Some(speaker.to_owned()),
            speaker_span: None,
            cue: Some(cue),
            content: vec![span],
            kind,
            addressee: None,
            via: Vec::new(),
            nested_in: None,
            negated: false,
            source_kind: SourceKind::Named,
            date: PartialDate::day(2030, 4, 30),
            made_by: "test".into(),
            confidence: Confidence::percent(90),
        });
        self
    }

    pub fn find(&self, words: &str) -> Span {
        let at = self.reading.article.text.find(words);
        let at = at.unwrap_or_else(|| panic!("`{words}` is not in the text"));
        Span::new(at, at + words.len())
    }

    fn sentence_of(&self, at: usize) -> usize {
        self.reading
            .sentences
            .iter()
            .position(|s| s.span.end > at)
            .expect("a sentence")
    }
}
