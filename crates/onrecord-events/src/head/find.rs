//! Labels and links to triggers with their parties.

use std::ops::Range;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, EventType, Sentence};
use onrecord_net::{Tagged, Tagger};

use super::examples::can_name;
use super::features::features;

/// A trigger that the head found.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// Its words, by number in the sentence.
    pub words: Range<usize>,
    /// The one of them on which the others hang.
    pub word: usize,
    /// The type it names.
    pub event_type: EventType,
    /// How sure that it is an event, in hundredths ...
    pub event: u8,
    /// ... and that it is one of this type.
    pub percent: u8,
    /// The type that comes next, and how sure of that.
    pub second: (EventType, u8),
    /// The head of the words for who acts ...
    pub actor: Option<usize>,
    /// ... and for who is acted upon.
    pub recipient: Option<usize>,
}

/// What the head makes of a sentence: labels, links, and the triggers in them.
#[derive(Clone, Debug, Default)]
pub struct Labelled {
    tagged: Tagged,
    /// The triggers, in order.
    pub triggers: Vec<Trigger>,
}

/// Reads a sentence; one without a tree, or read by another encoder, gives nothing.
pub fn label(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    head: &Tagger,
    sentence: &Sentence,
) -> Labelled {
    let words = sentence.words.iter().enumerate();
    let parents: Vec<usize> = words.map(|(at, word)| word.head.unwrap_or(at)).collect();
    let told = features(reading, lexicon, sentence);
    let tagged = head.read(&sentence.vectors, &told, parents);
    let triggers = runs(&tagged.labels)
        .into_iter()
        .filter_map(|(words, label)| trigger(sentence, head, &tagged, words, label))
        .collect();
    Labelled { tagged, triggers }
}

fn trigger(
    sentence: &Sentence,
    head: &Tagger,
    tagged: &Tagged,
    words: Range<usize>,
    label: usize,
) -> Option<Trigger> {
    let span = sentence.words[words.start]
        .span
        .join(sentence.words[words.end - 1].span);
    let word = sentence
        .head_in(span)
        .filter(|at| can_name(&sentence.words[*at]))?;
    let linked = |kind: usize| {
        let links = head.links(tagged, kind, word);
        let best = (0..links.len()).fold(
            0,
            |best, at| if links[at] > links[best] { at } else { best },
        );
        best.checked_sub(1).filter(|at| !words.contains(at))
    };
    let mean = |share: &dyn Fn(usize) -> f32| {
        let sum: f32 = words.clone().map(share).sum();
        (sum / words.len() as f32 * 100.0) as u8
    };
    let mut next = (EventType::ALL[0], 0);
    for (at, event_type) in EventType::ALL.into_iter().enumerate() {
        let percent = mean(&|word| tagged.shares_of(word)[at + 1]);
        if at + 1 != label && percent > next.1 {
            next = (event_type, percent);
        }
    }
    Some(Trigger {
        word,
        second: next,
        event_type: *EventType::ALL.get(label - 1)?,
        event: mean(&|at| 1.0 - tagged.shares_of(at)[0]),
        percent: mean(&|at| tagged.sure[at]),
        actor: linked(0),
        recipient: linked(1),
        words,
    })
}

/// The word that came nearest to being a trigger without being one: its number in the sentence,
/// the type it would name, and how sure that it is an event, in hundredths.
pub fn nearly(sentence: &Sentence, labelled: &Labelled) -> Option<(usize, EventType, u8)> {
    let taken = |at: usize| labelled.triggers.iter().any(|t| t.words.contains(&at));
    let mut best: Option<(usize, EventType, u8)> = None;
    for (at, word) in sentence.words.iter().enumerate() {
        let Some(shares) = labelled.tagged.labels.get(at) else {
            break;
        };
        if *shares > 0 || taken(at) || !can_name(word) {
            continue;
        }
        let shares = labelled.tagged.shares_of(at);
        let percent = ((1.0 - shares[0]) * 100.0) as u8;
        let likeliest = (1..shares.len()).fold(1, |b, i| if shares[i] > shares[b] { i } else { b });
        if let Some(event_type) = EventType::ALL.get(likeliest - 1)
            && best.is_none_or(|(.., most)| percent > most)
        {
            best = Some((at, *event_type, percent));
        }
    }
    best
}

/// Runs of one label, none left out.
fn runs(labels: &[usize]) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (at, label) in labels.iter().enumerate().filter(|(_, label)| **label > 0) {
        match found.last_mut() {
            Some((run, same)) if run.end == at && same == label => run.end += 1,
            _ => found.push((at..at + 1, *label)),
        }
    }
    found
}

/// For each of [`EventType::ALL`] the share that some word of the sentence names an event of
/// this type with these parties, given by the heads of their words; a party that is not given
/// may be any. The shares do not sum to one: what is missing is the share of no event.
pub fn pair(
    head: &Tagger,
    sentence: &Sentence,
    labelled: &Labelled,
    actor: Option<usize>,
    recipient: Option<usize>,
) -> [f32; 16] {
    let mut found = [0.0; 16];
    let tagged = &labelled.tagged;
    for (word, _) in sentence
        .words
        .iter()
        .enumerate()
        .filter(|(_, w)| can_name(w))
    {
        let linked = |kind: usize, to: Option<usize>| {
            to.map_or(1.0, |to| {
                head.links(tagged, kind, word)
                    .get(to + 1)
                    .copied()
                    .unwrap_or(0.0)
            })
        };
        let both = linked(0, actor) * linked(1, recipient);
        for (sum, share) in found.iter_mut().zip(tagged.shares_of(word).iter().skip(1)) {
            *sum += share * both;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_one_label() {
        let found = runs(&[0, 3, 3, 4, 0, 4]);
        assert_eq!(found, [(1..3, 3), (3..4, 4), (5..6, 4)]);
    }
}
