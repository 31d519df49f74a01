//! Labels and links to attributions, over the sentences of an article.

use std::ops::Range;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Sentence, Span};
use onrecord_net::{Tagged, Tagger};

use super::examples::Attribution;
use super::features::{Quotes, features};

/// An attribution that the head found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The sentence of its cue, or, without one, of its first content.
    pub sentence: usize,
    /// Its words.
    pub attribution: Attribution,
    /// How sure of the labels of its cue, or, without one, of its content: in hundredths.
    pub percent: u8,
}

/// A sentence of more words is a table or a list without stops: nothing is looked for in it.
const LONGEST: usize = 500;

/// A run of words with one role.
struct Piece {
    words: Range<usize>,
    /// Whether it goes on from the sentence before.
    goes_on: bool,
}

/// The pieces of a sentence by role: sources, cues, content.
fn pieces(labels: &[usize]) -> [Vec<Piece>; 3] {
    let mut found = [const { Vec::new() }; 3];
    let mut before = 0;
    for (at, label) in labels.iter().enumerate() {
        if *label > 0 {
            let role: &mut Vec<Piece> = &mut found[(label - 1) / 2];
            let further = label % 2 == 0 && (before == *label || before + 1 == *label);
            match role.last_mut() {
                Some(piece) if further => piece.words.end = at + 1,
                _ => role.push(Piece {
                    words: at..at + 1,
                    goes_on: label % 2 == 0 && at == 0,
                }),
            }
        }
        before = *label;
    }
    found
}

/// The attributions of an article, in the order of their sentences.
pub fn find(reading: &ArticleReading, lexicon: &Lexicon, head: &Tagger) -> Vec<Found> {
    let mut all = Finder {
        reading,
        quotes: Quotes::of(reading),
        found: Vec::new(),
        contents: Vec::new(),
        cues: vec![None; reading.sentences.len()],
    };
    for (n, sentence) in reading.sentences.iter().enumerate() {
        if sentence.words.is_empty() || sentence.words.len() > LONGEST {
            continue;
        }
        let parents: Vec<usize> = sentence
            .words
            .iter()
            .enumerate()
            .map(|(at, word)| word.head.unwrap_or(at))
            .collect();
        let told = features(reading, lexicon, &all.quotes, n);
        let read = head.read(&sentence.vectors, &told, parents.clone());
        if read.labels.iter().any(|label| *label > 0) {
            all.sentence(sentence, head, &read, &parents);
        }
    }
    all.settle();
    all.found
}

/// The word of a sentence that came nearest to being a cue without being one: its number and
/// how sure that it is one, in hundredths. `None` where the sentence has a cue, or no tree.
pub fn nearly(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    head: &Tagger,
    n: usize,
) -> Option<(usize, u8)> {
    let sentence = reading.sentences.get(n)?;
    if sentence.words.is_empty() || sentence.words.len() > LONGEST {
        return None;
    }
    let words = sentence.words.iter().enumerate();
    let parents: Vec<usize> = words.map(|(at, word)| word.head.unwrap_or(at)).collect();
    let told = features(reading, lexicon, &Quotes::of(reading), n);
    let read = head.read(&sentence.vectors, &told, parents);
    // Labels 3 and 4 begin and go on with a cue.
    if read.labels.iter().any(|label| matches!(label, 3 | 4)) {
        return None;
    }
    let cue = |at: usize| ((read.shares_of(at)[3] + read.shares_of(at)[4]) * 100.0) as u8;
    (0..read.labels.len()).fold(None, |best: Option<(usize, u8)>, at| match best {
        Some((_, most)) if most >= cue(at) => best,
        _ => Some((at, cue(at))),
    })
}

struct Finder<'a> {
    reading: &'a ArticleReading,
    quotes: Quotes<'a>,
    found: Vec<Found>,
    contents: Vec<Content>,
    /// The last cue of each sentence.
    cues: Vec<Option<usize>>,
}

