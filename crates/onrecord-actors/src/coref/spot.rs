//! Spots: the words of an article that may stand for somebody or something.

use onrecord_lexicon::{Actors, Lexicon};
use onrecord_model::{Actor, ActorKind, MentionKind, NameKind, Sentence, Upos, Word};

use crate::resolve::Resolved;
use crate::view::Line;

/// A nominal word with what is read off its sentence.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The sentence.
    pub line: usize,
    /// The head word, by its number in the sentence.
    pub word: usize,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// The actor it was resolved to before, an index of the book's entries.
    pub entry: Option<usize>,
    /// What the pronoun is; 0 for others.
    pub pronoun: u8,
    pub gender: Gender,
    pub plural: bool,
    /// What its words say before the noun: see [`determiner`].
    pub determiner: u8,
    /// Subject, object, possessor or other: see [`role`].
    pub role: u8,
    /// Whether it is the subject of a verb of saying: 1 if so, 2 where its sentence quotes.
    pub says: u8,
    /// What the mentions head takes it for: 0 for nothing.
    pub heard: u8,
    /// What the names head takes it for: 0 for nothing.
    pub named: u8,
    /// The quotation it stands in, numbered over the article; 0 outside.
    pub quotation: usize,
    /// Lemma of the noun, or of a name's last word, in lower case.
    pub lemma: String,
}

impl Spot {
    /// "I", "we" in a quotation.
    pub fn speaks_of_itself(&self) -> bool {
        matches!(self.pronoun, 5 | 6) && self.quotation > 0
    }
}

/// Grammatical gender, as far as the words show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Unknown,
    Feminine,
    Masculine,
}

/// Classes of pronouns; 0 is none.
const PRONOUNS: [(&str, u8); 29] = [
    ("he", 1),
    ("him", 1),
    ("his", 1),
    ("she", 2),
    ("her", 2),
    ("hers", 2),
    ("they", 3),
    ("them", 3),
    ("their", 3),
    ("theirs", 3),
    ("it", 4),
    ("its", 4),
    ("i", 5),
    ("me", 5),
    ("my", 5),
    ("mine", 5),
    ("we", 6),
    ("us", 6),
    ("our", 6),
    ("ours", 6),
    ("you", 7),
    ("your", 7),
    ("yours", 7),
    ("himself", 8),
    ("herself", 9),
    ("itself", 10),
    ("themselves", 11),
    ("myself", 5),
    ("ourselves", 6),
];

/// How many classes of pronouns there are, that of other words included.
pub const PRONOUN_CLASSES: usize = 12;

