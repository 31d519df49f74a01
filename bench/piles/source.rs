//! Texts that pages are made of, cut into pieces of which some can be put otherwise.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use onrecord::lexicon::Lexicon;
use onrecord::model::{Article, NameKind, RawPage, Sentence, Upos, sha256_hex};
use onrecord_formats::{Kind, Options, kind_of, pages};
use onrecord_language::Engine;

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Numbers in words that stand for one another.
pub const COUNTS: [&str; 11] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// What may stand in the place of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Nothing else.
    Keep,
    /// Another word of the same tag.
    Word(&'static str),
    /// Another name.
    Name(NameKind),
    /// What comes from the place of that name, if it is one.
    Demonym,
    Weekday,
    Month,
    /// Another number of as many digits; of a year, a year.
    Digits,
    /// Another number in words.
    Count,
}

/// A word or a name, with the white space before it.
#[derive(Clone, Debug)]
pub struct Piece {
    pub space: bool,
    pub text: String,
    pub part: Part,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    pub pieces: Vec<Piece>,
    pub sentences: usize,
}

/// An article that pages are made of.
#[derive(Debug)]
pub struct Source {
    pub name: String,
    pub year: i16,
    pub title: Option<Paragraph>,
    pub paragraphs: Vec<Paragraph>,
}

/// The articles of all pages in a folder, in order of their files' names.
pub fn read(folder: &Path) -> Result<Vec<Source>, Box<dyn Error>> {
    let lexicon = Lexicon::built_in();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        for raw in raw_pages(&path, &name)? {
            let Ok((page, _)) = onrecord::pages::decode(&raw) else {
                continue;
            };
            for article in onrecord::pages::articles(&page, &Default::default(), lexicon).articles {
                let place = format!("{} {}", raw.uri, article.n);
                sources.extend(source(place, &article, lexicon));
            }
        }
    }
    match sources.is_empty() {
        true => Err(format!("{}: no article in it", folder.display()).into()),
        false => Ok(sources),
    }
}

fn raw_pages(path: &Path, name: &str) -> Result<Vec<RawPage>, Box<dyn Error>> {
    let mut bytes = Vec::new();
    match name.ends_with(".gz") {
        true => MultiGzDecoder::new(File::open(path)?).read_to_end(&mut bytes)?,
        false => File::open(path)?.read_to_end(&mut bytes)?,
    };
    let mut file = Cursor::new(bytes);
    let kind = kind_of(name, &mut file)?;
    if kind != Kind::Page {
        let found = pages(kind, name, file, &Options::default());
        return Ok(found.flatten().collect());
    }
    let bytes = file.into_inner();
    Ok(vec![RawPage {
        uri: name.to_owned(),
        sha256: sha256_hex(&bytes),
        bytes,
        ..RawPage::default()
    }])
}

/// Nothing of an article too short to be one.
fn source(name: String, article: &Article, lexicon: &Lexicon) -> Option<Source> {
    let paragraphs = paragraphs(article, lexicon);
    let sentences: usize = paragraphs.iter().map(|p| p.sentences).sum();
    if sentences < 5 {
        return None;
    }
    let title = article.title.as_ref().and_then(|title| {
        let line = Article::new("title".to_owned(), 1, title.clone());
        paragraphs_of_title(&line, lexicon)
    });
    Some(Source {
        name,
        year: article.published.map_or(2019, |date| date.year_number()),
        title,
        paragraphs,
    })
}

fn paragraphs_of_title(line: &Article, lexicon: &Lexicon) -> Option<Paragraph> {
    paragraphs(line, lexicon).into_iter().next()
}

fn paragraphs(article: &Article, lexicon: &Lexicon) -> Vec<Paragraph> {
    let (mut sentences, _) = onrecord_language::sentences(article, lexicon);
    onrecord_language::parse(&article.text, &mut sentences, Engine::built_in(), lexicon);
    let mut found: BTreeMap<usize, Paragraph> = BTreeMap::new();
    for sentence in &sentences {
        let paragraph = found.entry(sentence.paragraph).or_default();
        paragraph.sentences += 1;
        pieces(&article.text, sentence, &mut paragraph.pieces);
    }
    found.into_values().collect()
}