/// A piece of content in one sentence.
struct Content {
    sentence: usize,
    span: Span,
    /// Whether it goes on from the sentence before.
    goes_on: bool,
    percent: u8,
    /// The attribution it belongs to, once that is known.
    owner: Option<usize>,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: &Sentence, head: &Tagger, read: &Tagged, parents: &[usize]) {
        let [sources, cues, contents] = pieces(&read.labels);
        let span = |words: &Range<usize>| {
            sentence.words[words.start]
                .span
                .join(sentence.words[words.end - 1].span)
        };
        let share = |links: &[f32], words: &Range<usize>| -> f32 {
            links[words.start + 1..words.end + 1].iter().sum()
        };
        let sure = |words: &Range<usize>| {
            let all = &read.sure[words.clone()];
            (all.iter().sum::<f32>() / all.len() as f32 * 100.0) as u8
        };
        let mut here: Vec<Found> = cues
            .iter()
            .map(|cue| {
                let links = head.links(read, 0, cue.words.start);
                let best = likeliest(sources.iter().map(|s| share(&links, &s.words)), links[0]);
                Found {
                    sentence: sentence.n,
                    attribution: Attribution {
                        source: best.map(|s| span(&sources[s].words)).into_iter().collect(),
                        cue: vec![span(&cue.words)],
                        content: Vec::new(),
                    },
                    percent: sure(&cue.words),
                }
            })
            .collect();
        let (base, first) = (self.found.len(), self.contents.len());
        for content in &contents {
            let mut elsewhere = 0.0;
            let mut shares = vec![0.0; cues.len()];
            for word in content.words.clone() {
                let links = head.links(read, 0, word);
                elsewhere += links[0];
                for (sum, cue) in shares.iter_mut().zip(&cues) {
                    *sum += share(&links, &cue.words);
                }
            }
            let said = span(&content.words);
            // unquoted words in the middle of a sentence were said by somebody in it
            let inside = !content.goes_on && content.words.start > 0 && !self.is_quoted(said);
            let owner = match likeliest(shares.into_iter(), elsewhere) {
                None if inside => nearest(&cues, &content.words),
                owner => owner,
            };
            self.contents.push(Content {
                sentence: sentence.n,
                span: said,
                goes_on: content.goes_on,
                percent: sure(&content.words),
                owner: owner.map(|cue| base + cue),
            });
        }
        inherit(&mut here, &cues, parents);
        join_cues(&self.contents[first..], base, &mut here);
        self.found.extend(here);
        if self.found.len() > base {
            self.cues[sentence.n] = Some(self.found.len() - 1);
        }
    }

    /// Gives content without a cue to the attribution it belongs to.
    fn settle(&mut self) {
        // a quotation over several sentences with its cue behind it
        for at in (0..self.contents.len().saturating_sub(1)).rev() {
            let (content, next) = (&self.contents[at], &self.contents[at + 1]);
            let runs_on = next.goes_on && next.sentence == content.sentence + 1;
            if content.owner.is_none() && runs_on {
                self.contents[at].owner = next.owner;
            }
        }
        for at in 0..self.contents.len() {
            if self.contents[at].owner.is_none() {
                let owner = self.before(at).or_else(|| self.announced(at));
                let content = &mut self.contents[at];
                content.owner = Some(owner.unwrap_or(self.found.len()));
                if owner.is_none() {
                    self.found.push(Found {
                        sentence: content.sentence,
                        attribution: Attribution::default(),
                        percent: content.percent,
                    });
                }
            }
        }
        for content in &self.contents {
            if let Some(owner) = content.owner {
                self.found[owner].attribution.content.push(content.span);
            }
        }
        self.found.retain(|f| !f.attribution.content.is_empty());
        self.found.sort_by_key(|f| f.sentence);
        let text = self.reading.article.text.as_str();
        for found in &mut self.found {
            let content = &mut found.attribution.content;
            *content = whole(text, content);
        }
    }

    /// The attribution of the sentence before, where this goes on from it or both are
    /// quotations in one paragraph.
    fn before(&self, at: usize) -> Option<usize> {
        let sentences = &self.reading.sentences;
        let content = &self.contents[at];
        let last = content.sentence.checked_sub(1)?;
        let same = sentences[last].paragraph == sentences[content.sentence].paragraph;
        let speech = same && self.is_quoted(content.span);
        let earlier = self.contents[..at].iter().rev();
        let mut near = earlier.take_while(|c| c.sentence >= last);
        let near = near.find(|c| {
            let alike = self.is_quoted(c.span) == self.is_quoted(content.span);
            c.sentence == last && alike && (content.goes_on || speech)
        })?;
        near.owner
    }

    fn is_quoted(&self, span: Span) -> bool {
        self.quotes.touching(span).is_some()
    }

    /// The attribution without content that ends the sentence before: "She said:".
    fn announced(&self, at: usize) -> Option<usize> {
        let content = &self.contents[at];
        let before = content.sentence.checked_sub(1)?;
        let last = self.cues[before]?;
        let sentences = &self.reading.sentences;
        let colon = self
            .reading
            .words(sentences[before].span)
            .ends_with([':', '—', '–']);
        let starts = sentences[content.sentence].span.start == content.span.start;
        let earlier = self.contents[..at].iter().rev();
        let mut near = earlier.take_while(|c| c.sentence >= before);
        (colon && starts && near.all(|c| c.owner != Some(last))).then_some(last)
    }
}

