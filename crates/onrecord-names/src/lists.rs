//! The word lists of `lexicon/names`, read once.

use std::sync::LazyLock;

use crate::hash::HashMap;

const TITLES: &str = include_str!("../lexicon/names/titles.tsv");
const PARTICLES: &str = include_str!("../lexicon/names/particles.tsv");
const NICKNAMES: &str = include_str!("../lexicon/names/nicknames.tsv");
const LEGAL_FORMS: &str = include_str!("../lexicon/names/legal-forms.tsv");
const GENERIC_WORDS: &str = include_str!("../lexicon/names/generic-words.tsv");
const NUMBERS: &str = include_str!("../lexicon/names/numbers.tsv");
const SCRIPTS: &str = include_str!("../lexicon/names/scripts.tsv");
const GIVEN_NAMES: &str = include_str!("../lexicon/words/given-names.tsv");
const DEMONYMS: &str = include_str!("../lexicon/words/demonyms.tsv");
const WORLD: &str = include_str!("../lexicon/places/world.tsv");

/// What a word can be in a name; a word can be several things.
pub mod is {
    /// A title that stands for itself.
    pub const TITLE: u32 = 1;
    /// A word before a title.
    pub const BEFORE_TITLE: u32 = 1 << 1;
    /// "al", "el".
    pub const ARTICLE: u32 = 1 << 2;
    /// "as" of "as-Sadr".
    pub const ASSIMILATED: u32 = 1 << 3;
    /// "Abd".
    pub const SERVANT: u32 = 1 << 4;
    /// "Abu".
    pub const KUNYA: u32 = 1 << 5;
    /// "bin".
    pub const SON: u32 = 1 << 6;
    /// "van", "de".
    pub const FAMILY: u32 = 1 << 7;
    /// "Jr".
    pub const GENERATION: u32 = 1 << 8;
    /// "the", "of".
    pub const SMALL: u32 = 1 << 9;
    /// A kind of body that may be missing.
    pub const GENERIC: u32 = 1 << 10;
    /// A kind of body that may not.
    pub const HEAD: u32 = 1 << 11;
    /// An ordinary word with translations.
    pub const PLAIN: u32 = 1 << 12;
    /// "North", "New".
    pub const DISTINCT: u32 = 1 << 13;
    /// A kind of place.
    pub const PLACE: u32 = 1 << 14;
    /// A country or its adjective.
    pub const COUNTRY: u32 = 1 << 15;
    /// A known given name.
    pub const GIVEN: u32 = 1 << 16;
    /// A number in words or Roman figures.
    pub const NUMBER: u32 = 1 << 17;
    /// The first word of a legal form.
    pub const LEGAL: u32 = 1 << 18;
    /// The first word of a country's name of several words.
    pub const OPENS_COUNTRY: u32 = 1 << 19;
}

/// What the lists say of a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Bits of [`is`].
    pub flags: u32,
    /// What it means, where a list says so: words of one concept are equal. 0 is none.
    pub concept: u16,
    /// Its number.
    pub number: u16,
    /// The lines of the nicknames it stands on. 0 is none.
    pub nick: [u16; 4],
}

/// The class of a legal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legal {
    /// Joint stock company.
    Stock,
    /// Limited liability.
    Limited,
    /// Partnership.
    Partnership,
    /// Says no more than that it is a company.
    Company,
    /// May make no profit.
    Nonprofit,
}

/// All lists.
pub struct Lists {
    words: HashMap<String, Word>,
    loose: HashMap<Loose, (u32, u16)>,
    legal: HashMap<&'static str, Vec<(Vec<&'static str>, Legal)>>,
    scripts: HashMap<char, &'static str>,
    countries: HashMap<String, Vec<(Vec<String>, u16)>>,
    respelled: HashMap<Loose, &'static str>,
}

/// The built-in lists.
pub static LISTS: LazyLock<Lists> = LazyLock::new(Lists::read);

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
}

