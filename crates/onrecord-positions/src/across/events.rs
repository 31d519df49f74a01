//! Events of several pages that are one.

use std::collections::BTreeMap;

use onrecord_model::{Id, Item, Kept, PartialDate, PileArticle, PileEvent, Precision, Story};

use super::fields;
use super::shingles::Groups;

pub(super) const STEP: &str = "events";

/// The place and the day of an event that took place there and then, between known parties.
pub(super) fn of_a_day(event: &PileEvent) -> Option<(&Id, PartialDate)> {
    let (place, date) = (event.place.as_ref()?, event.date?);
    let told = date.precision() == Precision::Day && event.status == "actual";
    (told && !event.actors.is_empty() && !event.recipients.is_empty()).then_some((place, date))
}

/// The events on a day in a place, by type, place and day.
pub(super) fn keep(article: &PileArticle, kept: &mut Vec<Kept>) {
    for event in &article.events {
        let Some((place, date)) = of_a_day(event) else {
            continue;
        };
        let sentence = article.sentences.iter().find(|s| s.id == event.sentence);
        let title = sentence.map_or(event.event_type.as_str(), |s| s.text.as_str());
        kept.push(Kept {
            step: STEP.to_owned(),
            key: fields::write(&[&event.event_type, place, &date.to_string()]),
            item: fields::write_lists(&[
                event.id.clone(),
                fields::list(&event.actors),
                fields::list(&event.recipients),
                fields::list([&fields::line(title)]),
            ]),
        });
    }
}

struct Told<'a> {
    article: &'a PileArticle,
    event: &'a str,
    actors: Vec<&'a str>,
    recipients: Vec<&'a str>,
    title: &'a str,
}

/// Events of one block between the same parties, told by different articles.
pub(super) fn stories(items: &[Item<'_>]) -> Vec<Story> {
    let mut told: Vec<Told<'_>> = items
        .iter()
        .filter_map(|item| {
            let [event, actors, recipients, title] = fields::read(item.item)?;
            Some(Told {
                article: item.article,
                event,
                actors: fields::read_list(actors).collect(),
                recipients: fields::read_list(recipients).collect(),
                title,
            })
        })
        .collect();
    told.sort_by(|a, b| a.event.cmp(b.event));
    let mut groups = Groups::new(told.len());
    let mut index: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (at, event) in told.iter().enumerate() {
        for actor in &event.actors {
            for recipient in &event.recipients {
                match index.get(&(*actor, *recipient)) {
                    Some(other) => groups.join(*other, at),
                    None => {
                        index.insert((actor, recipient), at);
                    }
                }
            }
        }
    }
    let mut stories = Vec::new();
    for group in groups.several() {
        let from: Vec<&PileArticle> = group.iter().map(|i| told[*i].article).collect();
        if from.iter().all(|a| a.id == from[0].id) {
            continue;
        }
        let rows = group.iter().map(|i| told[*i].event.to_owned()).collect();
        stories.push(Story::of("event", told[group[0]].title, rows, &from));
    }
    stories
}
