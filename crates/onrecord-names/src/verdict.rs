//! What a pairing of parts says of two names.

use crate::align::{Link, Mode};
use crate::part::Part;
use crate::prepare::{MOST, Prepared};

/// Names with at least this score can be the same.
pub const SAME: f64 = 0.7;

/// What keeps two names apart, or is worth telling where they agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Note {
    #[default]
    None,
    Empty,
    Together,
    Differs,
    Missing,
    OnlyGiven,
    OnlyInitials,
    Order,
    Patronymic,
    Generation,
    Number,
    Distinct,
    LegalForm,
    Spelling,
}

/// A judgement with the pairing it rests on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict {
    pub score: f64,
    pub links: Vec<Link>,
    pub note: Note,
    pub reordered: bool,
}

impl Verdict {
    pub fn no(score: f64, links: Vec<Link>, note: Note) -> Verdict {
        Verdict {
            score: score.clamp(0.0, SAME - 0.05),
            links,
            note,
            reordered: false,
        }
    }

    pub fn same(&self) -> bool {
        self.score >= SAME
    }
}

/// Which parts of each name have no partner.
pub(crate) struct Alone {
    a: [bool; MOST + 1],
    b: [bool; MOST + 1],
}

impl Alone {
    pub fn of(links: &[Link]) -> Alone {
        let mut alone = Alone {
            a: [true; MOST + 1],
            b: [true; MOST + 1],
        };
        for link in links {
            alone.a[link.a..link.a + link.a_many].fill(false);
            alone.b[link.b..link.b + link.b_many].fill(false);
        }
        alone
    }

    pub fn a<'p>(&self, parts: &'p [Part]) -> impl Iterator<Item = (usize, &'p Part)> {
        let alone = self.a;
        parts.iter().enumerate().filter(move |(at, _)| alone[*at])
    }

    pub fn b<'p>(&self, parts: &'p [Part]) -> impl Iterator<Item = (usize, &'p Part)> {
        let alone = self.b;
        parts.iter().enumerate().filter(move |(at, _)| alone[*at])
    }
}

/// What the differences of all pairs cost together, and what they may.
pub(crate) fn spelling(a: &[Part], links: &[Link]) -> (f64, f64) {
    let (mut cost, mut length) = (0.0, 0.0);
    for link in links {
        cost += f64::from(link.cost);
        for part in &a[link.a..link.a + link.a_many] {
            length += part.units.len() as f64;
        }
    }
    (cost / 100.0, length)
}

/// A score for pairs that agree: 1 without a difference, less the more letters differ.
pub(crate) fn likeness(a: &[Part], links: &[Link]) -> f64 {
    let (cost, length) = spelling(a, links);
    if length == 0.0 {
        return 0.0;
    }
    (1.0 - 0.9 * cost / length).max(0.0)
}

/// Judges two names by the kind both can be.
pub(crate) fn judge(a: &Prepared, b: &Prepared) -> Verdict {
    if a.parts.is_empty() || b.parts.is_empty() {
        let both = a.parts.len() == b.parts.len();
        return Verdict {
            score: if both { 1.0 } else { 0.0 },
            note: Note::Empty,
            ..Verdict::default()
        };
    }
    if is_itself(a, b) {
        return Verdict {
            score: 1.0,
            links: (0..a.parts.len()).map(Link::at).collect(),
            ..Verdict::default()
        };
    }
    let verdict = match mode(a, b) {
        Mode::Person => crate::person::judge(a, b),
        mode => crate::body::judge(a, b, mode),
    };
    if !verdict.same() && written_together(a, b, verdict.note) {
        return Verdict {
            score: 0.95,
            note: Note::Together,
            ..verdict
        };
    }
    verdict
}

/// Whether two names are the same letters with other spaces between them.
fn written_together(a: &Prepared, b: &Prepared, note: Note) -> bool {
    let apart = [
        Note::Generation,
        Note::Number,
        Note::LegalForm,
        Note::Patronymic,
    ];
    let length = a.whole.len();
    !apart.contains(&note)
        && a.parts.len() != b.parts.len()
        && (5..crate::units::MOST).contains(&length)
        && crate::distance::distance(&a.whole, &b.whole, 30).is_some()
}

fn is_itself(a: &Prepared, b: &Prepared) -> bool {
    let texts = |name: &Prepared| name.parts.len();
    texts(a) == texts(b)
        && a.legal == b.legal
        && a.generation == b.generation
        && a.parts
            .iter()
            .zip(&b.parts)
            .all(|(x, y)| x.text == y.text && x.number == y.number && x.initial == y.initial)
}

/// What two names are compared as.
pub(crate) fn mode(a: &Prepared, b: &Prepared) -> Mode {
    use crate::Kind;
    use crate::lists::is;
    let body = |name: &Prepared| {
        let words = is::GENERIC | is::HEAD | is::PLAIN | is::DISTINCT;
        name.legal.is_some()
            || name
                .parts
                .iter()
                .any(|p| p.is(words) && !p.is(is::GIVEN) || p.acronym || p.number.is_some())
    };
    let kind = if a.kind == Kind::Unknown {
        b.kind
    } else {
        a.kind
    };
    match kind {
        Kind::Person => Mode::Person,
        Kind::Organization => Mode::Body,
        Kind::Place => Mode::Place,
        Kind::Unknown if body(a) || body(b) => Mode::Body,
        Kind::Unknown => Mode::Person,
    }
}