/// All spots of an article, in order.
pub fn spots(
    lines: &[Line<'_>],
    lexicon: &Lexicon,
    resolved: &Resolved<'_>,
    mut quotation: impl FnMut(usize) -> usize,
) -> Vec<Spot> {
    let mut found = Vec::new();
    for line in lines {
        let sentence = line.sentence;
        // of each word, the mention whose head it is, and whether one covers it
        let mut covered = vec![false; sentence.words.len()];
        let mut entries = vec![None; sentence.words.len()];
        for met in &resolved.met[line.n] {
            let span = line.span(met.from, met.to);
            for (at, word) in sentence.words.iter().enumerate() {
                covered[at] |= span.start <= word.span.start && word.span.end <= span.end;
            }
            if let (Some(head), Some(entry)) = (sentence.head_in(span), met.entry) {
                entries[head] = Some((entry, met.kind));
            }
        }
        for at in 0..sentence.words.len() {
            let met = entries[at];
            let free =
                !covered[at] && is_nominal(sentence, at) && !is_title(sentence, at, &entries);
            if met.is_none() && !free {
                continue;
            }
            let word = &sentence.words[at];
            let class = pronoun(line, at);
            let name = name_of(sentence, at);
            let kind = match met {
                Some((_, kind)) => kind,
                None if word.upos == Upos::Pron => MentionKind::Pronoun,
                None if name > 0 || word.upos == Upos::Propn => MentionKind::Name,
                None => MentionKind::Description,
            };
            found.push(Spot {
                line: line.n,
                word: at,
                kind,
                entry: met.map(|(entry, _)| entry),
                pronoun: class,
                gender: match gender(line, lexicon, at, class) {
                    Gender::Unknown => met.map_or_else(
                        || given(lexicon, first_of_name(line, at)),
                        |(entry, _)| of_actor(lexicon, &resolved.book.entries[entry].actor),
                    ),
                    known => known,
                },
                plural: matches!(word.xpos.as_str(), "NNS" | "NNPS") || matches!(class, 3 | 6 | 11),
                determiner: determiner(sentence, at),
                role: role(sentence, at),
                says: says(line, lexicon, at),
                heard: heard(sentence, at),
                named: name,
                quotation: quotation(word.span.start),
                lemma: last_word(sentence, at).lemma.to_lowercase(),
            });
        }
    }
    found
}

/// Whether a word may stand for somebody: nouns, names and personal pronouns that are head of
/// their own phrase.
fn is_nominal(sentence: &Sentence, at: usize) -> bool {
    let word = &sentence.words[at];
    let part = word
        .dep
        .is_any(&["flat", "flat:foreign", "goeswith", "fixed", "expl"]);
    match word.upos {
        _ if part => false,
        Upos::Pron => word.xpos.as_str() == "PRP" || word.xpos.as_str() == "PRP$",
        Upos::Noun => word.dep.as_str() != "compound",
        Upos::Propn => word.dep.as_str() != "compound" || name_of(sentence, at) > 0,
        _ => false,
    }
}

/// Whether the noun is the title of a name behind it ("former president X Y", "secretary of
/// state X Y"): tied to it with no mark between.
fn is_title(sentence: &Sentence, at: usize, entries: &[Option<(usize, MentionKind)>]) -> bool {
    let words = &sentence.words;
    (at + 1..words.len())
        .take_while(|name| words[*name].upos != Upos::Punct)
        .take(6)
        .filter(|name| matches!(entries[*name], Some((_, MentionKind::Name))))
        .any(|name| {
            let below = words[name].head == Some(at) && words[name].dep.is_any(&["flat", "appos"]);
            let above = words[at].head == Some(name)
                && words[at].dep.is_any(&["compound", "nmod:desc", "flat"]);
            below || above
        })
}

fn pronoun(line: &Line<'_>, at: usize) -> u8 {
    let word = &line.sentence.words[at];
    if word.upos != Upos::Pron {
        return 0;
    }
    let tok = &line.toks[word.token];
    // "he'd" is one token and two words
    let lower = tok.lower.split(['\'', '’']).next().unwrap_or_default();
    let known = PRONOUNS.iter().find(|(form, _)| *form == lower);
    known.map_or(0, |(_, class)| *class)
}

fn gender(line: &Line<'_>, lexicon: &Lexicon, at: usize, pronoun: u8) -> Gender {
    let sentence = line.sentence;
    let of = |word: &str| match lexicon.words.actor.code("gender", word) {
        Some("f") => Gender::Feminine,
        Some("m") => Gender::Masculine,
        _ => Gender::Unknown,
    };
    match pronoun {
        1 | 8 => return Gender::Masculine,
        2 | 9 => return Gender::Feminine,
        0 => {}
        _ => return Gender::Unknown,
    }
    let own = of(&sentence.words[at].lemma.to_lowercase());
    if own != Gender::Unknown {
        return own;
    }
    // "Mrs Tal": the title hangs on the name or the name on it
    let near = |other: &&Word| {
        other.head == Some(at) && other.dep.is_any(&["compound", "flat", "nmod:desc"])
    };
    let found = sentence.words.iter().filter(near);
    found
        .map(|word| of(line.lower(word.token).trim_end_matches('.')))
        .find(|gender| *gender != Gender::Unknown)
        .unwrap_or(Gender::Unknown)
}

/// What an actor's given name shows.
fn of_actor(lexicon: &Lexicon, actor: &Actor) -> Gender {
    let mut words = actor.name.split(' ');
    match (actor.kind, words.next(), words.next()) {
        (ActorKind::Person, Some(first), Some(_)) => given(lexicon, &Actors::key(first)),
        _ => Gender::Unknown,
    }
}

fn given(lexicon: &Lexicon, name: &str) -> Gender {
    match lexicon.words.feminine_names.get(name) {
        Some(true) => Gender::Feminine,
        Some(false) => Gender::Masculine,
        None => Gender::Unknown,
    }
}

/// The form for look-ups of the first word of the person's name whose head this is; empty for
/// other words.
fn first_of_name<'a>(line: &'a Line<'_>, at: usize) -> &'a str {
    let sentence = line.sentence;
    let holds = |name: &&onrecord_model::Name| {
        // "James" alone may be a surname
        let several = name.end > name.first + 1;
        name.first <= at && at < name.end && several && name.kind == NameKind::Person
    };
    let name = sentence.names.iter().find(holds);
    name.map_or("", |name| &line.toks[sentence.words[name.first].token].key)
}

/// 0 none, 1 the, 2 a, 3 this or that, 4 a possessive, 5 a number, 6 a quantity, 7 another.
fn determiner(sentence: &Sentence, at: usize) -> u8 {
    let mut found = 0;
    for word in &sentence.words {
        if word.head != Some(at) || word.span.start > sentence.words[at].span.start {
            continue;
        }
        let class = match (word.dep.as_str(), word.lemma.as_str()) {
            ("nmod:poss", _) => 4,
            ("nummod", _) => 5,
            ("det", "the") => 1,
            ("det", "a" | "an") => 2,
            ("det", "this" | "that" | "these" | "those") => 3,
            ("det", "another") => 7,
            ("det", _) => 6,
            ("amod", "other") => 7,
            _ => 0,
        };
        if class > 0 && (found == 0 || class == 7) {
            found = class;
        }
    }
    found
}

/// 0 other, 1 subject, 2 passive subject, 3 object, 4 oblique, 5 possessor, 6 noun modifier,
/// 7 apposition, 8 joined, 9 root, 10 compound.
fn role(sentence: &Sentence, at: usize) -> u8 {
    match sentence.words[at].dep.as_str() {
        "nsubj" | "csubj" | "nsubj:outer" => 1,
        "nsubj:pass" | "csubj:pass" => 2,
        "obj" | "iobj" => 3,
        "obl" | "obl:agent" | "obl:unmarked" => 4,
        "nmod:poss" => 5,
        "nmod" | "nmod:unmarked" | "nmod:desc" => 6,
        "appos" => 7,
        "conj" => 8,
        "root" => 9,
        "compound" => 10,
        _ => 0,
    }
}

fn says(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> u8 {
    let word = &line.sentence.words[at];
    let Some(verb) = word.head.filter(|_| word.dep.as_str() == "nsubj") else {
        return 0;
    };
    if lexicon.speech.forms(line.lower_word(verb)).is_empty() {
        return 0;
    }
    1 + u8::from(line.toks.iter().any(|tok| tok.quoted))
}

/// How many syntactic roles are told apart.
pub const ROLES: usize = 11;

/// The last word of the name that begins with this one, or the word itself.
pub fn last_word(sentence: &Sentence, at: usize) -> &Word {
    let flat = |word: &&Word| word.head == Some(at) && word.dep.base() == "flat";
    let last = sentence.words.iter().rfind(flat);
    last.unwrap_or(&sentence.words[at])
}

fn name_of(sentence: &Sentence, at: usize) -> u8 {
    let holds = |name: &&onrecord_model::Name| name.first <= at && at < name.end;
    let Some(name) = sentence.names.iter().find(holds) else {
        return 0;
    };
    // the head of the name only
    let head = sentence.words[at].head;
    if head.is_some_and(|head| name.first <= head && head < name.end) {
        return 0;
    }
    kind(name.kind)
}

/// The smallest mention of the mentions head that this word is the head of.
fn heard(sentence: &Sentence, at: usize) -> u8 {
    let holds = |m: &&onrecord_model::Name| m.first <= at && at < m.end;
    let above = sentence.words[at].head;
    let heads =
        |m: &&onrecord_model::Name| above.is_none_or(|head| !(m.first <= head && head < m.end));
    sentence
        .mentions
        .iter()
        .filter(holds)
        .filter(heads)
        .min_by_key(|m| m.end - m.first)
        .map_or(0, |m| kind(m.kind))
}

fn kind(kind: NameKind) -> u8 {
    match kind {
        NameKind::Person => 1,
        NameKind::Organization => 2,
        NameKind::Location => 3,
    }
}
