//! Whether two names can be one person's.

use crate::align::{Link, Mode, Pairs, Why, in_any_order, in_order};
use crate::lists::is;
use crate::part::Part;
use crate::prepare::Prepared;
use crate::verdict::{Alone, Note, SAME, Verdict, likeness, spelling};

pub(crate) fn judge(a: &Prepared, b: &Prepared) -> Verdict {
    let pairs = Pairs::of(&a.parts, &b.parts, Mode::Person);
    if a.generation != 0 && b.generation != 0 && a.generation != b.generation {
        return Verdict::no(0.5, in_order(&pairs), Note::Generation);
    }
    let mut verdict = weigh(a, b, in_order(&pairs));
    if verdict.same() && a.generation != b.generation {
        verdict.score = (verdict.score - 0.05).max(SAME);
    }
    if verdict.same() || a.parts.len() < 2 || b.parts.len() < 2 {
        return verdict;
    }
    let turned = in_any_order(&pairs);
    if turned.len() <= verdict.links.len() || is_in_order(&turned) {
        return verdict;
    }
    if !may_turn(a, b, &turned) {
        let note = match verdict.note {
            Note::Generation => Note::Generation,
            _ if fathers(a, b) => Note::Patronymic,
            _ => Note::Order,
        };
        return Verdict::no(0.6, turned, note);
    }
    let mut other = weigh(a, b, turned);
    if other.same() {
        other.score = (other.score - 0.05).max(SAME);
        other.reordered = true;
        return other;
    }
    verdict
}

fn fathers(a: &Prepared, b: &Prepared) -> bool {
    a.parts.iter().chain(&b.parts).any(|p| p.son)
}

fn is_in_order(links: &[Link]) -> bool {
    links.windows(2).all(|w| w[0].b < w[1].b)
}

/// Whether the parts of a name may stand in another order: the family name first, where that
/// can be told, or given names among themselves. "X bin Y" is never "Y bin X".
fn may_turn(a: &Prepared, b: &Prepared, links: &[Link]) -> bool {
    if fathers(a, b) || links.len() < a.parts.len().min(b.parts.len()) {
        return false;
    }
    let (n, m) = (a.parts.len(), b.parts.len());
    let given = |p: &Part| p.is(is::GIVEN);
    if links.len() == 2 && n.max(m) <= 3 {
        // "Moreau Claire" and "Claire Moreau": one of the two is no given name
        let (x, y) = (&links[0], &links[1]);
        let known = |l: &Link| given(&a.parts[l.a]) || given(&b.parts[l.b]);
        return known(x) != known(y);
    }
    // the family name, or a whole half, went to the other end
    let turn = links.windows(2).filter(|w| w[0].b > w[1].b).count();
    let rotated =
        turn == 1 && links.first().map(|l| l.b) > links.last().map(|l| l.b) && links.len() >= 3;
    let ends = links.first().is_some_and(|l| l.a == 0 && l.b == 0)
        && links.last().is_some_and(|l| l.a + 1 == n && l.b + 1 == m);
    rotated || links.len() >= 4 && (ends || turn == 1)
}

