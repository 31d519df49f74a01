//! Whether two names can be one organisation's, or one place's.

use crate::align::{Link, Mode, Pairs, Why, in_any_order, in_order};
use crate::lists::{Legal, is};
use crate::part::Part;
use crate::prepare::Prepared;
use crate::verdict::{Alone, Note, SAME, Verdict, likeness, spelling};

pub(crate) fn judge(a: &Prepared, b: &Prepared, mode: Mode) -> Verdict {
    let pairs = Pairs::of(&a.parts, &b.parts, mode);
    let verdict = weigh(a, b, in_order(&pairs), mode);
    let single = a.parts.len() < 2 || b.parts.len() < 2;
    if verdict.same() || single || mode == Mode::Place {
        return verdict;
    }
    let turned = in_any_order(&pairs);
    if turned.len() <= verdict.links.len() {
        return verdict;
    }
    let mut other = weigh(a, b, turned, mode);
    if other.same() {
        other.score = (other.score - 0.05).max(SAME);
        other.reordered = true;
        return other;
    }
    verdict
}

/// How much a part says of which body it is.
fn weight(part: &Part, mode: Mode) -> f64 {
    if part.is(is::PLACE) && mode == Mode::Place {
        0.0
    } else if part.is(is::GENERIC) {
        0.2
    } else if part.is(is::HEAD) {
        0.5
    } else if part.is(is::PLAIN) {
        0.8
    } else {
        1.0
    }
}

fn weigh(a: &Prepared, b: &Prepared, links: Vec<Link>, mode: Mode) -> Verdict {
    let legal = (a.legal, b.legal);
    let (a, b) = (a.parts.as_slice(), b.parts.as_slice());
    let alone = Alone::of(&links);
    let alike = likeness(a, &links);
    let linked: f64 = links
        .iter()
        .flat_map(|l| &a[l.a..l.a + l.a_many])
        .map(|p| weight(p, mode))
        .sum();
    let all: f64 = a.iter().map(|p| weight(p, mode)).sum();
    let rest = |parts: &mut dyn Iterator<Item = (usize, &Part)>| {
        let mut rest = Rest::default();
        for (at, part) in parts {
            rest.add(at, part, mode);
        }
        rest
    };
    let (only_a, only_b) = (rest(&mut alone.a(a)), rest(&mut alone.b(b)));
    let near = alike * linked / all.max(0.1) * 0.9;
    if only_a.number || only_b.number {
        return Verdict::no(near, links, Note::Number);
    }
    if only_a.distinct || only_b.distinct {
        return Verdict::no(near, links, Note::Distinct);
    }
    // "US Central Command" where only one army can be meant
    let leads = |one: &Rest, other: &Rest, parts: &[Part]| {
        one.country_first && one.words == 1 && other.words == 0 && parts.len() > 2
    };
    let words = only_a.words + only_b.words;
    let country = leads(&only_a, &only_b, a) || leads(&only_b, &only_a, b);
    if words > 0 && !country {
        return Verdict::no(near, links, Note::Differs);
    }
    // two bodies of one name: neither kind may stand for the other
    if only_a.generic > 0 && only_b.generic > 0 && linked < 0.8 {
        return Verdict::no(near, links, Note::Differs);
    }
    let acronym = links.iter().any(|l| l.why == Why::Acronym);
    if linked < 0.7 && !acronym && !(only_a.none() && only_b.none()) {
        return Verdict::no(near, links, Note::Differs);
    }
    if let (Some(one), Some(two)) = legal
        && (one == Legal::Nonprofit) != (two == Legal::Nonprofit)
    {
        return Verdict::no(near, links, Note::LegalForm);
    }
    let (cost, length) = spelling(a, &links);
    let most = if mode == Mode::Place {
        0.5 + 0.08 * length
    } else {
        0.8 + 0.08 * length
    };
    if cost > most {
        return Verdict::no(alike * 0.85, links, Note::Spelling);
    }
    let lost = 0.05 * (only_a.generic + only_b.generic) as f64 + if country { 0.1 } else { 0.0 };
    let forms = match legal {
        (Some(one), Some(two)) if one != two && one != Legal::Company && two != Legal::Company => {
            0.1
        }
        _ => 0.0,
    };
    Verdict {
        score: (alike - lost - forms - if acronym { 0.15 } else { 0.0 }).max(SAME),
        links,
        note: Note::None,
        reordered: false,
    }
}

/// What one name has and the other has not.
#[derive(Default)]
struct Rest {
    words: usize,
    generic: usize,
    number: bool,
    distinct: bool,
    country_first: bool,
}

impl Rest {
    fn add(&mut self, at: usize, part: &Part, mode: Mode) {
        if part.number.is_some() {
            self.number = true;
        } else if part.is(is::DISTINCT) {
            self.distinct = true;
        } else if part.is(is::PLACE) && mode == Mode::Place {
        } else if part.is(is::GENERIC) && mode == Mode::Body {
            self.generic += 1;
        } else {
            self.words += 1;
            self.country_first |= at == 0 && part.is(is::COUNTRY);
        }
    }

    fn none(&self) -> bool {
        self.words + self.generic == 0
    }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, compare};

    #[track_caller]
    fn check(a: &str, b: &str, kind: Kind, same: bool) {
        let found = compare(a, b, kind);
        assert_eq!(found.same, same, "{a} / {b}: {found:?}");
    }

    #[test]
    fn organisations_that_are_the_same() {
        let check = |a, b| check(a, b, Kind::Organization, true);
        check("Lurensk Steel Ltd.", "Lurensk Steel LLC");
        check(
            "OOO Lurensk Steel",
            "Lurensk Steel Limited Liability Company",
        );
        check("The Lurensk Group", "Lurensk");
        check("NRA", "Nahr Relief Authority");
        check("Kata'ib al-Nahr", "Nahr Brigades");
        check("Ministry of Steel of Orvia", "Orvia Ministry of Steel");
        check("Twenty-First Lurensk Brigade", "21st Lurensk Brigade");
        check("LurensKombinat AG", "Lurenskombinat Aktiengesellschaft");
    }

    #[test]
    fn organisations_that_are_not() {
        let check = |a, b| check(a, b, Kind::Organization, false);
        check("Lurensk Bank", "Lurensk Foundation");
        check("North Lurensk Front", "South Lurensk Front");
        check("Lurensk Fund II", "Lurensk Fund III");
        check("Government of Chad", "Government of Chile");
        check("Nahr Brigades", "Nahr");
        check("Bank of Lurensk", "Bank of Orvia");
        check("NRA", "NRO");
    }

    #[test]
    fn places() {
        check("al-Nahrayn", "Nahrain", Kind::Place, true);
        check("Deir az-Zahr", "Dayr al-Zahr", Kind::Place, true);
        check("Pesh Koy", "Peshkoy", Kind::Place, true);
        check("Lurensk Province", "Lurensk", Kind::Place, true);
        check("East Lurensk", "West Lurensk", Kind::Place, false);
        check("Lurensk", "Orvia", Kind::Place, false);
    }
}
