//! Clusters of actors that are one, and what keeps two apart.

use std::collections::BTreeMap;

use onrecord_model::{Confidence, Join};
use onrecord_names::Prepared;

use super::bearer::Bearer;
use super::link::{Link, Why};
use super::office::{self, Office, Say};

/// So many members of a cluster are asked whether another may come to it: those with most
/// mentions. More would make large clusters slow, and say what these say.
const ASKED_MOST: usize = 8;
/// So many of a member's names are asked, the canonical and the most frequent.
const NAMES_ASKED: usize = 2;
/// Two links whose strengths differ by less, in thousandths, are about as strong: an actor
/// linked so to two that are not one is linked to neither.
const NEAR: u16 = 50;
/// The least strength, in thousandths, of two spellings that are one name without further
/// evidence. Spellings of one name have .94 and more; below .9 two names of one region meet.
const SURE: u16 = 900;
/// So many links between an actor and the one it goes to are told.
const TOLD_MOST: usize = 3;

/// Clusters that grow along links.
pub struct Clusters<'p, 'a> {
    pub bearers: &'p [Bearer<'a>],
    parent: Vec<usize>,
    /// Of a root: its members.
    members: Vec<Vec<usize>>,
    /// Of a root: those of them that are asked.
    asked: Vec<Vec<usize>>,
    /// Of a root: the mentions of all members.
    mentions: Vec<u64>,
    /// Of a root: whether the lexicon has one of them.
    known: Vec<bool>,
    /// The persons with a full name, by the sound of their surnames.
    surnames: BTreeMap<&'p str, Vec<usize>>,
    /// The links that were taken, each with what else agreed then.
    taken: Vec<(Link<'a>, Vec<String>)>,
}

