//! A name as its parts with their roles.

use crate::Kind;
use crate::fold::{self, Raw};
use crate::lists::{LISTS, Legal, Lists, Word, is};
use crate::part::Part;
use crate::units::{Units, units};

/// So many parts of a name are compared.
pub const MOST: usize = 14;

/// A name once prepared for comparison.
///
/// ```
/// use onrecord_names::{Kind, Prepared};
/// let long = Prepared::new("Col. Qadir al-Najmi", Kind::Person);
/// let short = Prepared::new("Kader Najmi", Kind::Person);
/// assert!(long.compare(&short).same);
/// ```
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(crate) kind: Kind,
    pub(crate) parts: Vec<Part>,
    pub(crate) legal: Option<Legal>,
    pub(crate) generation: u16,
    pub(crate) title: bool,
    pub(crate) comma: bool,
    /// All words but titles and legal forms as one.
    pub(crate) whole: Units,
}

impl Prepared {
    /// Prepares a name. What is no letter or figure in any script leaves nothing to compare.
    pub fn new(name: &str, kind: Kind) -> Prepared {
        let lists = &*LISTS;
        let mut raws = fold::words(name, lists);
        let comma = kind == Kind::Person && put_family_last(&mut raws, lists);
        let look = |raw: &Raw| match kind {
            Kind::Person => lists.word(&raw.text),
            _ => lists.word_of_body(&raw.text),
        };
        let words = raws.iter().map(look).collect();
        let texts = raws.iter_mut().map(|raw| std::mem::take(&mut raw.text));
        let mut builder = Builder {
            lists,
            kind,
            words,
            texts: texts.collect(),
            raws,
            parts: Vec::with_capacity(6),
            before: [0; 2],
            article: false,
            son: false,
            legal: None,
            generation: 0,
            whole: Units::default(),
        };
        let titles = builder.titles();
        builder.read(titles);
        if builder.parts.is_empty() {
            builder.keep_all(name);
        }
        let whole = builder.whole;
        // Names are kept by the hundred thousand.
        builder.parts.shrink_to_fit();
        Prepared {
            kind,
            parts: builder.parts,
            legal: builder.legal,
            generation: builder.generation,
            title: titles > 0,
            comma,
            whole,
        }
    }
}

/// "Family, Given" as "Given Family".
fn put_family_last(raws: &mut [Raw], lists: &Lists) -> bool {
    let mut commas = raws.iter().enumerate().filter(|(_, raw)| raw.comma);
    let (Some((at, _)), None) = (commas.next(), commas.next()) else {
        return false;
    };
    let rest = lists.word(&raws[at].text);
    if at == 0 || raws.len() == at + 1 && rest.flags & (is::GENERATION | is::TITLE) != 0 {
        return false;
    }
    raws.rotate_left(at);
    true
}

struct Builder<'a> {
    lists: &'a Lists,
    kind: Kind,
    raws: Vec<Raw>,
    texts: Vec<String>,
    words: Vec<Word>,
    parts: Vec<Part>,
    before: [u8; 2],
    article: bool,
    son: bool,
    legal: Option<Legal>,
    generation: u16,
    whole: Units,
}

