//! Looking for pieces of a quotation as they are.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use onrecord_record::Record;

use super::article::{Article, Part};
use super::fold::{Folded, Kind, differences};
use super::places::{self, Texts};
use super::whose::{self, Asked, Said};
use super::{Checked, Place, Verdict, near};
use crate::Trouble;
use crate::names::{Names, text};

/// How many articles are looked at closely.
const LOOKED_AT: usize = 40;
/// How often in one article the same words are told.
const EACH: usize = 5;

/// What is looked for, and in which record.
#[derive(Debug)]
pub struct Look<'r> {
    pub record: &'r Record,
    pub speaker: Option<&'r Asked>,
    pub names: &'r Names<'r>,
    /// Texts that were looked for, by piece and length of runs.
    known: RefCell<BTreeMap<(String, usize), Texts>>,
}

impl<'r> Look<'r> {
    pub fn new(record: &'r Record, speaker: Option<&'r Asked>, names: &'r Names<'r>) -> Look<'r> {
        Look {
            record,
            speaker,
            names,
            known: RefCell::default(),
        }
    }

    /// The texts that share runs of so many words with a piece.
    pub fn with_some(&self, piece: &str, length: usize) -> Result<Texts, Trouble> {
        let key = (piece.to_owned(), length);
        if let Some(texts) = self.known.borrow().get(&key) {
            return Ok(texts.clone());
        }
        let texts = places::with_some(self.record, piece, length)?;
        self.known.borrow_mut().insert(key, texts.clone());
        Ok(texts)
    }
}