impl Lists {
    fn read() -> Lists {
        let mut lists = Lists {
            words: HashMap::default(),
            loose: HashMap::default(),
            legal: HashMap::default(),
            scripts: HashMap::default(),
            countries: HashMap::default(),
            respelled: HashMap::default(),
        };
        for row in rows(SCRIPTS) {
            if let [from, to, ..] = row[..]
                && let Some(letter) = from.chars().next()
            {
                lists
                    .scripts
                    .insert(letter, if to == "-" { "" } else { to });
            }
        }
        for row in rows(TITLES).chain(rows(PARTICLES)) {
            if let [word, class, ..] = row[..] {
                lists.at(word).flags |= flag(class);
            }
        }
        for (line, row) in rows(NICKNAMES).enumerate() {
            for name in row {
                let word = lists.at(name);
                word.flags |= is::GIVEN;
                if let Some(free) = word.nick.iter_mut().find(|n| **n == 0) {
                    *free = u16::try_from(line + 1).unwrap_or(0);
                }
            }
        }
        for row in rows(NUMBERS) {
            if let [word, number, ..] = row[..] {
                let entry = lists.at(word);
                entry.flags |= is::NUMBER;
                entry.number = number.parse().unwrap_or(0);
            }
        }
        lists.read_legal();
        lists.read_concepts();
        for row in rows(GIVEN_NAMES) {
            let folded = lists.folded(row[0]);
            lists.at(&folded).flags |= is::GIVEN;
        }
        lists
    }

    fn read_legal(&mut self) {
        for row in rows(LEGAL_FORMS) {
            if let [form, class, ..] = row[..] {
                let class = match class {
                    "stock" => Legal::Stock,
                    "limited" => Legal::Limited,
                    "partnership" => Legal::Partnership,
                    "nonprofit" => Legal::Nonprofit,
                    _ => Legal::Company,
                };
                let words: Vec<_> = form.split(' ').collect();
                self.at(words[0]).flags |= is::LEGAL;
                if words[0].len() >= 5 {
                    self.respelled.insert(loose(words[0]), words[0]);
                    self.loose.entry(loose(words[0])).or_default().0 |= is::LEGAL;
                }
                self.legal.entry(words[0]).or_default().push((words, class));
            }
        }
        for row in rows(LEGAL_FORMS) {
            // the longest form first
            let first = row[0].split(' ').next().unwrap_or_default();
            if let Some(forms) = self.legal.get_mut(first) {
                forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            }
        }
    }

    fn read_concepts(&mut self) {
        let mut concepts: HashMap<String, u16> = HashMap::default();
        let mut number = |concept: &str| {
            let next = u16::try_from(concepts.len() + 1).unwrap_or(u16::MAX);
            *concepts.entry(concept.to_owned()).or_insert(next)
        };
        for row in rows(GENERIC_WORDS) {
            if let [word, concept, class, ..] = row[..] {
                let (flags, concept) = (flag(class), number(concept));
                let entry = self.at(word);
                entry.flags |= flags;
                entry.concept = concept;
                if word.len() >= 5 {
                    let entry = self.loose.entry(loose(word)).or_default();
                    if entry.1 == 0 {
                        *entry = (entry.0 | flags, concept);
                    }
                }
            }
        }
        for row in rows(DEMONYMS) {
            if let [adjective, plural, country, ..] = row[..] {
                for word in [adjective, plural] {
                    if word != "-" {
                        self.country(word, number(country));
                    }
                }
            }
        }
        for row in rows(WORLD) {
            if let [name, "country", country, _, _, _, _, ref also @ ..] = row[..] {
                let also = also.iter().flat_map(|names| names.split('|'));
                for name in std::iter::once(name).chain(also).filter(|n| *n != "-") {
                    self.country(name, number(country));
                }
            }
        }
    }

    fn country(&mut self, word: &str, concept: u16) {
        let folded = self.folded(&word.replace(['.', '\''], "").replace('-', " "));
        if let Some((first, _)) = folded.split_once(' ') {
            self.at(first).flags |= is::OPENS_COUNTRY;
            let words = folded.split(' ').map(str::to_owned).collect();
            self.countries
                .entry(first.to_owned())
                .or_default()
                .push((words, concept));
        } else if folded.len() > 1 {
            let entry = self.at(&folded);
            if entry.concept == 0 {
                entry.flags |= is::COUNTRY;
                entry.concept = concept;
            }
        }
    }

    fn at(&mut self, word: &str) -> &mut Word {
        self.words.entry(word.to_owned()).or_default()
    }

    fn folded(&self, word: &str) -> String {
        let mut out = String::new();
        for c in word.chars() {
            crate::fold::letter(c, self, &mut out);
        }
        out
    }

