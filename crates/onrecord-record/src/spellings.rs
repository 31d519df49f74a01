//! The other names of actors whose name is searched for.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Fault;
use crate::names::{key, named};
use crate::typed::{Piece, Side, Term, Typed};
use crate::values;

/// How many words a name may have that is typed without quotation marks.
const LONGEST: usize = 8;
/// How many other names are looked for.
const MOST: usize = 64;

/// A name in a search, and what else its actor is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// The name as typed.
    pub typed: String,
    /// The actor's id and name; several where the name is not of one alone, whose other
    /// names are then not looked for.
    pub actors: Vec<(String, String)>,
    /// The names that are looked for as well.
    pub also: Vec<String>,
}

/// Takes in the other names of each actor whose name was typed.
pub(crate) fn widen(c: &Connection, typed: &mut Typed) -> Result<Vec<Spelling>, Fault> {
    let mut found = Vec::new();
    for Side { all, without } in &mut typed.sides {
        for terms in [all, without] {
            *terms = widened(c, terms, &mut found)?;
        }
    }
    Ok(found)
}

fn widened(c: &Connection, terms: &[Term], found: &mut Vec<Spelling>) -> Result<Vec<Term>, Fault> {
    let mut wide = Vec::new();
    let mut at = 0;
    while at < terms.len() {
        let longest = name_from(&terms[at..]);
        let mut taken = 1;
        let mut term = terms[at].clone();
        for count in (1..=longest).rev() {
            let pieces: Vec<Piece> = terms[at..at + count]
                .iter()
                .filter_map(|term| term.piece().cloned())
                .collect();
            let Some(spelling) = spelling(c, &pieces)? else {
                continue;
            };
            let others = spelling.also.iter().map(|name| vec![Piece::phrase(name)]);
            term = Term {
                any: [pieces].into_iter().chain(others).collect(),
            };
            if !found.contains(&spelling) {
                found.push(spelling);
            }
            taken = count;
            break;
        }
        wide.push(term);
        at += taken;
    }
    Ok(wide)
}

/// How many terms from the first on can be one name: words that stand one after another, or
/// one phrase.
fn name_from(terms: &[Term]) -> usize {
    let word = |term: &Term| term.piece().is_some_and(|p| !p.begins && !p.quoted);
    match terms.first().and_then(Term::piece) {
        Some(piece) if piece.quoted => 1,
        _ => terms.iter().take(LONGEST).take_while(|t| word(t)).count(),
    }
}

/// The actor these words name, if there is one with other names, or several. Parties known
/// by a description only ("troops") have no name.
fn spelling(c: &Connection, pieces: &[Piece]) -> Result<Option<Spelling>, Fault> {
    let words: Vec<&str> = pieces.iter().map(|p| p.text.as_str()).collect();
    let typed = words.join(" ");
    let wanted = key(&typed);
    if wanted.trim().is_empty() {
        return Ok(None);
    }
    let mut actors = Vec::new();
    let mut names = Vec::new();
    let mut query =
        c.prepare_cached("select name, aliases from actors where actor_id = ? and named")?;
    for id in named(c, &wanted)? {
        let row = query
            .query_row([&id], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?;
        if let Some((name, aliases)) = row {
            names = values::read_list(&aliases);
            names.push(name.clone());
            actors.push((id, name));
        }
    }
    let also = match actors.len() {
        0 => return Ok(None),
        1 => others(c, pieces, names)?,
        _ => Vec::new(),
    };
    let nothing = also.is_empty() && actors.len() == 1;
    Ok((!nothing).then_some(Spelling {
        typed,
        actors,
        also,
    }))
}

/// The names that find more than what was typed does, without those that other actors have
/// too: the shortest first, and none that holds one already taken.
fn others(c: &Connection, pieces: &[Piece], names: Vec<String>) -> Result<Vec<String>, Fault> {
    let typed: Vec<Vec<String>> = pieces.iter().map(|piece| tokens(&piece.text)).collect();
    let mut names: Vec<(Vec<String>, String)> = names
        .into_iter()
        .map(|name| (tokens(&name), name))
        .collect();
    names.sort_by(|a, b| (a.0.len(), &a.0, &a.1).cmp(&(b.0.len(), &b.0, &b.1)));
    let mut taken: Vec<(Vec<String>, String)> = Vec::new();
    for (words, name) in names {
        let found_already = typed.iter().all(|piece| holds(&words, piece))
            || taken.iter().any(|(other, _)| holds(&words, other));
        if words.is_empty() || found_already || named(c, &key(&name))?.len() > 1 {
            continue;
        }
        taken.push((words, name));
        if taken.len() == MOST {
            break;
        }
    }
    Ok(taken.into_iter().map(|(_, name)| name).collect())
}

/// Whether the words of a phrase stand together among others.
fn holds(words: &[String], phrase: &[String]) -> bool {
    phrase.is_empty() || words.windows(phrase.len()).any(|some| some == phrase)
}

/// The words of a text as the search index has them.
fn tokens(text: &str) -> Vec<String> {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let plain = plain.to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}
