//! The comparison and its reasons.

use crate::align::{Link, Why};
use crate::distance::differences;
use crate::part::Part;
use crate::prepare::Prepared;
use crate::verdict::{Alone, Note, Verdict, judge};
use crate::{Kind, verdict};

/// What a comparison found.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// 0 to 1, in thousandths; names with at least [`crate::SAME`] can be the same.
    pub score: f64,
    /// Whether the names can be the same.
    pub same: bool,
    /// Why, in a few words.
    pub reason: String,
    /// The parts that were paired, and those that stand alone.
    pub steps: Vec<Step>,
}

/// Parts of both names and how they differ; one side is empty where a part stands alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// From the first name.
    pub a: String,
    /// From the second name.
    pub b: String,
    /// The difference; empty where there is none.
    pub what: String,
}

/// Compares two names.
///
/// ```
/// use onrecord_names::{Kind, compare};
/// assert!(compare("OOO Lurensk Steel", "Lurensk Steel LLC", Kind::Organization).same);
/// assert!(!compare("Lurensk Fund II", "Lurensk Fund III", Kind::Organization).same);
/// ```
pub fn compare(a: &str, b: &str, kind: Kind) -> Comparison {
    Prepared::new(a, kind).compare(&Prepared::new(b, kind))
}

impl Prepared {
    /// Compares two prepared names. The score is the same whichever comes first.
    pub fn compare(&self, other: &Prepared) -> Comparison {
        if self.stands_before(other) {
            self.told(other, &judge(self, other), false)
        } else {
            other.told(self, &judge(other, self), true)
        }
    }

    /// The score, if every part of each name has its counterpart in the other: two spellings
    /// of one name, neither a piece of the other.
    ///
    /// ```
    /// use onrecord_names::{Kind, Prepared};
    /// let name = |text| Prepared::new(text, Kind::Person);
    /// assert!(name("Qadir al-Najmi").spelt_like(&name("Kader Najmi")).is_some());
    /// assert!(name("Qadir Salim al-Najmi").spelt_like(&name("Qadir Salim")).is_none());
    /// ```
    pub fn spelt_like(&self, other: &Prepared) -> Option<f64> {
        let found = self.compare(other);
        let paired = found
            .steps
            .iter()
            .all(|s| !s.a.is_empty() && !s.b.is_empty());
        (found.same && paired).then_some(found.score)
    }

    /// The score alone, for many pairs.
    pub fn score(&self, other: &Prepared) -> f64 {
        let verdict = if self.stands_before(other) {
            judge(self, other)
        } else {
            judge(other, self)
        };
        rounded(verdict.score)
    }

    /// An order of the two that does not hang on who asks.
    fn stands_before(&self, other: &Prepared) -> bool {
        let texts = |name: &Prepared| name.parts.len();
        match texts(self).cmp(&texts(other)) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Equal => {
                let one = self
                    .parts
                    .iter()
                    .map(|p| (p.text.as_str(), p.initial, p.acronym));
                let two = other
                    .parts
                    .iter()
                    .map(|p| (p.text.as_str(), p.initial, p.acronym));
                one.le(two)
            }
        }
    }

    fn told(&self, other: &Prepared, verdict: &Verdict, turned: bool) -> Comparison {
        let mut steps = Vec::with_capacity(self.parts.len().max(other.parts.len()));
        for link in &verdict.links {
            let (a, b) = parts_of(self, other, link);
            steps.push(Step {
                what: difference(a, b, link, turned),
                a: joined(a),
                b: joined(b),
            });
        }
        let alone = Alone::of(&verdict.links);
        let unmatched = matches!(
            verdict.note,
            Note::Differs | Note::Patronymic | Note::Missing
        );
        for (at, part) in alone.a(&self.parts) {
            let what = stands_alone(self, at, part, unmatched);
            steps.push(Step {
                a: part.text.clone(),
                b: String::new(),
                what,
            });
        }
        for (at, part) in alone.b(&other.parts) {
            let what = stands_alone(other, at, part, unmatched);
            steps.push(Step {
                a: String::new(),
                b: part.text.clone(),
                what,
            });
        }
        if turned {
            for step in &mut steps {
                std::mem::swap(&mut step.a, &mut step.b);
            }
        }
        let score = rounded(verdict.score);
        Comparison {
            score,
            same: score >= verdict::SAME,
            reason: reason(self, other, verdict, &steps),
            steps,
        }
    }
}

