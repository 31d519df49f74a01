//! The things an issue is about, as they stand in the sentences of an article.

use std::collections::BTreeMap;

use onrecord_lexicon::{Issue, Lexicon, Per, Phrase, Target, Toward};
use onrecord_model::ArticleReading;

use crate::numbers::number;
use crate::phrase::{Found, find_all, find_at};
use crate::places::{country_at, country_name};
use crate::view::View;
use crate::words::{Kind, Word};

/// A thing one can be for or against, in words of its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TargetAt {
    pub start: usize,
    pub end: usize,
    pub toward: Toward,
    /// The issue: its file's name, and the country where it is one for each.
    pub issue: String,
    echo: bool,
    nation: Option<String>,
    place: Option<String>,
}

/// The targets of each sentence. One that stands inside a larger one is dropped: of "the
/// withdrawal of the troops" the troops alone are not what somebody is for. An echo ("these
/// troops") counts only where a full wording stands before it, in the sentence or the one before. Where
/// the issue is one for each country, a target whose country is not known is dropped.
pub(crate) fn targets(issue: &Issue, views: &[View<'_>], lexicon: &Lexicon) -> Vec<Vec<TargetAt>> {
    let wordings: Vec<(&Target, &Phrase)> = (issue.targets.iter())
        .flat_map(|target| target.phrases.iter().map(move |phrase| (target, phrase)))
        .collect();
    let mut all: Vec<Vec<TargetAt>> = views
        .iter()
        .map(|view| of_sentence(issue, &wordings, view, lexicon))
        .collect();
    let full: Vec<bool> = all.iter().map(|t| t.iter().any(|t| !t.echo)).collect();
    for (n, targets) in all.iter_mut().enumerate() {
        let first = targets.iter().filter(|t| !t.echo).map(|t| t.start).min();
        let before = n > 0 && full[n - 1];
        targets.retain(|t| !t.echo || before || first.is_some_and(|first| first < t.start));
    }
    let Some(per) = issue.per else { return all };
    let usual = match per {
        Per::Place => usual_place(&all, views, lexicon),
        Per::Nation => None,
    };
    for targets in &mut all {
        targets.retain_mut(|target| {
            let country = match per {
                Per::Nation => target.nation.clone(),
                Per::Place => target.place.clone().or_else(|| usual.clone()),
            };
            // troops at home are not foreign
            let at_home = per == Per::Place && country == target.nation;
            let Some(code) = country.filter(|_| !at_home) else {
                return false;
            };
            let name = country_name(&code, lexicon).unwrap_or(&code);
            target.issue = issue.of_country(name).0;
            // a file of its own outdoes the one for all countries
            !lexicon.issues.entries.iter().any(|i| i.id == target.issue)
        });
    }
    all
}

/// The targets that stand in a sentence; `wordings` are the issue's, as its index counts them.
fn of_sentence(
    issue: &Issue,
    wordings: &[(&Target, &Phrase)],
    view: &View<'_>,
    lexicon: &Lexicon,
) -> Vec<TargetAt> {
    let words = &view.words;
    let slots = |name: &str, at: usize| match name {
        "number" => number(words, at),
        _ => country_at(words, at, lexicon)
            .map(|c| c.1)
            .into_iter()
            .collect(),
    };
    let mut found: Vec<TargetAt> = Vec::new();
    let lowered = words.iter().map(|w| w.lower.as_str());
    for candidate in issue.index.candidates(lowered) {
        let (target, phrase) = wordings[candidate.phrase];
        let hits: Vec<Found> = match &candidate.starts {
            Some(starts) => (starts.iter())
                .filter_map(|at| find_at(words, phrase, *at, &slots))
                .collect(),
            None => find_all(words, phrase, &slots),
        };
        for hit in hits {
            let code = |slot: &str| {
                let (at, _) = hit.slot(slot)?;
                country_at(words, at, lexicon).map(|c| c.0)
            };
            let at = TargetAt {
                start: hit.start,
                end: hit.end,
                toward: target.toward,
                issue: issue.id.clone(),
                echo: target.echo,
                nation: code("nation"),
                place: code("place").or_else(|| place_after(words, hit.end, lexicon)),
            };
            if !found.contains(&at) && !goes_on(words, &hit, lexicon) {
                found.push(at);
            }
        }
    }
    let whole = found.clone();
    found.retain(|t| {
        !whole
            .iter()
            .any(|o| o.start <= t.start && t.end <= o.end && o.end - o.start > t.end - t.start)
    });
    found.sort_by_key(|t| (t.start, t.end, t.echo));
    found.dedup_by_key(|t| (t.start, t.end));
    found
}

/// Whether a wording ends in a country that belongs to a word behind it: "siding with the
/// Iranian opposition", "the interference of Kenya's neighbours".
fn goes_on(words: &[Word], hit: &Found, lexicon: &Lexicon) -> bool {
    let at_end = hit.slot("nation").filter(|(_, end)| *end == hit.end);
    let Some((at, end)) = at_end else {
        return false;
    };
    let possessive = words
        .get(end)
        .is_some_and(|w| w.kind == Kind::Light && w.cased == "s");
    let form: Vec<&str> = words[at..end].iter().map(|w| w.cased.as_str()).collect();
    let adjective = lexicon.words.demonyms.contains_key(&form.join(" "));
    let others = lexicon.issues.forms.get("not-the-state");
    let of_others = |w: &Word| others.is_some_and(|list| list.contains(&w.lower));
    possessive || adjective && words.get(end).is_some_and(of_others)
}

/// The country named right after a thing: "troops in Mali", "forces out of the east of Mali".
fn place_after(words: &[Word], end: usize, lexicon: &Lexicon) -> Option<String> {
    const REACH: usize = 7;
    const LEADS: [&str; 11] = [
        "in",
        "inside",
        "from",
        "into",
        "to",
        "on",
        "within",
        "across",
        "of",
        "throughout",
        "near",
    ];
    let mut led = words
        .get(end.wrapping_sub(1))
        .is_some_and(|w| LEADS.contains(&w.lower.as_str()));
    for at in end..words.len().min(end + REACH) {
        if !words[at].is_wordy() && words[at].kind != Kind::Light {
            return None;
        }
        led |= LEADS.contains(&words[at].lower.as_str());
        if let Some((code, _)) = country_at(words, at, lexicon)
            && led
        {
            return Some(code);
        }
    }
    None
}

/// The country an article places the thing in most often, else the one it tells of: the one that
/// stands after "in" and the like, and whose towns it names, most often, else the one it names
/// most often that sends none.
fn usual_place(all: &[Vec<TargetAt>], views: &[View<'_>], lexicon: &Lexicon) -> Option<String> {
    const LEADS: [&str; 6] = ["in", "inside", "across", "throughout", "into", "from"];
    let senders: Vec<&String> = all
        .iter()
        .flatten()
        .filter_map(|t| t.nation.as_ref())
        .collect();
    let mut counts: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for target in all.iter().flatten() {
        // one's own troops at home say nothing of foreign ones
        if let Some(place) = target
            .place
            .clone()
            .filter(|p| Some(p) != target.nation.as_ref())
        {
            counts.entry(place).or_default().0 += 1;
        }
    }
    for view in views {
        for at in 0..view.words.len() {
            let Some((code, _)) = country_at(&view.words, at, lexicon) else {
                continue;
            };
            let before = at.checked_sub(1).map(|at| view.words[at].lower.as_str());
            let led = before.is_some_and(|word| LEADS.contains(&word));
            let named = usize::from(!senders.contains(&&code));
            let count = counts.entry(code).or_default();
            count.1 += usize::from(led);
            count.2 += named;
        }
    }
    if let Some(view) = views.first() {
        // a town alone names no country: its name may be that of another
        for code in of_places(view.reading) {
            if let Some(count) = counts.get_mut(&code) {
                count.1 += 1;
            }
        }
    }
    // of equals the first by its code
    let mut all: Vec<(String, (usize, usize, usize))> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let told = |at: usize| all.get(at).map_or(0, |(_, count)| count.1 + count.2);
    match all.first() {
        // of two countries told of alike, nobody knows which is meant
        Some((code, count)) if count.0 > 0 || told(0) >= 2 * told(1).max(1) || all.len() == 1 => {
            Some(code.clone())
        }
        _ => None,
    }
}

/// The countries of the towns and districts that an article names.
fn of_places(reading: &ArticleReading) -> impl Iterator<Item = String> + '_ {
    reading.place_mentions.iter().filter_map(|mention| {
        let place = reading.places.iter().find(|p| p.id == mention.place)?;
        place.country.clone().filter(|_| place.kind != "country")
    })
}