/// Cuts a sentence into its names and, between them, its tokens.
fn pieces(text: &str, sentence: &Sentence, into: &mut Vec<Piece>) {
    let mut at = None;
    let mut push = |start: usize, end: usize, part| {
        // The first of a sentence is parted from the one before.
        let space = at.is_none_or(|at| at < start);
        at = Some(end);
        into.push(Piece {
            space,
            text: text[start..end].to_owned(),
            part,
        });
    };
    let mut n = 0;
    while let Some(token) = sentence.tokens.get(n) {
        let name = sentence
            .names
            .iter()
            .find(|name| name.span.start <= token.span.start && token.span.end <= name.span.end);
        if let Some(name) = name {
            push(name.span.start, name.span.end, Part::Name(name.kind));
            while sentence
                .tokens
                .get(n)
                .is_some_and(|t| t.span.end <= name.span.end)
            {
                n += 1;
            }
            continue;
        }
        let mut words = sentence.words.iter().filter(|word| word.token == n);
        let part = match (words.next(), words.next()) {
            (Some(word), None) => part(token.span.of(text), word.upos, word.xpos.as_str()),
            _ => Part::Keep,
        };
        push(token.span.start, token.span.end, part);
        n += 1;
    }
}

fn part(text: &str, upos: Upos, xpos: &'static str) -> Part {
    let plain = text.len() > 2 && text.chars().all(char::is_alphabetic);
    if WEEKDAYS.contains(&text) {
        Part::Weekday
    } else if MONTHS.contains(&text) && upos == Upos::Propn {
        Part::Month
    } else if COUNTS.contains(&text) {
        Part::Count
    } else if text.starts_with(|c: char| c.is_ascii_digit()) {
        Part::Digits
    } else if plain && text.starts_with(char::is_uppercase) {
        Part::Demonym
    } else if plain && matches!(upos, Upos::Noun | Upos::Adj | Upos::Verb | Upos::Adv) {
        Part::Word(xpos)
    } else {
        Part::Keep
    }
}

/// The words of the sources by tag, the frequent ones first.
#[derive(Debug)]
pub struct Vocabulary(BTreeMap<&'static str, Vec<String>>);

impl Vocabulary {
    pub fn of(sources: &[Source]) -> Vocabulary {
        let mut counts: BTreeMap<&'static str, BTreeMap<&str, usize>> = BTreeMap::new();
        let paragraphs = sources.iter().flat_map(|source| &source.paragraphs);
        for piece in paragraphs.flat_map(|paragraph| &paragraph.pieces) {
            if let Part::Word(tag) = piece.part {
                *counts
                    .entry(tag)
                    .or_default()
                    .entry(&piece.text)
                    .or_default() += 1;
            }
        }
        let ranked = |words: BTreeMap<&str, usize>| {
            let mut words: Vec<_> = words.into_iter().collect();
            words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            words.into_iter().map(|(word, _)| word.to_owned()).collect()
        };
        Vocabulary(
            counts
                .into_iter()
                .map(|(tag, words)| (tag, ranked(words)))
                .collect(),
        )
    }

    /// The words of a tag.
    pub fn tagged(&self, tag: &str) -> &[String] {
        self.0.get(tag).map_or(&[], Vec::as_slice)
    }
}

/// The number of a name in a list of weekdays, months or counts.
pub fn number_of(text: &str) -> Option<usize> {
    [&WEEKDAYS[..], &MONTHS[..], &COUNTS[..]]
        .iter()
        .find_map(|list| list.iter().position(|word| *word == text))
}

/// A weekday by its number from Monday, 0.
pub fn weekday(number: usize) -> &'static str {
    WEEKDAYS[number % 7]
}

/// A month by its number, January being 0.
pub fn month(number: usize) -> &'static str {
    MONTHS[number % 12]
}
