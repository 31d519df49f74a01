//! What the head is trained on: every word of a labelled sentence, with what is right.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, EventType, Sentence, Span, Upos, Word};

use super::features::features;

/// An event as it is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gold {
    /// The words that name it.
    pub trigger: Span,
    /// Its type.
    pub event_type: EventType,
    /// The noun phrases of those who act ...
    pub actors: Vec<Span>,
    /// ... and of those who are acted upon.
    pub recipients: Vec<Span>,
}

/// Two parties and the types of which an event between them is; none: there is no event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Who acts.
    pub actor: Span,
    /// Who is acted upon.
    pub recipient: Span,
    /// One of these.
    pub types: Vec<EventType>,
}

/// Words of sentences as tables of numbers.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// `[word][width]`
    pub vectors: Vec<f32>,
    /// `[word][6]`: article; sentence, counted over all articles; the word it depends on, by
    /// its number in the sentence, or itself; label; links to actor and recipient. Labels: 0
    /// none, then [`EventType::ALL`]; -1 where only pairs are known and the word could name
    /// an event. Links: of the words of a
    /// trigger the head of a party, from 1, 0 if there is none; -1 for other words.
    pub words: Vec<[i32; 6]>,
    /// `[pair][4]`: sentence; heads of actor and recipient, from 0; the types as bits, bit 0
    /// for no event.
    pub pairs: Vec<[i32; 4]>,
    /// `[word][QUESTIONS]`
    pub features: Vec<u16>,
    /// The words as they are written.
    pub forms: Vec<String>,
    articles: i32,
    sentences: i32,
}

/// Adds an article whose events are known, or whose pairs are.
pub fn examples(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    events: &[Gold],
    pairs: Option<&[Pair]>,
    to: &mut Examples,
) {
    for sentence in &reading.sentences {
        if sentence.words.is_empty() {
            continue;
        }
        // of which word a pair is the event is not known, but that it is one of these
        let open = |word: &Word| pairs.is_some() && can_name(word);
        let rows = sentence
            .words
            .iter()
            .map(|word| [-i32::from(open(word)), -1, -1]);
        let mut rows: Vec<[i32; 3]> = rows.collect();
        for event in events {
            let link = |spans: &[Span]| spans.iter().find_map(|s| head_of(sentence, *s));
            let (actor, recipient) = (link(&event.actors), link(&event.recipients));
            for (word, row) in sentence.words.iter().zip(&mut rows) {
                if word.span.overlaps(event.trigger) && row[0] == 0 {
                    let from_one = |at: Option<usize>| at.map_or(0, |at| int(at + 1));
                    *row = [
                        int(event.event_type as usize + 1),
                        from_one(actor),
                        from_one(recipient),
                    ];
                }
            }
        }
        for pair in pairs.unwrap_or_default() {
            let ends = head_of(sentence, pair.actor).zip(head_of(sentence, pair.recipient));
            let Some((actor, recipient)) = ends.filter(|(a, r)| a != r) else {
                continue;
            };
            let types: i32 = pair.types.iter().map(|event| 2 << *event as usize).sum();
            to.pairs
                .push([to.sentences, int(actor), int(recipient), types.max(1)]);
        }
        to.vectors.extend_from_slice(&sentence.vectors);
        to.features.extend(features(reading, lexicon, sentence));
        for ((at, word), [label, actor, recipient]) in sentence.words.iter().enumerate().zip(rows) {
            to.forms.push(reading.words(word.span).to_owned());
            let parent = int(word.head.unwrap_or(at));
            to.words
                .push([to.articles, to.sentences, parent, label, actor, recipient]);
        }
        to.sentences += 1;
    }
    to.articles += 1;
}

/// Whether a word can name an event: a verb, a noun or an adjective.
pub fn can_name(word: &Word) -> bool {
    matches!(word.upos, Upos::Verb | Upos::Noun | Upos::Adj)
}

/// The head of the words that a span touches.
pub fn head_of(sentence: &Sentence, span: Span) -> Option<usize> {
    let touched = sentence.words.iter().filter(|w| w.span.overlaps(span));
    let whole = touched.map(|w| w.span).reduce(Span::join)?;
    sentence.head_in(whole)
}

fn int(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