/// Judges a pairing.
fn weigh(a: &Prepared, b: &Prepared, links: Vec<Link>) -> Verdict {
    let (a, b) = (a.parts.as_slice(), b.parts.as_slice());
    let words = |l: &&Link| l.why != Why::Initial && !a[l.a].initial;
    let whole = links.iter().filter(words).count();
    let alike = likeness(a, &links);
    let share = |n: usize| 2.0 * n as f64 / (a.len() + b.len()) as f64;
    if whole == 0 {
        let note = if links.is_empty() {
            Note::Differs
        } else {
            Note::OnlyInitials
        };
        return Verdict::no(0.4 * share(links.len()), links, note);
    }
    let alone = Alone::of(&links);
    let counts = |parts: &mut dyn Iterator<Item = (usize, &Part)>| {
        let mut counted = (0, 0);
        for (_, part) in parts {
            if part.initial {
                counted.1 += 1;
            } else if !part.optional() {
                counted.0 += 1;
            }
        }
        counted
    };
    let (only_a, dots_a) = counts(&mut alone.a(a));
    let (only_b, dots_b) = counts(&mut alone.b(b));
    // a part said twice in a row says nothing more
    let doubled = |parts: &[Part], at: usize| {
        let same = |other: Option<&Part>| other.is_some_and(|p| p.units == parts[at].units);
        same(parts.get(at + 1)) || at > 0 && same(parts.get(at - 1))
    };
    let mut only = (only_a, only_b);
    if only_b == 0 {
        only.0 -= alone
            .a(a)
            .filter(|(at, _)| doubled(a, *at))
            .count()
            .min(only_a);
    } else if only_a == 0 {
        only.1 -= alone
            .b(b)
            .filter(|(at, _)| doubled(b, *at))
            .count()
            .min(only_b);
    }
    let (only_a, only_b) = only;
    if only_a > 0 && only_b > 0 {
        let son = |p: (usize, &Part)| p.1.son;
        let note = if alone.a(a).any(son) && alone.b(b).any(son) {
            Note::Patronymic
        } else {
            Note::Differs
        };
        return Verdict::no(alike * share(whole) * 0.9, links, note);
    }
    if dots_a > 0 && only_b + dots_b > 0 || dots_b > 0 && only_a + dots_a > 0 {
        return Verdict::no(alike * share(whole) * 0.9, links, Note::Differs);
    }
    let missing = only_a.max(only_b);
    if missing > 0 && links.iter().any(|l| l.why == Why::Servant) {
        return Verdict::no(0.6 * alike, links, Note::Differs);
    }
    let longer = if only_a > 0 { a } else { b };
    let last_of = |l: &Link| {
        if only_a > 0 {
            l.a + l.a_many == longer.len()
        } else {
            l.b + l.b_many == longer.len()
        }
    };
    let ends = links.iter().any(last_of);
    if missing > 0 && whole == 1 && !ends {
        return Verdict::no(0.6 * alike, links, Note::OnlyGiven);
    }
    let enough = match whole {
        1 => missing <= 2,
        2 => missing <= 2 || missing == 3 && !ends,
        _ => missing <= 3,
    };
    if !enough {
        return Verdict::no(0.6 * alike, links, Note::Missing);
    }
    let (cost, length) = spelling(a, &links);
    let surname_only = whole == 1 && missing > 0;
    if cost > 0.6 + 0.11 * length || surname_only && cost > 0.65 {
        return Verdict::no(alike * 0.85, links, Note::Spelling);
    }
    let shortened = 0.05 * missing as f64 + if surname_only { 0.1 } else { 0.0 };
    Verdict {
        score: (alike - shortened).max(SAME),
        links,
        note: Note::None,
        reordered: false,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, compare};

    #[track_caller]
    fn check(a: &str, b: &str, same: bool) {
        let found = compare(a, b, Kind::Person);
        assert_eq!(found.same, same, "{a} / {b}: {found:?}");
    }

    #[test]
    fn spellings_of_one_name_are_the_same() {
        check("Nadim al-Karmouni", "Nadeem Karmuni", true);
        check("Khaled Zubaydi", "Khalid al-Zubaidi", true);
        check("Abd al-Qadir Mansuri", "Abdulkader al-Mansouri", true);
        check("Юрий Головко", "Yury Golovko", true);
        check("Gen. Tariq Shahin", "Tarek Chahine", true);
    }

    #[test]
    fn other_names_are_not() {
        check("Nadim al-Karmouni", "Karim al-Karmouni", false);
        check("Nadim al-Karmouni", "Nadim al-Shatti", false);
        check("Hamed Karmouni", "Ahmed Karmouni", false);
        check("Vera Lurenskaya-Golova", "Vera Lurenskaya-Golov", false);
        check("Maria Sokolov", "Mario Sokolov", false);
        check("Oleg Ivanovich Sokol", "Oleg Petrovich Sokol", false);
        check("Pieter Lund, Sr.", "Pieter Lund, Jr.", false);
    }

    #[test]
    fn fathers_and_sons_are_two() {
        check("Salim bin Tariq", "Tariq bin Salim", false);
        check("Salim bin Tariq", "Saleem ibn Tarek", true);
    }

    #[test]
    fn short_forms() {
        check("R. Lindqvist", "Robert Lindqvist", true);
        check("P. Lindqvist", "Robert Lindqvist", false);
        check("Bob Lindqvist", "Robert Lindqvist", true);
        check("Lindqvist", "Robert Lindqvist", true);
        check("Robert", "Robert Lindqvist", false);
        check("Robert K. Lindqvist", "Robert Lindqvist", true);
        check("Robert K. Lindqvist", "Robert M. Lindqvist", false);
    }

    #[test]
    fn order() {
        check("Lindqvist, Robert", "Robert Lindqvist", true);
        check("Lindqvist Robert", "Robert Lindqvist", true);
        check("Martin Thomas", "Thomas Martin", false);
    }
}