impl Builder<'_> {
    /// How many words before the name are titles.
    fn titles(&self) -> usize {
        if self.kind != Kind::Person {
            return 0;
        }
        let mut taken = 0;
        for (at, word) in self.words.iter().enumerate() {
            let flags = word.flags;
            if flags & is::TITLE != 0 && flags & is::GIVEN == 0 {
                taken = at + 1;
            } else if flags & (is::BEFORE_TITLE | is::SMALL | is::TITLE) == 0 {
                break;
            }
        }
        let rest = self.words.get(taken..).unwrap_or_default();
        let small = is::SMALL | is::GENERATION;
        if rest.iter().any(|word| word.flags & small == 0) {
            taken
        } else {
            0
        }
    }

    fn read(&mut self, from: usize) {
        let mut at = from;
        while at < self.raws.len() && self.parts.len() < MOST {
            at += self.step(at);
        }
    }

    /// Takes the word at a place and says how many words that took.
    fn step(&mut self, at: usize) -> usize {
        let flags = self.words[at].flags;
        let last = at + 1 == self.raws.len();
        let dotted = self.raws[at].dotted;
        let body = matches!(self.kind, Kind::Organization | Kind::Unknown);
        if body && flags & is::LEGAL != 0 && self.texts.len() > 1 {
            let binds = flags & (is::ARTICLE | is::ASSIMILATED | is::FAMILY) != 0;
            if (!binds || last || dotted)
                && let Some((legal, length)) = self.lists.legal_form(&self.texts[at..])
            {
                if self.legal.is_none_or(|l| l == Legal::Company) {
                    self.legal = Some(legal);
                }
                return length;
            }
        }
        self.whole = self.whole.joined(&units(&self.texts[at]));
        if self.kind != Kind::Person
            && flags & is::OPENS_COUNTRY != 0
            && let Some((concept, length)) = self.lists.country_name(&self.texts[at..])
        {
            let text = self.texts[at..at + length].join(" ");
            self.parts.push(Part {
                units: units(&text),
                text,
                word: Word {
                    flags: is::COUNTRY,
                    concept,
                    ..Word::default()
                },
                ..Part::default()
            });
            return length;
        }
        if self.kind == Kind::Person && dotted {
            for letter in self.texts[at].clone().chars() {
                self.push_initial(letter);
            }
            return 1;
        }
        if last || dotted {
            self.push(at, None);
            return 1;
        }
        let next = &self.texts[at + 1];
        if flags & is::ARTICLE != 0 {
            self.article = true;
            self.pass(at);
        } else if flags & is::ASSIMILATED != 0 && next.starts_with(&self.texts[at][1..]) {
            self.article = true;
        } else if flags & is::SON != 0 && !self.parts.is_empty() {
            self.son = true;
        } else if flags & (is::SERVANT | is::KUNYA) != 0 {
            return self.bound(at);
        } else if flags & is::FAMILY != 0 && !self.parts.is_empty() || flags & is::SMALL != 0 {
            self.pass(at);
        } else {
            self.push(at, None);
        }
        1
    }

    /// Notes the first letter of a word that is left out, for acronyms.
    fn pass(&mut self, at: usize) {
        let first = self.texts[at].as_bytes().first().copied().unwrap_or(0);
        if let Some(free) = self.before.iter_mut().find(|b| **b == 0) {
            *free = first;
        }
    }

    /// "Abd" or "Abu" with the word it belongs to.
    fn bound(&mut self, at: usize) -> usize {
        let mut next = at + 1;
        while next + 1 < self.raws.len() {
            let flags = self.words[next].flags;
            let text = &self.texts[next];
            let sun = flags & is::ASSIMILATED != 0 && self.texts[next + 1].starts_with(&text[1..]);
            if flags & is::ARTICLE == 0 && !sun {
                break;
            }
            next += 1;
        }
        let start = match self.texts[at].as_str() {
            word if word.starts_with("abd") => "abd",
            "umm" | "om" | "oum" => "umm",
            _ => "abu",
        };
        self.push(next, Some(start));
        next - at + 1
    }

    fn push_initial(&mut self, letter: char) {
        let text = letter.to_string();
        self.parts.push(Part {
            units: units(&text),
            text,
            initial: true,
            ..Part::default()
        });
    }

    fn push(&mut self, at: usize, start: Option<&str>) {
        let text = std::mem::take(&mut self.texts[at]);
        let mut word = self.words[at];
        let raw = &self.raws[at];
        if word.flags & is::GENERATION != 0 && self.kind != Kind::Organization {
            self.generation = text.bytes().next().map_or(0, u16::from);
            return;
        }
        let figures = text.parse::<u32>().ok();
        let listed = (word.flags & is::NUMBER != 0).then_some(u32::from(word.number));
        let number = figures.or(listed);
        if self.kind == Kind::Person && listed.is_some() && raw.upper && !self.parts.is_empty() {
            self.generation = word.number;
            return;
        }
        if self.kind != Kind::Person
            && let Some(n) = number
            && let Some(tens) = self.parts.last_mut()
            && let Some(t) = tens.number
            && (20..100).contains(&t)
            && t % 10 == 0
            && n < 10
        {
            tens.number = Some(t + n);
            return;
        }
        let text = match start {
            Some(start) => {
                word = Word::default();
                format!("{start}{text}")
            }
            None => servant(text),
        };
        let letters = text.chars().count();
        self.parts.push(Part {
            units: units(&text),
            initial: letters == 1 && number.is_none() && text.is_ascii(),
            acronym: (raw.upper || raw.dotted)
                && (2..=8).contains(&letters)
                && text.bytes().all(|b| b.is_ascii_lowercase()),
            article: std::mem::take(&mut self.article),
            son: std::mem::take(&mut self.son) || is_patronymic(&text),
            number: if self.kind == Kind::Person {
                figures
            } else {
                number
            },
            before: std::mem::take(&mut self.before),
            word,
            text,
        });
    }

    /// A name of nothing but titles or legal forms is compared by all its words.
    fn keep_all(&mut self, name: &str) {
        self.legal = None;
        self.generation = 0;
        for raw in fold::words(name, self.lists).into_iter().take(MOST) {
            self.parts.push(Part {
                units: units(&raw.text),
                word: self.lists.word(&raw.text),
                text: raw.text,
                ..Part::default()
            });
        }
    }
}