fn rounded(score: f64) -> f64 {
    (score.clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}

fn parts_of<'p>(a: &'p Prepared, b: &'p Prepared, link: &Link) -> (&'p [Part], &'p [Part]) {
    (
        &a.parts[link.a..link.a + link.a_many],
        &b.parts[link.b..link.b + link.b_many],
    )
}

fn joined(parts: &[Part]) -> String {
    match parts {
        [one] => one.text.clone(),
        _ => {
            let texts: Vec<_> = parts.iter().map(|p| p.text.as_str()).collect();
            texts.join(" ")
        }
    }
}

fn difference(a: &[Part], b: &[Part], link: &Link, turned: bool) -> String {
    let article = a[0].article != b[0].article;
    let mut what = match link.why {
        Why::Same => String::new(),
        Why::Spelling if turned => differences(&b[0].units, &a[0].units),
        Why::Spelling => differences(&a[0].units, &b[0].units),
        Why::Nickname => "short form".to_owned(),
        Why::Initial => "given name as initial".to_owned(),
        Why::Meaning => "same meaning".to_owned(),
        Why::Joined => "written as one word".to_owned(),
        Why::Acronym => "acronym of".to_owned(),
        Why::Servant => "Abd left out".to_owned(),
    };
    if article {
        if !what.is_empty() {
            what.push_str(", ");
        }
        what.push_str("al- left out");
    }
    what
}

fn stands_alone(name: &Prepared, at: usize, part: &Part, unmatched: bool) -> String {
    use crate::lists::is;
    let last = at + 1 == name.parts.len();
    let what = if part.number.is_some() {
        "number"
    } else if part.is(is::DISTINCT) {
        "distinguishing word"
    } else if name.kind != Kind::Person {
        if part.is(is::GENERIC) {
            "general word"
        } else {
            "word"
        }
    } else if part.initial {
        "initial"
    } else if part.is(is::TITLE) {
        "title"
    } else if part.son {
        "patronymic"
    } else if last && at > 0 {
        "family name"
    } else if at == 0 {
        "given name"
    } else {
        "middle name"
    };
    format!("{what} {}", if unmatched { "differs" } else { "left out" })
}

fn reason(a: &Prepared, b: &Prepared, verdict: &Verdict, steps: &[Step]) -> String {
    let mut out = String::with_capacity(64);
    let none = verdict.links.is_empty();
    let note = match verdict.note {
        Note::Differs if none => "no part in common",
        Note::None | Note::Differs => "",
        Note::Empty => "nothing to compare",
        Note::Together => "other spaces between the same letters",
        Note::Missing => "too many parts left out",
        Note::OnlyGiven => "only a given name in common",
        Note::OnlyInitials => "only initials in common",
        Note::Order => "the same parts in another order",
        Note::Patronymic => "another father",
        Note::Generation => "of two generations",
        Note::Number => "numbers differ",
        Note::Distinct => "a distinguishing word differs",
        Note::LegalForm => "legal forms differ",
        Note::Spelling => "too many letters differ",
    };
    say(&mut out, note, "");
    if verdict.reordered || a.comma != b.comma {
        say(&mut out, "word order", "");
    }
    if a.title != b.title {
        say(&mut out, "title left out", "");
    }
    if a.generation != b.generation && verdict.note != Note::Generation {
        say(&mut out, "generational suffix left out", "");
    }
    if a.legal != b.legal && verdict.note != Note::LegalForm {
        say(&mut out, "legal form", "");
    }
    for step in steps.iter().filter(|step| !step.what.is_empty() && !none) {
        let alone = match (step.a.is_empty(), step.b.is_empty()) {
            (true, _) => step.b.as_str(),
            (_, true) => step.a.as_str(),
            _ => "",
        };
        say(&mut out, &step.what, alone);
    }
    if out.is_empty() {
        out.push_str("the same");
    }
    out
}

fn say(out: &mut String, what: &str, of: &str) {
    if what.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push_str("; ");
    }
    out.push_str(what);
    if !of.is_empty() {
        out.push_str(" (");
        out.push_str(of);
        out.push(')');
    }
}