impl<'p, 'a> Clusters<'p, 'a> {
    pub fn new(bearers: &'p [Bearer<'a>]) -> Clusters<'p, 'a> {
        let mut surnames: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, bearer) in bearers.iter().enumerate() {
            if let Some(surname) = bearer.surnames.first() {
                surnames.entry(surname).or_default().push(at);
            }
        }
        Clusters {
            bearers,
            surnames,
            parent: (0..bearers.len()).collect(),
            members: (0..bearers.len()).map(|at| vec![at]).collect(),
            asked: (0..bearers.len()).map(|at| vec![at]).collect(),
            mentions: bearers.iter().map(|b| u64::from(b.mentions)).collect(),
            known: bearers.iter().map(|b| b.in_lexicon).collect(),
            taken: Vec::new(),
        }
    }

    /// The member that stands for the cluster of an actor.
    pub fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    /// The persons with this surname, given by its sound.
    pub fn bearing(&self, surname: &str) -> &[usize] {
        self.surnames.get(surname).map_or(&[], Vec::as_slice)
    }

    /// The members of an actor's cluster.
    pub fn of(&self, at: usize) -> &[usize] {
        &self.members[self.root(at)]
    }

    pub fn mentions(&self, at: usize) -> u64 {
        self.mentions[self.root(at)]
    }

    /// What the offices of two clusters say.
    pub fn offices(&self, one: usize, two: usize) -> Say {
        let of = |at: usize| -> Vec<&Office> {
            let asked = self.asked[self.root(at)].iter();
            asked.flat_map(|m| &self.bearers[*m].offices).collect()
        };
        office::compare(&of(one), &of(two))
    }

    /// What else two clusters have in common, in words.
    fn also(&self, link: &Link<'_>) -> Vec<String> {
        let (a, b) = (&self.bearers[link.a], &self.bearers[link.b]);
        let mut also = Vec::new();
        if let Say::One(office) = self.offices(link.a, link.b) {
            also.push(office);
        }
        if let (Some(one), true) = (
            &a.actor.country,
            a.actor.country == b.actor.country && also.is_empty(),
        ) {
            also.push(format!("both of {one}"));
        }
        also
    }

    /// Whether two persons or bodies agree in something besides the name.
    pub fn agree(&self, one: usize, two: usize) -> bool {
        let country = self.bearers[one].actor.country.as_ref();
        matches!(self.offices(one, two), Say::One(_))
            || country.is_some() && country == self.bearers[two].actor.country.as_ref()
    }

    /// Whether the clusters of two actors cannot be one.
    pub fn apart(&self, link: &Link<'_>) -> bool {
        let (one, two) = (self.root(link.a), self.root(link.b));
        let mut asked = self.asked[one]
            .iter()
            .flat_map(|a| self.asked[two].iter().map(move |b| (*a, *b)));
        self.known[one] && self.known[two] || asked.any(|(a, b)| self.contrary(a, b, link.why))
    }

    /// Whether something is known of two actors that cannot be of one.
    fn contrary(&self, a: usize, b: usize, why: Why<'_>) -> bool {
        let (one, two) = (&self.bearers[a], &self.bearers[b]);
        let differ = |x: Option<&str>, y: Option<&str>| x.is_some() && y.is_some() && x != y;
        let country = |bearer: &Bearer<'a>| bearer.actor.country.clone();
        if differ(country(one).as_deref(), country(two).as_deref()) {
            return true;
        }
        if one.is_person != two.is_person {
            return false;
        }
        if !one.is_person {
            return numbered_apart(one, two);
        }
        if one.gender.is_some() && two.gender.is_some() && one.gender != two.gender {
            return true;
        }
        let same = |x: &str| two.names.iter().any(|y| y.key == x);
        if one.names.iter().any(|x| same(&x.key)) {
            return false;
        }
        // The page, which knows more, holds them for two; of a surname with an office it may
        // leave open which of several namesakes has it.
        if why != Why::Office && one.meets(two) {
            return true;
        }
        let names = || {
            let all = one.names.iter().take(NAMES_ASKED);
            let two = || two.names.iter().take(NAMES_ASKED);
            all.flat_map(move |x| two().map(move |y| (&x.prepared, &y.prepared)))
        };
        let alike = names().any(|(x, y)| x.score(y) >= onrecord_names::SAME);
        !alike && names().any(|(x, y)| differs_in_part(x, y))
    }

    /// Takes the links, strongest first.
    pub fn take_all(&mut self, mut links: Vec<Link<'a>>) {
        self.sort(&mut links);
        for link in links {
            self.take(link);
        }
    }

    /// Takes those links of which no other is about as strong, the weaker ones only where
    /// office or country agree.
    pub fn take_clear(&mut self, mut links: Vec<Link<'a>>) {
        self.sort(&mut links);
        let mut beside: Vec<Vec<(usize, u16, &str)>> = vec![Vec::new(); self.bearers.len()];
        for link in &links {
            beside[link.a].push((link.b, link.strength, link.one));
            beside[link.b].push((link.a, link.strength, link.two));
        }
        for link in links {
            // of one name only: an actor may well have several, each like another's
            let third = |from: usize, name: &str, to: usize| {
                beside[from].iter().any(|(other, strength, own)| {
                    let linked = || beside[to].iter().any(|(at, _, _)| at == other);
                    *other != to
                        && *own == name
                        && *strength + NEAR > link.strength
                        && self.root(*other) != self.root(to)
                        && self.root(*other) != self.root(from)
                        && !linked()
                })
            };
            let clear = !third(link.a, link.one, link.b) && !third(link.b, link.two, link.a);
            let supported = link.strength >= SURE || self.agree(link.a, link.b);
            if supported && clear {
                self.take(link);
            }
        }
    }

    fn sort(&self, links: &mut [Link<'a>]) {
        links.sort_by(|x, y| {
            let key = |l: &Link<'a>| (l.a.min(l.b), l.a.max(l.b));
            y.strength.cmp(&x.strength).then(key(x).cmp(&key(y)))
        });
    }

    /// Puts two clusters together, if nothing speaks against it.
    pub fn take(&mut self, link: Link<'a>) -> bool {
        let (one, two) = (self.root(link.a), self.root(link.b));
        if one == two || self.apart(&link) {
            return false;
        }
        let also = self.also(&link);
        let (into, from) = if self.members[one].len() >= self.members[two].len() {
            (one, two)
        } else {
            (two, one)
        };
        self.parent[from] = into;
        let moved = std::mem::take(&mut self.members[from]);
        self.members[into].extend(moved);
        let moved = std::mem::take(&mut self.asked[from]);
        let asked = &mut self.asked[into];
        asked.extend(moved);
        asked.sort_by_key(|at| (std::cmp::Reverse(self.bearers[*at].mentions), *at));
        asked.truncate(ASKED_MOST);
        self.mentions[into] += self.mentions[from];
        self.known[into] |= self.known[from];
        self.taken.push((link, also));
        true
    }

    /// The joins, sorted by the actor that goes.
    pub fn joins(&self) -> Vec<Join> {
        let mut beside: Vec<Vec<usize>> = vec![Vec::new(); self.bearers.len()];
        for (n, (link, _)) in self.taken.iter().enumerate() {
            beside[link.a].push(n);
            beside[link.b].push(n);
        }
        let mut joins = Vec::new();
        for root in 0..self.bearers.len() {
            let best = self.members[root].iter().max_by_key(|at| self.rank(**at));
            let Some(to) = best.copied().filter(|_| self.members[root].len() > 1) else {
                continue;
            };
            // outward along the links: each goes by the one that leads to it
            let mut ways = vec![Way {
                at: to,
                link: None,
                from: 0,
            }];
            let mut next = 0;
            while let Some(way) = ways.get(next) {
                let (at, by) = (way.at, way.link);
                for n in beside[at].iter().filter(|n| by != Some(**n)) {
                    let link = &self.taken[*n].0;
                    let other = if link.a == at { link.b } else { link.a };
                    ways.push(Way {
                        at: other,
                        link: Some(*n),
                        from: next,
                    });
                    joins.push(self.told(&ways, to));
                }
                next += 1;
            }
        }
        joins.sort_by(|a, b| a.from.cmp(&b.from));
        joins
    }

    /// The join of the actor at the end of the last way.
    fn told(&self, ways: &[Way], to: usize) -> Join {
        let mut reasons = Vec::new();
        let mut rule = "";
        let mut confidence = Confidence::percent(100);
        let goes = ways.last().map_or(to, |way| way.at);
        let mut way = ways.last();
        while let Some((now, n)) = way.and_then(|way| Some((way, way.link?))) {
            let (link, also) = &self.taken[n];
            if reasons.is_empty() {
                rule = link.why.rule();
            }
            if reasons.len() < TOLD_MOST {
                reasons.push(turned(link, now.at).reason(also));
            }
            confidence = confidence.min(link.confidence());
            way = ways.get(now.from);
        }
        Join {
            from: self.bearers[goes].actor.id.clone(),
            to: self.bearers[to].actor.id.clone(),
            reason: reasons.join(". "),
            made_by: rule.to_owned(),
            confidence,
        }
    }

    /// Which of a cluster stays: one the lexicon knows, one with a full name, one with most
    /// mentions, the longest name, the first id.
    fn rank(&self, at: usize) -> impl Ord + use<> {
        let bearer = &self.bearers[at];
        (
            bearer.in_lexicon,
            !bearer.names.is_empty(),
            bearer.is_sure_of_kind(),
            bearer.mentions,
            bearer.completeness(),
            std::cmp::Reverse(at),
        )
    }
}