impl Look<'_> {
    /// The articles in which all pieces stand in this order, sign for sign but for what is
    /// folded.
    pub fn exact(&self, pieces: &[String]) -> Result<Checked, Trouble> {
        let folded: Vec<Folded> = pieces.iter().map(|piece| Folded::of(piece)).collect();
        let longest = pieces.iter().max_by_key(|piece| piece.chars().count());
        let longest = longest.map_or("", String::as_str);
        let (mut texts, count) = places::with_all(self.record, longest)?;
        let mut found = self.in_texts(&texts, &folded, pieces)?;
        if texts.is_empty() {
            // It may run over several sentences. Single words would not tell in order.
            for length in places::LENGTHS.into_iter().filter(|length| *length > 1) {
                texts = self.with_some(longest, length)?;
                found = self.in_texts(&texts, &folded, pieces)?;
                if !found.is_empty() {
                    break;
                }
            }
        }
        let more = !found.is_empty() && (texts.len() > LOOKED_AT || count > places::COUNTED);
        Ok(Checked {
            verdict: match found.is_empty() {
                true => Verdict::NotOnRecord,
                false => Verdict::Exact,
            },
            total: found.len() as u64,
            more,
            places: sorted(found, self.speaker.is_some()),
            notes: Vec::new(),
            pieces: Vec::new(),
        })
    }

    fn in_texts(
        &self,
        texts: &Texts,
        folded: &[Folded],
        pieces: &[String],
    ) -> Result<Vec<Place>, Trouble> {
        let mut found = Vec::new();
        for (id, is_title) in texts.keys().take(LOOKED_AT) {
            let Some(article) = Article::of(self.record, id, *is_title)?.map(Rc::new) else {
                continue;
            };
            for parts in article.find(folded, EACH) {
                found.push(self.place(&article, parts, pieces)?);
            }
        }
        Ok(found)
    }

    /// Each piece by itself, where they do not stand in one article in this order.
    pub fn one_by_one(&self, pieces: &[String]) -> Result<Checked, Trouble> {
        let mut all = Vec::new();
        for piece in pieces {
            let mut checked = self.exact(std::slice::from_ref(piece))?;
            if checked.verdict != Verdict::Exact {
                checked = near::check(self, piece)?;
            }
            all.push((piece.clone(), checked));
        }
        let verdicts = || all.iter().map(|(_, checked)| checked.verdict);
        let mut notes = Vec::new();
        let verdict = if verdicts().any(|verdict| verdict == Verdict::NotOnRecord) {
            notes.push("not all pieces are on record".to_owned());
            Verdict::NotOnRecord
        } else {
            if verdicts().all(|verdict| verdict == Verdict::Exact) {
                notes.push(
                    "every piece is on record, but not all in one article in this order".to_owned(),
                );
            }
            Verdict::Near
        };
        if let [(_, only)] = all.as_mut_slice() {
            return Ok(Checked {
                verdict,
                places: std::mem::take(&mut only.places),
                total: only.total,
                more: only.more,
                notes: Vec::new(),
                pieces: Vec::new(),
            });
        }
        Ok(Checked {
            verdict,
            places: Vec::new(),
            total: 0,
            more: false,
            notes,
            pieces: all,
        })
    }

    fn place(
        &self,
        article: &Rc<Article>,
        parts: Vec<Part>,
        pieces: &[String],
    ) -> Result<Place, Trouble> {
        let mut place = self.judged(article, parts)?;
        let both = place.parts.iter().zip(pieces);
        let differ: BTreeSet<Kind> = both
            .flat_map(|(part, piece)| differences(piece, &article.words(*part)))
            .collect();
        place.differ = differ.into_iter().collect();
        if let [first, .., last] = place.parts.as_slice() {
            let left_out: usize = place.parts.windows(2).map(|two| two[1].0 - two[0].1).sum();
            place.notes.push(format!(
                "between the pieces {left_out} characters of the source are left out"
            ));
            let (from, to) = article.range(&[*first, *last]).unwrap_or_default();
            if to - from > 2 {
                place.notes.push(format!(
                    "the pieces stand {} sentences apart: together they may say what neither says",
                    to - from
                ));
            }
        }
        Ok(place)
    }

    /// A place with all that is known of it but for differences.
    pub fn judged(&self, article: &Rc<Article>, parts: Vec<Part>) -> Result<Place, Trouble> {
        let said = whose::said(article, &parts, self.speaker, self.names)?;
        let mut notes = Vec::new();
        let mut one_voice = true;
        if parts.len() > 1 {
            let mut speakers: BTreeSet<Option<String>> = BTreeSet::new();
            for part in &parts {
                let of_part = whose::said(article, &[*part], self.speaker, self.names)?;
                speakers.insert(of_part.first().map(|said| said.speaker.clone()));
            }
            if speakers.len() > 1 {
                one_voice = false;
                notes.push("the pieces are not all recorded as words of one speaker".to_owned());
            }
        }
        if said.first().is_some_and(|said| !said.all) {
            one_voice = false;
            notes.push(
                "only a part of the words is recorded as said; the rest is the outlet's".to_owned(),
            );
        }
        notes.extend(said.first().and_then(not_said));
        if !text(&article.row, "same_text_as").is_empty() {
            notes.push(format!(
                "the article repeats the text of [{}]",
                text(&article.row, "same_text_as")
            ));
        }
        Ok(Place {
            quoted: article.is_quoted(&parts),
            article: Rc::clone(article),
            said,
            one_voice,
            parts,
            differ: Vec::new(),
            steps: Vec::new(),
            similarity: 1.0,
            notes,
        })
    }
}

fn not_said(said: &Said) -> Option<String> {
    let note = "the source tells that this was NOT said (refused, denied having said)";
    said.negated.then(|| note.to_owned())
}

/// Best first: those of the speaker asked for, then most alike, within quotation marks, in a
/// known statement, no repeats, the oldest.
pub fn sorted(mut places: Vec<Place>, asked: bool) -> Vec<Place> {
    places.sort_by_cached_key(|place| {
        let row = &place.article.row;
        (
            asked.then(|| place.check(asked)),
            ((1.0 - place.similarity) * 1e6) as i64,
            !place.quoted,
            place.said.is_empty(),
            !text(row, "same_text_as").is_empty(),
            text(row, "published").to_owned(),
            text(row, "article_id").to_owned(),
            place.parts.clone(),
        )
    });
    places
}
