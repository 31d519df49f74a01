//! Whom a candidate stands for, with what the article has said so far.

use onrecord_lexicon::{FormKind, Lexicon, spelling_key};
use onrecord_model::{ActorKind, ArticleReading};

use crate::book::Book;
use crate::candidate::{Candidate, Sense};
use crate::view::{Line, Shape};
use crate::{introduced, names, title};

/// What an answer is sought with.
pub struct Answering<'a, 'l> {
    pub reading: &'a ArticleReading,
    pub lexicon: &'a Lexicon,
    pub line: &'a Line<'l>,
    pub full_names: &'a [(String, String)],
}

type Answer = Option<(usize, &'static str, u8)>;

impl Answering<'_, '_> {
    /// The entry behind a candidate, the rule that decided, and how surely.
    pub fn actor(&self, book: &mut Book<'_>, c: &Candidate) -> Answer {
        let answer = self.sought(book, c)?;
        let entry = &mut book.entries[answer.0];
        if entry.actor.kind == ActorKind::Person {
            entry
                .titles
                .extend(title::beside(self.line, self.lexicon, c.from, c.to));
        }
        Some(answer)
    }

    fn sought(&self, book: &mut Book<'_>, c: &Candidate) -> Answer {
        let words = self.reading.words(self.line.span(c.from, c.to));
        match &c.sense {
            Sense::Known(at) => Some((book.known(*at), c.rule, c.confidence)),
            Sense::Short { among, titled } => self.short(book, c, among, *titled),
            Sense::Organ(wanted) => Some((book.organ(wanted)?, c.rule, c.confidence)),
            Sense::Body {
                kind,
                sector,
                country,
            } => {
                if let Some(at) = book.learnt(words) {
                    return Some((at, "actors.also-known-as", 85));
                }
                if let Some(at) = self.introduced(book, c, words) {
                    return Some((at, "actors.also-known-as", 80));
                }
                let at = book.named(words, *kind);
                let actor = &mut book.entries[at].actor;
                if actor.country.is_none() {
                    actor.country.clone_from(country);
                }
                if actor.sectors.is_empty() && !sector.is_empty() {
                    actor.sectors.push(sector.clone());
                }
                Some((at, c.rule, c.confidence))
            }
            Sense::Person => self.person(book, c, words),
            Sense::Word { titled, alone } => {
                let told = self.surname(book, c, words, *titled);
                let told = told.or_else(|| self.part_of_body(book, c, words));
                told.or_else(|| {
                    let kind = (*alone)?;
                    match book.by_part(words)[..] {
                        [only] => Some((only, "actors.part-of-name", 65)),
                        _ if kind == ActorKind::Person => {
                            let at = book.one_word(words, &self.reading.article.id, "");
                            Some((at, c.rule, c.confidence))
                        }
                        _ => Some((book.named(words, kind), c.rule, c.confidence)),
                    }
                })
            }
            Sense::Alias => match book.learnt(words) {
                Some(at) => Some((at, c.rule, c.confidence)),
                None => self.part_of_body(book, c, words),
            },
        }
    }

    fn short(&self, book: &mut Book<'_>, c: &Candidate, among: &[usize], titled: bool) -> Answer {
        let words = self.reading.words(self.line.span(c.from, c.to));
        if let Some(at) = book.learnt(words) {
            return Some((at, "actors.also-known-as", 85));
        }
        let mut met: Vec<usize> = among.iter().filter_map(|k| book.met_known(*k)).collect();
        let person = self.lexicon.actors.entries[among[0]].kind == ActorKind::Person;
        if person {
            for other in book.by_surname(words) {
                if !met.contains(&other) {
                    met.push(other);
                }
            }
        }
        match met[..] {
            [only] => Some((only, c.rule, c.confidence)),
            [] if person
                && titled
                && among.len() == 1
                && !self.named_fully(words)
                && self.may_hold(among[0], c) =>
            {
                Some((book.known(among[0]), "actors.title-surname", 75))
            }
            [] if person => self.surname(book, c, words, titled),
            [] => None,
            _ if person => {
                let known: Vec<usize> = among.iter().filter_map(|k| book.met_known(*k)).collect();
                let known = <[usize; 1]>::try_from(known).ok().map(|[only]| only);
                let at = book.called(&met, words).or(known);
                at.or_else(|| latest(book, &met, self.line.n))
                    .map(|at| (at, c.rule, 70))
            }
            _ => None,
        }
    }

    /// The actor of whom the sentence says that it is also called so.
    fn introduced(&self, book: &mut Book<'_>, c: &Candidate, words: &str) -> Option<usize> {
        let start = introduced::alias_before(self.line, c.from)?;
        let at = book.named_before(self.line, start)?;
        book.learn(words, at);
        Some(at)
    }

    fn person(&self, book: &mut Book<'_>, c: &Candidate, words: &str) -> Answer {
        if let Some(at) = book.learnt(words) {
            return Some((at, "actors.also-known-as", 85));
        }
        if let Some(at) = self.introduced(book, c, words) {
            return Some((at, "actors.also-known-as", 80));
        }
        if let [only] = book.by_full_name(words)[..] {
            let met = &book.entries[only];
            let same = met.forms.contains(words) || met.actor.name == words;
            return Some((
                only,
                if same { c.rule } else { "actors.variant" },
                c.confidence,
            ));
        }
        if let Some(known) = self.known_person(words) {
            return Some((book.known(known), "actors.variant", 80));
        }
        // "Abdel Mahdi", "Suu Kyi": no given name at all, but the end of the name of someone met.
        if let [only] = book.by_surname(words)[..] {
            return Some((only, "actors.surname", 80));
        }
        if let [only] = book.by_part(words)[..] {
            return Some((only, "actors.part-of-name", 80));
        }
        Some((book.named(words, ActorKind::Person), c.rule, c.confidence))
    }

    /// The person of the lexicon whose name is spelt like this, if no other comes near.
    fn known_person(&self, name: &str) -> Option<usize> {
        match self.lexicon.actors.persons_alike(name)[..] {
            [(only, _)] => Some(only),
            [(first, best), (_, second), ..] if best - second >= 0.05 => Some(first),
            _ => None,
        }
    }

    /// "The Front" for the one body of that head noun; its acronym, though no bracket said so;
    /// and a person by a given name that nobody else has.
    fn part_of_body(&self, book: &Book<'_>, c: &Candidate, words: &str) -> Answer {
        let tok = &self.line.toks[c.from];
        if self.line.headline {
            return None;
        }
        if tok.shape == Shape::Upper {
            return Some((book.by_initials(&tok.key)?, "actors.acronym", 75));
        }
        if self.line.before(c.from) == "the" {
            return Some((book.by_head(&tok.key)?, "actors.short-name", 75));
        }
        let given = self.speaks(c) && !names::is_given(self.lexicon, &tok.key);
        let given = given.then(|| book.by_given(words))?;
        Some((given?, "actors.part-of-name", 65))
    }

    fn surname(&self, book: &mut Book<'_>, c: &Candidate, words: &str, titled: bool) -> Answer {
        if let Some(at) = book.learnt(words) {
            return Some((at, "actors.also-known-as", 85));
        }
        let key = onrecord_lexicon::Actors::key(words);
        // A place's name is the person's where the article has named one so, but not "in X".
        let after_preposition = self
            .lexicon
            .words
            .actor
            .is("place-before", self.line.before(c.from));
        if !self.lexicon.places.by_form(&key).is_empty() && !titled && after_preposition {
            return None;
        }
        let titles = title::beside(self.line, self.lexicon, c.from, c.to);
        if let (true, Some(title)) = (titled && self.namesakes(words), titles.first()) {
            return self.namesake(book, c, words, title);
        }
        match book.by_surname(words)[..] {
            [only] => {
                let exact = book.entries[only].forms.iter().any(|f| same_word(f, words));
                return Some((
                    only,
                    if exact {
                        "actors.surname"
                    } else {
                        "actors.variant"
                    },
                    85,
                ));
            }
            [] => {}
            ref several => {
                // "X, the minister" where one of them is a minister.
                let holds = |at: &&usize| !book.entries[**at].titles.is_disjoint(&titles);
                let mut holders = several.iter().filter(holds);
                if let (Some(one), None) = (holders.next(), holders.next()) {
                    return Some((*one, "actors.title-surname", 80));
                }
                // Whom the article has called so before, it goes on to call so.
                if let Some(called) = book.called(several, words) {
                    return Some((called, "actors.surname", 70));
                }
                return latest(book, several, self.line.n).map(|at| (at, "actors.surname", 65));
            }
        }
        let tok = &self.line.toks[c.from];
        let speaks = self.speaks(c);
        if (!tok.first || speaks)
            && !names::is_given(self.lexicon, &tok.key)
            && let [only] = book.by_misspelt_surname(words)[..]
            && (titled || speaks)
        {
            return Some((only, "actors.variant", 65));
        }
        if !titled && c.rule != names::HEAD && !self.line.headline {
            return None;
        }
        let sound = spelling_key(words);
        let ahead: Vec<&String> = self
            .full_names
            .iter()
            .filter(|(_, surname)| *surname == sound)
            .map(|(name, _)| name)
            .collect();
        match ahead[..] {
            [name] => {
                let at = match self.known_person(name) {
                    Some(known) => book.known(known),
                    None => book.named(name, ActorKind::Person),
                };
                Some((at, "actors.title-surname", 75))
            }
            [] if titled && self.may_stand_alone(c) => Some((
                book.one_word(words, &self.reading.article.id, ""),
                "actors.title-surname",
                60,
            )),
            _ => None,
        }
    }

    /// Whether the article names several persons of this surname fully.
    fn namesakes(&self, words: &str) -> bool {
        let sound = spelling_key(words);
        self.full_names.iter().filter(|(_, s)| *s == sound).count() > 1
    }

    /// "Minister X" on a page with several of that surname: who has been called minister, else
    /// a person of that title alone, to be known by other pages.
    fn namesake(&self, book: &mut Book<'_>, c: &Candidate, words: &str, title: &str) -> Answer {
        let all = book.by_surname(words);
        let holds = |at: &&usize| book.entries[**at].titles.contains(title);
        let mut holders = all.iter().filter(holds);
        match (holders.next(), holders.next()) {
            (Some(one), None) => Some((*one, "actors.title-surname", 80)),
            (None, _) if self.may_stand_alone(c) => {
                let at = book.one_word(words, &self.reading.article.id, title);
                Some((at, "actors.title-surname", 60))
            }
            _ => {
                let at = latest(book, &all, self.line.n)?;
                Some((at, "actors.surname", 60))
            }
        }
    }

    /// Whether a title and a single word are enough for a person nobody has named: the word
    /// must look like nothing else.
    fn may_stand_alone(&self, c: &Candidate) -> bool {
        let tok = &self.line.toks[c.from];
        let next = self.line.toks.get(c.to);
        tok.key.chars().count() > 2
            && !names::stops(self.line, self.lexicon, c.from)
            && !self.lexicon.words.actor.is("geographic", &tok.lower)
            && !self.lexicon.words.actor.is("no-name", &tok.lower)
            && !self.line.headline
            && self
                .lexicon
                .actors
                .by_form(&tok.key)
                .iter()
                .all(|f| f.kind == FormKind::Short)
            && !self
                .lexicon
                .words
                .organisation_heads
                .contains_key(&tok.key.to_lowercase())
            && next.is_none_or(|t| !(t.is_word() && t.is_capital()))
            && self.capital_title_before(c.from)
    }

    /// Whether the title right before is printed with a capital ("General Tal"): a noun in
    /// lower case may belong to anything.
    fn capital_title_before(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_some_and(|i| self.line.is_capital(i) && self.line.lower(i) != "miss")
    }

    /// Whether a person of the lexicon may have the rank before the name: of civilians nobody
    /// is a colonel.
    fn may_hold(&self, known: usize, c: &Candidate) -> bool {
        let sectors = &self.lexicon.actors.entries[known].sectors;
        let armed = ["MIL", "PRM", "REB", "UAF", "COP", "SPY"];
        let rank = |title: &String| {
            let kind = self.lexicon.words.honorifics.get(title);
            kind.is_some_and(|kind| kind == "rank")
        };
        let titles = title::beside(self.line, self.lexicon, c.from, c.to);
        sectors.is_empty()
            || sectors.iter().any(|s| armed.contains(&s.as_str()))
            || !titles.iter().any(rank)
    }

    /// Whether the name stands beside a verb of speech or action.
    fn speaks(&self, c: &Candidate) -> bool {
        let words = &self.lexicon.words;
        let verb = |w: &str| words.tail_verbs.contains(w) || words.actor.acts(w);
        verb(self.line.lower(c.to)) || verb(self.line.before(c.from))
    }

    /// Whether the article names somebody fully with this surname.
    fn named_fully(&self, words: &str) -> bool {
        let sound = spelling_key(words);
        self.full_names.iter().any(|(_, surname)| *surname == sound)
    }
}

/// Of several persons of one surname, the one mentioned last, if the others have not been
/// mentioned since the sentence before.
fn latest(book: &Book<'_>, among: &[usize], line: usize) -> Option<usize> {
    let best = *among.iter().max_by_key(|at| book.entries[**at].last)?;
    let close = |at: &&usize| book.entries[**at].last.0 + 1 >= line;
    (among.iter().filter(close).count() <= 1).then_some(best)
}

fn same_word(form: &str, word: &str) -> bool {
    let key = onrecord_lexicon::Actors::key(word);
    let key = key.strip_prefix("al ").unwrap_or(&key);
    onrecord_lexicon::Actors::key(form).ends_with(key)
}