/// The pieces in order; those that only white space parts are made one.
pub fn whole(text: &str, pieces: &[Span]) -> Vec<Span> {
    let mut sorted = pieces.to_vec();
    sorted.sort();
    let mut found: Vec<Span> = Vec::new();
    for piece in sorted {
        match found.last_mut() {
            Some(last)
                if last.end <= piece.start
                    && Span::new(last.end, piece.start).trim(text).is_empty() =>
            {
                *last = last.join(piece);
            }
            _ => found.push(piece),
        }
    }
    found
}

/// "was quoted ... as saying": a cue without content is part of the one before.
fn join_cues(contents: &[Content], base: usize, here: &mut [Found]) {
    for at in 1..here.len() {
        let (before, rest) = here.split_at_mut(at);
        let (before, one) = (&mut before[at - 1].attribution, &mut rest[0].attribution);
        let empty = contents.iter().all(|c| c.owner != Some(base + at));
        if empty && one.source == before.source {
            before.cue.append(&mut one.cue);
        }
    }
}

/// Gives a cue without a source that of the cue it depends on: "said X, adding that", "warned
/// and promised".
fn inherit(here: &mut [Found], cues: &[Piece], parents: &[usize]) {
    for at in 0..here.len() {
        if !here[at].attribution.source.is_empty() {
            continue;
        }
        let mut word = cues[at].words.end - 1;
        for _ in 0..parents.len() {
            word = parents[word];
            let above = cues.iter().position(|cue| cue.words.contains(&word));
            if let Some(above) = above.filter(|above| *above != at) {
                here[at].attribution.source = here[above].attribution.source.clone();
                break;
            }
        }
    }
}

/// The cue with the fewest words between.
fn nearest(cues: &[Piece], words: &Range<usize>) -> Option<usize> {
    let far = |cue: &Piece| {
        let behind = cue.words.start.saturating_sub(words.end);
        behind + words.start.saturating_sub(cue.words.end)
    };
    (0..cues.len()).min_by_key(|at| far(&cues[*at]))
}

/// The greatest share, if it is greater than that of elsewhere.
fn likeliest(shares: impl Iterator<Item = f32>, elsewhere: f32) -> Option<usize> {
    let mut best = None;
    for (at, share) in shares.enumerate() {
        if share > best.map_or(elsewhere, |(_, most)| most) {
            best = Some((at, share));
        }
    }
    best.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_make_pieces() {
        // goes on from before | nothing | source | source | cue, cue | content
        let [sources, cues, contents] = pieces(&[6, 6, 0, 1, 1, 2, 3, 4, 5, 6]);
        let words = |all: &[Piece]| all.iter().map(|p| p.words.clone()).collect::<Vec<_>>();
        assert_eq!(words(&sources), [3..4, 4..6]);
        assert_eq!(words(&cues), [Range { start: 6, end: 8 }]);
        assert_eq!(words(&contents), [0..2, 8..10]);
        assert!(contents[0].goes_on && !contents[1].goes_on);
    }

    #[test]
    fn pieces_that_only_white_space_parts_are_one() {
        let text = "One. Two, three.";
        let spans = [Span::new(10, 16), Span::new(0, 4), Span::new(5, 9)];
        assert_eq!(whole(text, &spans), [Span::new(0, 16)]);
        let apart = [Span::new(0, 4), Span::new(10, 16)];
        assert_eq!(whole(text, &apart), apart);
    }

    #[test]
    fn the_greatest_share_wins_if_it_beats_elsewhere() {
        assert_eq!(likeliest([0.2, 0.5, 0.3].into_iter(), 0.4), Some(1));
        assert_eq!(likeliest([0.2, 0.3].into_iter(), 0.5), None);
        assert_eq!(likeliest([].into_iter(), 0.0), None);
    }
}
