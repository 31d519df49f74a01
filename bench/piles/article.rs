//! Texts put otherwise: other names, days, numbers and words of the same kind.

use jiff::civil::Weekday;

use crate::source::{self, COUNTS, Paragraph, Part, Piece};
use crate::story::Telling;
use crate::words::{Random, capital};
use crate::{Bench, mixed, number_of_text};

/// Of a hundred words of a kind, how many are other ones.
const OTHER: [(&str, u64); 4] = [("NN", 55), ("JJ", 55), ("RB", 45), ("VB", 20)];

/// The words of one page.
pub struct Wording<'a> {
    bench: &'a Bench,
    telling: &'a Telling<'a>,
    seed: u64,
}

impl<'a> Wording<'a> {
    pub fn new(bench: &'a Bench, telling: &'a Telling<'a>, n: u64) -> Wording<'a> {
        let seed = mixed(&[bench.seed, n, 6]);
        Wording {
            bench,
            telling,
            seed,
        }
    }

    /// Title and paragraphs.
    pub fn article(&self, plan: &[&Paragraph]) -> (String, Vec<String>) {
        let paragraphs = plan.iter().map(|paragraph| self.text(paragraph)).collect();
        (self.title(), paragraphs)
    }

    /// The first text's title, or the first words of its body.
    pub fn title(&self) -> String {
        let text = self.telling.texts[0];
        let whole = match (&text.title, text.paragraphs.first()) {
            (Some(title), _) => self.text(title),
            (None, first) => first.map(|first| self.text(first)).unwrap_or_default(),
        };
        let words: Vec<&str> = whole.split(' ').take(12).collect();
        words.join(" ").trim_end_matches(['.', ',']).to_owned()
    }

    fn text(&self, paragraph: &Paragraph) -> String {
        let mut text = String::new();
        for piece in &paragraph.pieces {
            let new = self.piece(piece);
            if piece.space && !text.is_empty() {
                agree(&mut text, &new);
                text.push(' ');
            }
            text.push_str(&new);
        }
        text
    }

    fn piece(&self, piece: &Piece) -> String {
        let old = piece.text.as_str();
        let story = mixed(&[self.telling.story, self.bench.seed, number_of_text(old)]);
        let counted = || source::number_of(old).unwrap_or(0);
        match piece.part {
            Part::Keep => old.to_owned(),
            Part::Word(tag) => self.word(old, tag),
            Part::Name(_) => self.telling.names.of(old).to_owned(),
            Part::Demonym => self
                .telling
                .names
                .demonym(old)
                .unwrap_or_else(|| old.to_owned()),
            Part::Weekday => {
                let day = self.telling.date.weekday().since(Weekday::Monday) as usize;
                source::weekday(day + 7 - story as usize % 4).to_owned()
            }
            Part::Month => {
                let month = self.telling.date.month() as usize - 1;
                source::month(month + 12 - story as usize % 9).to_owned()
            }
            Part::Count => COUNTS[(counted() + story as usize % 5) % COUNTS.len()].to_owned(),
            Part::Digits => self.digits(old, story),
        }
    }

    fn word(&self, old: &str, tag: &'static str) -> String {
        let lower = old.to_lowercase();
        let mut random = Random::new(mixed(&[self.seed, number_of_text(&lower)]));
        let other = OTHER.iter().find(|(kind, _)| tag.starts_with(kind));
        let words = self.bench.vocabulary.tagged(tag);
        if words.is_empty() || !random.chance(other.map_or(0, |(_, share)| *share)) {
            return old.to_owned();
        }
        let new = &words[random.rank(words.len() as u64) as usize];
        match old.starts_with(char::is_uppercase) {
            true => capital(new),
            false => new.clone(),
        }
    }

    /// A year moves with the story; other digits become others.
    fn digits(&self, old: &str, story: u64) -> String {
        let year = old
            .parse::<i16>()
            .ok()
            .filter(|year| (1900..2100).contains(year));
        if let Some(year) = year {
            let moved = self.telling.date.year() - self.telling.texts[0].year;
            return (year + moved).clamp(1800, 2030).to_string();
        }
        if let Some(day) = old.parse::<u64>().ok().filter(|day| *day <= 31) {
            return (1 + (day + story) % 28).to_string();
        }
        let mut random = Random::new(story);
        let mut put = |c: char| match c.is_ascii_digit() {
            true => char::from(b'1' + random.below(9) as u8),
            false => c,
        };
        old.chars().map(&mut put).collect()
    }
}

/// "a" and "an" as the next word needs it.
fn agree(text: &mut String, next: &str) {
    let before = text.rsplit(' ').next().unwrap_or_default();
    let vowel = next.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']);
    let right = match (before, vowel) {
        ("a", true) => "an",
        ("an", false) => "a",
        ("A", true) => "An",
        ("An", false) => "A",
        _ => return,
    };
    text.truncate(text.len() - before.len());
    text.push_str(right);
}
