//! Words that stand in the record almost as they are quoted.

use std::rc::Rc;

use super::align::{Aligned, Step, Word, align, words};
use super::article::{Article, Part, number};
use super::look::{Look, sorted};
use super::{Checked, Place, Verdict, places, whose};
use crate::Trouble;

/// How many sentences before and after one that is alike are compared.
const AROUND: usize = 3;
/// How many articles are compared word by word.
const COMPARED: usize = 40;

/// The places most like a piece that does not stand in the record as it is.
pub fn check(look: &Look<'_>, piece: &str) -> Result<Checked, Trouble> {
    for length in places::LENGTHS {
        let texts = look.with_some(piece, length)?;
        let checked = compare(look, piece, texts)?;
        if checked.verdict != Verdict::NotOnRecord {
            return Ok(checked);
        }
    }
    compare(look, piece, places::Texts::new())
}

/// The same in these texts.
fn compare(look: &Look<'_>, piece: &str, texts: places::Texts) -> Result<Checked, Trouble> {
    let wanted = words(piece);
    let (mut joined, mut near) = (Vec::new(), Vec::new());
    for ((id, is_title), sentences) in texts.into_iter().take(COMPARED) {
        let Some(article) = Article::of(look.record, &id, is_title)?.map(Rc::new) else {
            continue;
        };
        if let Some(parts) = over_an_attribution(&article, &wanted) {
            let mut place = look.judged(&article, parts)?;
            place.notes.push(
                "the source parts these words by other words (who speaks, say): close the quotation marks there, \
                 or mark the gap"
                    .to_owned(),
            );
            joined.push(place);
            continue;
        }
        if let Some(best) = best(&article, &sentences, &wanted) {
            near.push(place(look, &article, best, wanted.len())?);
        }
    }
    let verdict = match (joined.is_empty(), near.is_empty()) {
        (false, _) => Verdict::Exact,
        (true, false) => Verdict::Near,
        (true, true) => Verdict::NotOnRecord,
    };
    let places = sorted(
        if joined.is_empty() { near } else { joined },
        look.speaker.is_some(),
    );
    Ok(Checked {
        verdict,
        total: places.len() as u64,
        more: false,
        places,
        notes: Vec::new(),
        pieces: Vec::new(),
    })
}

/// The pieces of one statement that hold the words one after another; punctuation does not
/// count, since it changes where a quotation is parted.
fn over_an_attribution(article: &Article, wanted: &[Word]) -> Option<Vec<Part>> {
    article.statements.iter().find_map(|row| {
        let mut all: Vec<(usize, Word)> = Vec::new();
        for (n, part) in whose::content(row).into_iter().enumerate() {
            let of_piece = words(&article.words(part)).into_iter();
            all.extend(of_piece.map(|mut word| {
                word.start += part.0;
                word.end += part.0;
                (n, word)
            }));
        }
        let same =
            |some: &&[(usize, Word)]| some.iter().zip(wanted).all(|((_, a), b)| a.key == b.key);
        let found = all.windows(wanted.len()).find(same)?;
        let pieces = found.chunk_by(|a, b| a.0 == b.0);
        let parts: Vec<Part> = pieces
            .filter_map(|piece| Some((piece.first()?.1.start, piece.last()?.1.end)))
            .collect();
        (parts.len() > 1).then_some(parts)
    })
}

/// The part of the article most like the words, if it is like enough.
fn best(article: &Article, sentences: &[usize], wanted: &[Word]) -> Option<Aligned> {
    let all = words(&article.text);
    let mut windows: Vec<Part> = Vec::new();
    for n in sentences {
        let place = |n: usize| article.sentences.iter().find(|row| number(row, "n") == n);
        let last = article.sentences.last().map_or(0, |row| number(row, "n"));
        let start = place(n.saturating_sub(AROUND)).map_or(0, |row| number(row, "start"));
        let end = place((n + AROUND).min(last)).map_or(usize::MAX, |row| number(row, "end"));
        windows.push((start, end));
    }
    if windows.is_empty() {
        windows.push((0, usize::MAX));
    }
    let aligned = windows.into_iter().filter_map(|(start, end)| {
        let text: Vec<Word> = all
            .iter()
            .filter(|word| start <= word.start && word.end <= end)
            .cloned()
            .collect();
        align(wanted, &text)
    });
    let share = |aligned: &Aligned| (aligned.similarity() * 1e6) as i64;
    aligned
        .filter(|aligned| like(aligned, wanted.len()))
        .max_by_key(|aligned| (share(aligned), std::cmp::Reverse(aligned.start)))
}

/// Whether so much is the same that it can be the same utterance.
fn like(aligned: &Aligned, count: usize) -> bool {
    let enough = match count {
        0..=2 => return false,
        3..=5 => count - 1,
        _ => (count * 3).div_ceil(5),
    };
    aligned.same >= enough && aligned.similarity() >= 0.5
}

fn place(
    look: &Look<'_>,
    article: &Rc<Article>,
    aligned: Aligned,
    count: usize,
) -> Result<Place, Trouble> {
    let mut place = look.judged(article, vec![(aligned.start, aligned.end)])?;
    if aligned
        .steps
        .iter()
        .all(|step| matches!(step, Step::Both(_)))
    {
        place
            .notes
            .push("the words are the same; punctuation differs".to_owned());
    } else {
        place
            .notes
            .push(format!("{} of {count} words are the same", aligned.same));
    }
    if let Some(word) = aligned.steps.iter().find_map(turns) {
        place.notes.push(format!(
            "CAUTION: “{word}” stands in only one of the two: it may turn the meaning"
        ));
    }
    place.similarity = aligned.similarity();
    place.steps = aligned.steps;
    Ok(place)
}

/// A word of a difference that can turn the meaning around.
fn turns(step: &Step) -> Option<&str> {
    const TURNING: [&str; 14] = [
        "not", "no", "never", "none", "nor", "neither", "cannot", "without", "nothing", "nobody",
        "only", "unless", "until", "except",
    ];
    let (Step::Quotation(words) | Step::Source(words)) = step else {
        return None;
    };
    words.split_whitespace().find(|word| {
        let word = word.to_lowercase();
        TURNING.contains(&word.as_str()) || word.ends_with("n't") || word.ends_with("n’t")
    })
}