    /// What the lists say of a word, lower case and folded.
    pub fn word(&self, word: &str) -> Word {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The same, with other spellings of the words for bodies.
    pub fn word_of_body(&self, word: &str) -> Word {
        if let Some(found) = self.words.get(word) {
            return *found;
        }
        if word.len() >= 5
            && word.is_ascii()
            && let Some((flags, concept)) = self.loose.get(&loose(word))
        {
            return Word {
                flags: *flags,
                concept: *concept,
                ..Word::default()
            };
        }
        Word::default()
    }

    /// The legal form that begins with the first of these words, and how many it takes.
    pub fn legal_form<S: AsRef<str>>(&self, words: &[S]) -> Option<(Legal, usize)> {
        let first = words.first()?.as_ref();
        let forms = match self.legal.get(first) {
            Some(forms) => forms,
            None => self.legal.get(self.respelled.get(&loose(first))?)?,
        };
        let same = |form: &str, word: &str| {
            form == word || form.len() >= 5 && word.is_ascii() && loose(form) == loose(word)
        };
        let fits = |form: &[&str]| {
            form.len() <= words.len() && form.iter().zip(words).all(|(f, w)| same(f, w.as_ref()))
        };
        let (form, class) = forms.iter().find(|(form, _)| fits(form))?;
        Some((*class, form.len()))
    }

    /// The country whose name of several words begins these words, and how many it takes.
    pub fn country_name<S: AsRef<str>>(&self, words: &[S]) -> Option<(u16, usize)> {
        let names = self.countries.get(words.first()?.as_ref())?;
        let fits = |name: &[String]| {
            name.len() <= words.len() && name.iter().zip(words).all(|(n, w)| n == w.as_ref())
        };
        let (name, concept) = names
            .iter()
            .filter(|(name, _)| fits(name))
            .max_by_key(|(name, _)| name.len())?;
        Some((*concept, name.len()))
    }

    /// A letter of another script in Latin letters.
    pub fn letter(&self, letter: char) -> Option<&'static str> {
        self.scripts.get(&letter).copied()
    }
}

fn flag(class: &str) -> u32 {
    match class {
        "title" => is::TITLE,
        "before" => is::BEFORE_TITLE,
        "article" => is::ARTICLE,
        "assimilated" => is::ASSIMILATED,
        "servant" => is::SERVANT,
        "kunya" => is::KUNYA,
        "son" => is::SON,
        "family" => is::FAMILY,
        "generation" => is::GENERATION,
        "small" => is::SMALL,
        "generic" => is::GENERIC,
        "head" => is::HEAD,
        "plain" => is::PLAIN,
        "distinct" => is::DISTINCT,
        "place" => is::PLACE,
        _ => 0,
    }
}

/// A word with its vowels written one way, so that a list need not hold every spelling.
type Loose = [u8; 24];

fn loose(word: &str) -> Loose {
    let mut out = [0; 24];
    let mut length = 0;
    for byte in word.trim_end_matches('h').bytes() {
        let byte = match byte {
            b'e' | b'y' => b'i',
            b'o' => b'u',
            byte => byte,
        };
        if length < out.len() && (length == 0 || out[length - 1] != byte) {
            out[length] = byte;
            length += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_list_word_are_found() {
        let brigade = LISTS.word("brigades").concept;
        assert_ne!(brigade, 0);
        assert_eq!(LISTS.word_of_body("kataeb").concept, brigade);
        assert_eq!(LISTS.word_of_body("katayib").concept, brigade);
    }

    #[test]
    fn the_longest_legal_form_is_taken() {
        let words = ["limited", "liability", "company"];
        assert_eq!(LISTS.legal_form(&words), Some((Legal::Limited, 3)));
    }

    #[test]
    fn countries_and_their_adjectives_are_one_concept() {
        assert_eq!(LISTS.word("iraqi").concept, LISTS.word("iraq").concept);
    }

    #[test]
    fn every_row_has_a_class_that_is_read() {
        for row in rows(TITLES).chain(rows(PARTICLES)) {
            assert_ne!(flag(row[1]), 0, "{row:?}");
        }
        for row in rows(GENERIC_WORDS) {
            assert!(row.len() == 3 && flag(row[2]) != 0, "{row:?}");
        }
    }
}
