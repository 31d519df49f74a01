//! A sentence of an article with what the steps before found in it.

use onrecord_model::{ArticleReading, Id, MentionKind, Span, Statement, StatementKind};

use crate::words::{Kind, Word, words};

/// A sentence with its words, the mentions and the spoken words in it.
pub(crate) struct View<'a> {
    pub reading: &'a ArticleReading,
    pub n: usize,
    pub words: Vec<Word>,
    pub mentions: Vec<MentionAt>,
    /// The words spoken in it: statement and span, cut to the sentence.
    pub spoken: Vec<(&'a Statement, Span)>,
}

/// A mention of a known actor, in words of the sentence.
#[derive(Clone, Debug)]
pub(crate) struct MentionAt {
    pub start: usize,
    pub end: usize,
    pub actor: Id,
    pub kind: MentionKind,
}

/// The part of spoken words that stands in a sentence.
fn cut(statement: &Statement, content: Span, sentence: Span) -> Option<(&Statement, Span)> {
    let part = || {
        Span::new(
            content.start.max(sentence.start),
            content.end.min(sentence.end),
        )
    };
    content.overlaps(sentence).then(|| (statement, part()))
}

impl<'a> View<'a> {
    /// All sentences of an article, in time that grows with its length.
    pub fn all(reading: &'a ArticleReading) -> Vec<View<'a>> {
        let sentences = &reading.sentences;
        let mut views: Vec<View<'a>> = (0..sentences.len())
            .map(|n| View::without_spoken(reading, n))
            .collect();
        for statement in &reading.statements {
            for content in &statement.content {
                let first = sentences.partition_point(|s| s.span.end <= content.start);
                for (n, sentence) in sentences.iter().enumerate().skip(first) {
                    if sentence.span.start >= content.end {
                        break;
                    }
                    views[n]
                        .spoken
                        .extend(cut(statement, *content, sentence.span));
                }
            }
        }
        views
    }

    /// One sentence of an article.
    pub fn of(reading: &'a ArticleReading, n: usize) -> View<'a> {
        let mut view = View::without_spoken(reading, n);
        let span = reading.sentences[n].span;
        for statement in &reading.statements {
            let content = statement.content.iter();
            view.spoken
                .extend(content.filter_map(|content| cut(statement, *content, span)));
        }
        view
    }

    fn without_spoken(reading: &'a ArticleReading, n: usize) -> View<'a> {
        let span = reading.sentences[n].span;
        let words = words(reading.words(span), span.start);
        let mut mentions = Vec::new();
        let first = reading.mentions.partition_point(|m| m.sentence < n);
        for mention in reading.mentions[first..]
            .iter()
            .take_while(|m| m.sentence == n)
        {
            let Some(actor) = &mention.actor else {
                continue;
            };
            let start = words.iter().position(|w| w.span.end > mention.span.start);
            let end = words.iter().rposition(|w| w.span.start < mention.span.end);
            if let (Some(start), Some(end)) = (start, end)
                && start <= end
                && reading.actor(actor).is_some()
            {
                mentions.push(MentionAt {
                    start,
                    end: end + 1,
                    actor: actor.clone(),
                    kind: mention.kind,
                });
            }
        }
        View {
            reading,
            n,
            words,
            mentions,
            spoken: Vec::new(),
        }
    }

    /// The innermost statement in whose content all of `span` stands.
    pub fn innermost(&self, span: Span) -> Option<&'a Statement> {
        self.innermost_with_span(span).map(|s| s.0)
    }

    fn innermost_with_span(&self, span: Span) -> Option<(&'a Statement, Span)> {
        self.spoken
            .iter()
            .filter(|(_, content)| content.contains(span))
            .min_by_key(|(statement, content)| (content.len(), statement.id.clone()))
            .copied()
    }

    /// Who is meant by a word about oneself at word `at`: "we" in anybody's words, "it" or
    /// "he" among the first words of a reported statement.
    pub fn speaker_as_pronoun(&self, at: usize) -> Option<Id> {
        let word = self.words.get(at).filter(|w| w.kind == Kind::Word)?;
        let (statement, content) = self.innermost_with_span(word.span)?;
        let first_person = matches!(word.lower.as_str(), "i" | "we");
        let third_person = matches!(word.lower.as_str(), "he" | "she" | "it")
            && statement.kind == StatementKind::Indirect
            && self
                .words
                .iter()
                .filter(|w| w.is_wordy() && content.contains(w.span))
                .take(3)
                .any(|w| w.span == word.span);
        if (first_person || third_person) && !statement.negated {
            statement.speaker.clone()
        } else {
            None
        }
    }

    /// Whether the actor of a mention can be the one who does what follows it, as far as the
    /// word before shows: not "in Baghdad", not "talks with the ministry".
    pub fn can_be_subject(&self, start: usize) -> bool {
        const BEFORE: [&str; 18] = [
            "in", "of", "at", "near", "from", "with", "against", "to", "by", "between", "on",
            "for", "into", "about", "among", "inside", "across", "over",
        ];
        let mut at = start;
        while at > 0 {
            let word = &self.words[at - 1];
            match word.kind {
                Kind::Light => at -= 1,
                Kind::Word if matches!(word.lower.as_str(), "the" | "a" | "an") => at -= 1,
                _ => break,
            }
        }
        at == 0 || !BEFORE.contains(&self.words[at - 1].lower.as_str())
    }

    /// One past the apposition or aside that follows the mention ending before `at`: ", the
    /// head of the party," or "(AAH)".
    pub fn past_aside(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 20;
        let opens = self.words.get(at)?;
        let mark = |i: usize| self.reading.words(self.words[i].span);
        let closes: &[&str] = match self.reading.words(opens.span) {
            "," => &[","],
            "(" => &[")"],
            "–" | "—" => &["–", "—"],
            _ => return None,
        };
        let close = (at + 1..self.words.len().min(at + 1 + LONGEST))
            .find(|i| closes.contains(&mark(*i)))?;
        Some(close + 1)
    }

    /// Holders named together with the one whose mention begins at word `at`: "A, B and C".
    pub fn named_with(&self, mut at: usize) -> Vec<&MentionAt> {
        let article =
            |at: usize| at > 0 && matches!(self.words[at - 1].lower.as_str(), "the" | "a" | "an");
        let mut found = Vec::new();
        while article(at) {
            at -= 1;
        }
        while at > 0 {
            let joined = self.words[at - 1].kind == Kind::Comma
                || matches!(self.words[at - 1].lower.as_str(), "and" | "or");
            let mut before = at - 1;
            if before > 0 && self.words[before - 1].kind == Kind::Comma {
                before -= 1;
            }
            let Some(other) = self.mentions.iter().find(|m| m.end == before) else {
                break;
            };
            // a comma alone joins only if an "and" stood further right
            if !joined || (found.is_empty() && self.words[at - 1].kind == Kind::Comma) {
                break;
            }
            found.push(other);
            at = other.start;
            while article(at) {
                at -= 1;
            }
        }
        found
    }
}
