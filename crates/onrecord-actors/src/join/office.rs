//! Offices, and whether two of them can be one.

use onrecord_lexicon::{Lexicon, fold, spelling_key};
use onrecord_model::Role;

/// So many offices of an actor are compared: more are the same in other words.
const OFFICES_MOST: usize = 40;

/// An office taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// What the holder is, one word for all that mean the same ("chairman", "chair").
    head: String,
    /// A rank or form of address: it tells nothing of the office.
    personal: bool,
    /// Second in the office.
    deputy: bool,
    /// What it is over ("defence"), by sound.
    over: Vec<String>,
    /// The body, by sound.
    of: Option<String>,
    /// As it is told.
    told: String,
}

/// The offices among the roles of an actor.
pub fn all(roles: &[Role], lexicon: &Lexicon) -> Vec<Office> {
    let mut offices: Vec<Office> = Vec::new();
    for role in roles {
        if offices.len() < OFFICES_MOST
            && let Some(office) = read(role, lexicon)
            && !offices.contains(&office)
        {
            offices.push(office);
        }
    }
    offices
}

/// The gender that the titles tell.
pub fn gender(roles: &[Role], lexicon: &Lexicon) -> Option<char> {
    let words = &lexicon.words.actor;
    let of = |role: &Role| {
        let title = fold(&role.title).to_lowercase();
        let last = title.split(' ').next_back()?;
        words.code("gender", last)?.chars().next()
    };
    let mut found: Vec<char> = roles.iter().filter_map(of).collect();
    found.dedup();
    match found[..] {
        [only] => Some(only),
        _ => None,
    }
}

fn read(role: &Role, lexicon: &Lexicon) -> Option<Office> {
    let words = &lexicon.words.actor;
    // "the union’s chair": what owns the title is no part of it
    let owned = role.title.rsplit(['\'', '’']).next().unwrap_or_default();
    let owned = owned.strip_prefix("s ").unwrap_or(owned);
    let (title, after) = match owned.split_once(" of ").or(owned.split_once(" for ")) {
        Some((title, after)) => (title, after),
        None => (owned, ""),
    };
    let parts = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let kept = folded.split(' ').filter(|w| {
            let lower = w.to_lowercase();
            let small = lexicon.words.function_words.contains(&lower);
            !small && !w.is_empty() && !lexicon.words.demonyms.contains_key(*w)
        });
        kept.map(|w| w.trim_end_matches('.').to_lowercase())
            .collect()
    };
    let mut title = parts(title);
    let mut deputy = false;
    title.retain(|word| {
        let second = words.code("same-office", word) == Some("deputy");
        deputy |= second;
        !second
    });
    let (head, taken) = match title.as_slice() {
        [] if deputy => ("deputy".to_owned(), 0),
        [] => return None,
        [.., one, two] if words.is("same-office", &format!("{one} {two}")) => {
            (format!("{one} {two}"), 2)
        }
        [.., last] => (last.clone(), 1),
    };
    let kind = lexicon.words.honorifics.get(&head).map(String::as_str);
    if kind == Some("honorific") {
        return None;
    }
    let mut over: Vec<String> = title[..title.len() - taken].to_vec();
    over.extend(parts(after));
    over.retain(|word| !words.is("modifies", word));
    let told = match &role.of {
        Some(of) => format!("{} of {of}", role.title),
        None => role.title.clone(),
    };
    Some(Office {
        personal: matches!(kind, Some("rank" | "religious")),
        deputy,
        head: words
            .code("same-office", &head)
            .map_or(head.clone(), str::to_owned),
        over: over.iter().map(|word| sound(word, lexicon)).collect(),
        of: role.of.as_deref().map(spelling_key),
        told,
    })
}

fn sound(word: &str, lexicon: &Lexicon) -> String {
    let one = lexicon.words.actor.code("same-office", word);
    spelling_key(one.unwrap_or(word))
}

/// How well two offices agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Agree {
    /// One cannot be the other.
    No,
    /// They say nothing of each other.
    Open,
    /// Both can be one.
    Can,
    /// Both are over the same, or of the same body.
    Same,
}

impl Office {
    fn agrees(&self, other: &Office) -> Agree {
        if self.head != other.head || self.deputy != other.deputy {
            return Agree::Open;
        }
        let both = |one: &[String], two: &[String]| -> Option<bool> {
            let known = !one.is_empty() && !two.is_empty();
            known.then(|| one.iter().any(|word| two.contains(word)))
        };
        let of = match (&self.of, &other.of) {
            (Some(one), Some(two)) => Some(one == two),
            _ => None,
        };
        match (both(&self.over, &other.over), of) {
            (Some(false), _) | (_, Some(false)) => Agree::No,
            (Some(true), _) | (_, Some(true)) => Agree::Same,
            (None, None) => Agree::Can,
        }
    }
}

/// What the offices of two actors say of whether they are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Say {
    /// Both hold this.
    One(String),
    /// They hold others.
    Two,
    Nothing,
}

/// Compares the offices of two actors.
pub fn compare(one: &[&Office], two: &[&Office]) -> Say {
    let mut best: Option<(Agree, bool, &Office)> = None;
    let mut contrary = false;
    for a in one {
        for b in two {
            let agrees = a.agrees(b);
            contrary |= agrees == Agree::No;
            let shown = if a.told.len() >= b.told.len() { a } else { b };
            let better = best.is_none_or(|(most, rank, _)| (agrees, !a.personal) > (most, rank));
            if agrees >= Agree::Can && better {
                best = Some((agrees, !a.personal, shown));
            }
        }
    }
    let particular = |offices: &[&Office]| offices.iter().any(|o| !o.personal);
    match best {
        Some((agrees, _, office)) if agrees == Agree::Same || !contrary => {
            Say::One(format!("both {}", office.told))
        }
        _ if contrary || particular(one) && particular(two) => Say::Two,
        _ => Say::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(one: &[(&str, Option<&str>)], two: &[(&str, Option<&str>)]) -> Say {
        let lexicon = Lexicon::built_in();
        let offices = |all: &[(&str, Option<&str>)]| {
            let role = |(title, of): &(&str, Option<&str>)| Role {
                title: (*title).to_owned(),
                of: of.map(str::to_owned),
                from: None,
                to: None,
                sentence_id: None,
            };
            super::all(&all.iter().map(role).collect::<Vec<_>>(), lexicon)
        };
        let (one, two) = (offices(one), offices(two));
        compare(
            &one.iter().collect::<Vec<_>>(),
            &two.iter().collect::<Vec<_>>(),
        )
    }

    #[test]
    fn offices_that_can_be_one() {
        let one = |a, b| matches!(say(&[(a, None)], &[(b, None)]), Say::One(_));
        assert!(one("Defence Minister", "defense minister"));
        assert!(one("Minister", "minister of mines"));
        assert!(one("the union’s chair", "chairman"));
        assert!(one("Gov.", "former governor"));
        assert!(!one("vice president", "president"));
        assert!(!one("water minister", "energy minister"));
        assert!(!one("prime minister", "Minister"));
    }

    #[test]
    fn another_office_of_the_same_kind_speaks_against() {
        let of = |body| [("spokesman", Some(body))];
        assert_eq!(say(&of("Nahr Front"), &of("Salt League")), Say::Two);
        assert!(matches!(
            say(&of("Nahr Front"), &of("Nahr Front")),
            Say::One(_)
        ));
        assert_eq!(say(&[("General", None)], &[("mayor", None)]), Say::Nothing);
    }
}
