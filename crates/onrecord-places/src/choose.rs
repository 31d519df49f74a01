//! Which of several places of one name is meant: one for a name in an article.
//!
//! Each place has a weight beforehand (its people). The places of the other names speak for
//! those near them, in their division and in their country, each as much as it is itself
//! believed; so do the countries of the actors. A few rounds of that settle most names.

use std::collections::BTreeMap;

use libm::exp; // the same bits on every machine, as the system's own is not
use onrecord_model::{ArticleReading, kilometres};

use crate::candidates::Candidate;
use crate::find::Name;

const ROUNDS: usize = 4;
/// The most that other names can add.
const MOST: f64 = 12.0;
/// What one close, certain place adds; one of the same division; one of the same country.
const NEAR: f64 = 2.0;
const DIVISION: f64 = 1.5;
const COUNTRY: f64 = 0.25;
/// What each country beyond the first that the article speaks of adds to an entry of the
/// lexicon, up to four: news of the world means the Paris that everybody knows.
const WORLD: f64 = 1.0;
/// Kilometres over which nearness fades.
const FADES: f64 = 80.0;
/// What a name counts that is part of a body's only.
const WITHIN_NAME: f64 = 0.75;
/// How much a unit of weight parts two candidates.
const SHARP: f64 = 1.6;

/// All mentions of one name that no "Paris, Texas" has settled otherwise.
struct Group<'a> {
    candidates: Vec<&'a Candidate>,
    /// How often it is named, dampened.
    weight: f64,
    beliefs: Vec<f64>,
}

/// The place of each name, in order; none where nothing is known of it.
pub fn choose<'a>(reading: &ArticleReading, names: &'a [Name]) -> Vec<Option<&'a Candidate>> {
    // a name settled once ("Paris, Texas") is settled in the whole article
    let mut settled: BTreeMap<&str, &Vec<Candidate>> = BTreeMap::new();
    for name in names.iter().filter(|n| n.inside) {
        settled.entry(&name.key).or_insert(&name.candidates);
    }
    let candidates_of = |name: &'a Name| -> &'a Vec<Candidate> {
        match settled.get(name.key.as_str()) {
            Some(within) if !name.inside => within,
            _ => &name.candidates,
        }
    };
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut numbers: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut of_name = Vec::new();
    for name in names {
        let candidates = candidates_of(name);
        let first = candidates.first().map(|c| c.place().id).unwrap_or_default();
        let number = *numbers.entry((&name.key, first)).or_insert_with(|| {
            groups.push(Group {
                candidates: candidates.iter().collect(),
                weight: 0.0,
                beliefs: Vec::new(),
            });
            groups.len() - 1
        });
        groups[number].weight += if name.row { 1.0 } else { WITHIN_NAME };
        of_name.push(number);
    }
    for group in &mut groups {
        group.weight = group.weight.sqrt().min(2.0);
        group.beliefs = beliefs(&group.candidates, &vec![0.0; group.candidates.len()]);
    }
    let countries = countries(reading, names);
    for _ in 0..ROUNDS {
        let next: Vec<Vec<f64>> = (0..groups.len())
            .map(|at| {
                let spoken: Vec<f64> = groups[at]
                    .candidates
                    .iter()
                    .map(|c| spoken_for(c, at, &groups, &countries))
                    .collect();
                beliefs(&groups[at].candidates, &spoken)
            })
            .collect();
        for (group, beliefs) in groups.iter_mut().zip(next) {
            group.beliefs = beliefs;
        }
    }
    of_name
        .into_iter()
        .map(|number| {
            let group = &groups[number];
            let ordered = group.candidates.iter().zip(&group.beliefs).enumerate();
            // of equals the first
            let best = ordered.max_by(|a, b| a.1.1.total_cmp(b.1.1).then(b.0.cmp(&a.0)));
            best.map(|(_, (candidate, _))| *candidate)
        })
        .collect()
}

/// How far each is believed: together one.
fn beliefs(candidates: &[&Candidate], spoken: &[f64]) -> Vec<f64> {
    let weights: Vec<f64> = candidates
        .iter()
        .zip(spoken)
        .map(|(c, s)| c.prior + s)
        .collect();
    let most = weights.iter().copied().fold(f64::MIN, f64::max);
    let shares: Vec<f64> = weights.iter().map(|w| exp(SHARP * (w - most))).collect();
    let sum: f64 = shares.iter().sum();
    shares.iter().map(|s| s / sum).collect()
}

/// What the other names and the actors' countries add to a candidate.
fn spoken_for(
    candidate: &Candidate,
    own: usize,
    groups: &[Group<'_>],
    countries: &BTreeMap<&str, f64>,
) -> f64 {
    let mut sum = candidate
        .country
        .as_deref()
        .and_then(|c| countries.get(c))
        .map_or(0.0, |share| COUNTRY * share);
    let world = if candidate.lexicon {
        WORLD * (countries.len() as f64 - 1.0).clamp(0.0, 4.0)
    } else {
        0.0
    };
    for (at, group) in groups.iter().enumerate() {
        if at == own {
            continue;
        }
        let said: f64 = group
            .candidates
            .iter()
            .zip(&group.beliefs)
            .filter(|(_, belief)| **belief > 0.02)
            .map(|(other, belief)| belief * tie(candidate, other))
            .sum();
        sum += group.weight * said;
    }
    world + MOST * (1.0 - exp(-sum / MOST * 1.5))
}

/// How much one place, if it is meant, speaks for another.
fn tie(a: &Candidate, b: &Candidate) -> f64 {
    if a == b {
        return 0.0; // another spelling of it says nothing new
    }
    let same_country = a.country.is_some() && a.country == b.country;
    let mut tie = 0.0;
    if same_country {
        tie += COUNTRY;
        let within = a.is_in(b) && b.kind != "country" || b.is_in(a) && a.kind != "country";
        if within || a.admin1.is_some() && a.admin1 == b.admin1 {
            tie += DIVISION;
        }
    }
    let wide = |c: &Candidate| matches!(c.kind.as_str(), "country" | "admin1" | "region" | "sea");
    if !wide(a)
        && !wide(b)
        && let (Some(at), Some(other)) = (a.at, b.at)
        && (at.0 - other.0).abs() < 6.0
    {
        tie += NEAR * exp(-kilometres(at, other) / FADES);
    }
    tie
}

/// How much each country is spoken of by the actors of the article and by its own name, up to
/// two.
fn countries<'a>(reading: &'a ArticleReading, names: &'a [Name]) -> BTreeMap<&'a str, f64> {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    let actors = reading.actors.iter().filter_map(|a| a.country.as_deref());
    let named = names.iter().filter_map(|n| match &n.candidates[..] {
        [only] if only.kind == "country" => only.country.as_deref(),
        _ => None,
    });
    for country in actors.chain(named) {
        *counts.entry(country).or_default() += 1.0;
    }
    for count in counts.values_mut() {
        *count = count.sqrt().min(2.0);
    }
    counts
}