/// A step outward from the actor that stays.
struct Way {
    /// The actor reached.
    at: usize,
    /// By this link.
    link: Option<usize>,
    /// From this step.
    from: usize,
}

/// The link with the actor that goes first.
fn turned<'a>(link: &Link<'a>, goes: usize) -> Link<'a> {
    let mut link = link.clone();
    if link.a != goes {
        std::mem::swap(&mut link.a, &mut link.b);
        std::mem::swap(&mut link.one, &mut link.two);
    }
    link
}

/// Whether two bodies have names that differ in a number, or in "North" and "South".
fn numbered_apart(one: &Bearer<'_>, two: &Bearer<'_>) -> bool {
    let (Some(x), Some(y)) = (one.names.first(), two.names.first()) else {
        return false;
    };
    if x.key == y.key {
        return false;
    }
    let found = x.prepared.compare(&y.prepared);
    !found.same
        && found
            .steps
            .iter()
            .any(|step| !step.a.is_empty() && !step.b.is_empty())
        && (found.reason.starts_with("numbers differ")
            || found.reason.starts_with("a distinguishing word differs"))
}

/// Whether two names have a part in common and another not: "Maruk Kavash", "Ilian Kavash".
fn differs_in_part(one: &Prepared, two: &Prepared) -> bool {
    let found = one.compare(two);
    !found.same
        && found
            .steps
            .iter()
            .any(|step| !step.a.is_empty() && !step.b.is_empty())
}
