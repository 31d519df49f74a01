//! Offices that the text states beside a name, and the ties that follow from them.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ActorKind, ArticleReading, Predicate, Relation, Role, id_of};

use crate::offices::{self, Office};
use crate::resolve::{Met, Resolved};
use crate::view::Line;
use crate::{ties, title};

/// Adds the roles to the actors, and gives the ties.
pub fn find(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    lines: &[Line<'_>],
    resolved: &mut Resolved<'_>,
) -> Vec<Relation> {
    let mut relations: Vec<Relation> = Vec::new();
    let all: Vec<Met> = resolved.met.iter().flatten().cloned().collect();
    for m in all {
        let (Some(entry), line) = (m.entry, &lines[m.line]) else {
            continue;
        };
        if resolved.book.entries[entry].actor.kind == ActorKind::Person {
            let offices = offices::of(line, lexicon, resolved, &m);
            for office in offices {
                let tie = note(reading, lexicon, line, resolved, entry, &office);
                add(
                    reading,
                    resolved,
                    &mut relations,
                    tie,
                    entry,
                    office.of,
                    m.line,
                );
            }
        } else {
            for (predicate, object) in ties::find(line, resolved, &m) {
                add(
                    reading,
                    resolved,
                    &mut relations,
                    Some(predicate),
                    entry,
                    Some(object),
                    m.line,
                );
            }
        }
    }
    relations
}

fn add(
    reading: &ArticleReading,
    resolved: &Resolved<'_>,
    relations: &mut Vec<Relation>,
    predicate: Option<Predicate>,
    subject: usize,
    object: Option<usize>,
    sentence: usize,
) {
    let (Some(predicate), Some(object)) = (predicate, object) else {
        return;
    };
    let id_at = |at: usize| resolved.book.entries[at].actor.id.clone();
    // Only actors that are mentioned are rows to tie.
    if subject == object
        || !resolved
            .met
            .iter()
            .flatten()
            .any(|m| m.entry == Some(object))
    {
        return;
    }
    let (subject, object) = (id_at(subject), id_at(object));
    let id = id_of(
        "re",
        &[
            &reading.sentences[sentence].id,
            &subject,
            predicate.name(),
            &object,
        ],
    );
    if relations.iter().all(|r| r.id != id) {
        relations.push(Relation {
            id,
            subject,
            predicate,
            object,
            sentence,
            date: None,
        });
    }
}

/// Writes an office into the actor; gives the tie it stands for.
fn note(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    line: &Line<'_>,
    resolved: &mut Resolved<'_>,
    entry: usize,
    office: &Office,
) -> Option<Predicate> {
    let title = reading
        .words(line.span(office.from, office.to))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let noun_start = title::noun_before(line, lexicon, office.to)?;
    let noun = line.phrase(noun_start, office.to)?;
    let plain = noun.replace('.', "");
    let class = title::class(lexicon, &noun);
    if class.is_none()
        && lexicon
            .words
            .honorifics
            .get(&plain)
            .is_some_and(|k| k == "honorific")
    {
        return None;
    }
    let of = office.of.map(|at| resolved.book.entries[at].actor.clone());
    let governs = of.as_ref().is_some_and(|a| a.kind == ActorKind::Government);
    let actor = &mut resolved.book.entries[entry].actor;
    let role = Role {
        title,
        of: of.as_ref().map(|a| a.name.clone()),
        from: None,
        to: None,
        sentence_id: Some(reading.sentences[line.n].id.clone()),
    };
    if actor
        .roles
        .iter()
        .all(|r| r.sentence_id.is_none() || (&r.title, &r.of) != (&role.title, &role.of))
    {
        actor.roles.push(role);
    }
    if resolved.book.entries[entry].known.is_none() {
        let actor = &mut resolved.book.entries[entry].actor;
        let country = office
            .country
            .clone()
            .or_else(|| of.as_ref().and_then(|a| a.country.clone()));
        if actor.country.is_none() {
            actor.country = country;
        }
        let code = ["leads", "speaks", "member", "person"]
            .iter()
            .find_map(|c| lexicon.words.actor.code(c, &noun));
        let sectors = match code {
            Some(code) => vec![code.to_owned()],
            None if governs => vec!["GOV".to_owned()],
            None => of.as_ref().map(|a| a.sectors.clone()).unwrap_or_default(),
        };
        if actor.sectors.is_empty() {
            actor.sectors = sectors;
        }
    }
    match class? {
        "leads" if !noun.starts_with("co-") => Some(Predicate::Leads),
        "speaks" => Some(Predicate::SpeaksFor),
        "member" => Some(Predicate::MemberOf),
        _ => None,
    }
}
