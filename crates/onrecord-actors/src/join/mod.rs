//! Step: actors of different pages that are one.
//!
//! A page gives an actor under the names it prints. Across pages one actor is spelt in several
//! ways, is an acronym here and a long name there, or a surname with a title. The evidence is
//! gathered as links between two actors, strongest first, and clusters grow along them as long
//! as nothing speaks against it.

mod acronyms;
mod alike;
mod bearer;
mod clusters;
mod forms;
mod link;
mod office;
mod short;
mod surnames;

use std::collections::BTreeSet;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Join, PileActor, id_of};

use bearer::Bearer;
use clusters::Clusters;

/// Finds the actors that are one, each with the reason; no actor goes to one that goes on to a
/// third. What is found does not depend on the order of the actors.
///
/// ```
/// use onrecord_lexicon::Lexicon;
/// use onrecord_model::{ActorKind, PileActor};
///
/// let person = |id: &str, name: &str, mentions, article| PileActor {
///     id: id.into(),
///     name: name.into(),
///     kind: ActorKind::Person,
///     named: true,
///     country: None,
///     forms: vec![(name.into(), mentions)],
///     roles: Vec::new(),
///     articles: vec![article],
/// };
/// let actors = [person("ac-1", "Ruvan Tasilu", 5, 1), person("ac-2", "Rouvan Tassilou", 1, 2)];
/// let joins = onrecord_actors::join(&actors, Lexicon::built_in());
/// assert_eq!((joins[0].from.as_str(), joins[0].to.as_str()), ("ac-2", "ac-1"));
/// assert_eq!(joins[0].reason, "Rouvan Tassilou / Ruvan Tasilu: spelt alike (0.97)");
/// ```
pub fn join(actors: &[PileActor], lexicon: &Lexicon) -> Vec<Join> {
    let known = lexicon.actors.entries.iter();
    let known: BTreeSet<String> = known
        .map(|entry| id_of("ac", &["lexicon", &entry.id]))
        .collect();
    let mut sorted: Vec<&PileActor> = actors.iter().filter(|actor| actor.named).collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    sorted.dedup_by(|a, b| a.id == b.id);
    let bearers: Vec<Bearer<'_>> = sorted
        .into_iter()
        .map(|actor| Bearer::new(actor, known.contains(&actor.id), lexicon))
        .collect();

    let mut clusters = Clusters::new(&bearers);
    clusters.take_all(forms::shared(&bearers, lexicon));
    let alike = alike::find(&bearers);
    clusters.take_clear(alike.spelt);
    alike::parts_left_out(&mut clusters, alike.partial);
    short::find(&mut clusters, lexicon);
    acronyms::find(&mut clusters);
    surnames::find(&mut clusters);
    clusters.joins()
}