/// "abdulkarim", "abdelkarim" as "abdkarim".
fn servant(text: String) -> String {
    if !text.starts_with("abd") {
        return text;
    }
    const STARTS: [&str; 9] = [
        "abdoul", "abdul", "abdel", "abdal", "abdol", "abdur", "abdus", "abdun", "abdar",
    ];
    for start in STARTS {
        if let Some(rest) = text.strip_prefix(start)
            && rest.len() >= 3
        {
            return format!("abd{rest}");
        }
    }
    text
}

fn is_patronymic(text: &str) -> bool {
    const ENDS: [&str; 7] = [
        "ovich", "evich", "ovitch", "evitch", "ovna", "evna", "ovych",
    ];
    text.len() > 7 && ENDS.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str, kind: Kind) -> String {
        let prepared = Prepared::new(name, kind);
        let texts: Vec<_> = prepared.parts.iter().map(|p| p.text.as_str()).collect();
        texts.join(" ")
    }

    #[test]
    fn titles_particles_and_articles_are_no_parts() {
        assert_eq!(
            parts("Maj. Gen. Nadim al-Karmi", Kind::Person),
            "nadim karmi"
        );
        assert_eq!(
            parts("Prime Minister Ruud van der Berg", Kind::Person),
            "ruud berg"
        );
        assert_eq!(parts("Deir ez-Zahr", Kind::Place), "deir zahr");
    }

    #[test]
    fn servants_and_fathers_of_are_one_part_with_the_next() {
        assert_eq!(parts("Abd al-Latif Omari", Kind::Person), "abdlatif omari");
        assert_eq!(parts("Abdullatif Omari", Kind::Person), "abdlatif omari");
        assert_eq!(parts("Abou al-Khair", Kind::Person), "abukhair");
    }

    #[test]
    fn family_first_is_turned() {
        assert_eq!(parts("Lindqvist, Karin", Kind::Person), "karin lindqvist");
        assert_eq!(
            parts("Karin Lindqvist, Jr.", Kind::Person),
            "karin lindqvist"
        );
    }

    #[test]
    fn legal_forms_are_taken_off() {
        let one = Prepared::new("OOO Severnaya Zvezda", Kind::Organization);
        assert_eq!(one.legal, Some(Legal::Limited));
        assert_eq!(one.parts.len(), 2);
    }
}
