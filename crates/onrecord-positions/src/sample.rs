//! Readings made by hand, for tests.

use onrecord_model::{Article, ArticleReading, MentionKind, PartialDate, Sentence, Span, id_of};

use crate::marked;

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
        marked::actor(&mut self.reading, id, words, kind);
        self
    }

    /// A statement: who, by which cue, what.
    pub fn said(mut self, speaker: &str, cue: &str, content: &str) -> Sample {
        marked::said(&mut self.reading, speaker, cue, content).expect("words of the text");
        self
    }

    pub fn find(&self, words: &str) -> Span {
        let at = self.reading.article.text.find(words);
        let at = at.unwrap_or_else(|| panic!("`{words}` is not in the text"));
        Span::new(at, at + words.len())
    }
}
