//! The actors of a pile, from what is said of each.

use std::collections::BTreeMap;

use onrecord_model::{ActorKind, Id, PileActor, Role};
use serde_json::Value;

/// Gathers the actors of a pile from what its pages say of them, whoever holds the pages: a
/// record, or a cluster.
///
/// What pages say of an actor comes first, in order of the wording; where they differ, the
/// wording that comes first counts. What is told of an actor of which nothing was said is
/// passed over.
///
/// ```
/// use onrecord_record::PileActors;
/// let mut actors = PileActors::default();
/// actors.said("ac-1", r#"["Mara Velic", "person", true, null, null, null, []]"#);
/// actors.named("ac-1", "Velic", 3);
/// actors.met("ac-1", "ar-7");
/// actors.met("ac-2", "ar-7");
/// let all = actors.finish();
/// assert_eq!(all.len(), 1);
/// assert_eq!((all[0].name.as_str(), all[0].articles.len()), ("Mara Velic", 1));
/// ```
#[derive(Debug, Default)]
pub struct PileActors {
    actors: BTreeMap<Id, PileActor>,
    /// Articles by number: a busy actor stands in very many.
    numbers: BTreeMap<Id, u32>,
}

impl PileActors {
    /// What a page says of an actor, as the record keeps it: a list in JSON.
    pub fn said(&mut self, id: &str, data: &str) {
        let data: Value = serde_json::from_str(data).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let actor = self
            .actors
            .entry(id.to_owned())
            .or_insert_with(|| PileActor {
                id: id.to_owned(),
                name: text(&data[0]).unwrap_or_default(),
                kind: data[1]
                    .as_str()
                    .and_then(ActorKind::read)
                    .unwrap_or(ActorKind::Organization),
                named: data[2].as_bool().unwrap_or(true),
                country: text(&data[3]),
                forms: Vec::new(),
                roles: Vec::new(),
                articles: Vec::new(),
            });
        for office in data[6].as_array().into_iter().flatten() {
            let role = role(office, None);
            if !actor.roles.contains(&role) {
                actor.roles.push(role);
            }
        }
    }

    /// A name the actor was met under, with the number of mentions. Names of an actor come
    /// sorted, each once.
    pub fn named(&mut self, id: &str, name: &str, mentions: u32) {
        if let Some(actor) = self.actors.get_mut(id) {
            actor.forms.push((name.to_owned(), mentions));
        }
    }

    /// An article that mentions the actor.
    pub fn met(&mut self, id: &str, article: &str) {
        // Only of persons it is asked whether a page holds them for two.
        let person = |actor: &&mut PileActor| actor.kind == ActorKind::Person;
        if let Some(actor) = self.actors.get_mut(id).filter(person) {
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            let n = match self.numbers.get(article) {
                Some(n) => *n,
                None => *self.numbers.entry(article.to_owned()).or_insert(next),
            };
            actor.articles.push(n);
        }
    }

    /// An office that the text says the actor has: title, of, from and to as a list in JSON, and
    /// the first sentence that says so. Offices of an actor come sorted, each once.
    pub fn holds(&mut self, id: &str, office: &str, sentence: Option<&str>) {
        let Some(actor) = self.actors.get_mut(id) else {
            return;
        };
        let office: Value = serde_json::from_str(office).unwrap_or_default();
        let role = role(&office, sentence.map(str::to_owned));
        // The lexicon may give it as well.
        actor.roles.retain(|known| {
            (&known.title, &known.of, &known.from, &known.to)
                != (&role.title, &role.of, &role.from, &role.to)
        });
        actor.roles.push(role);
    }

    /// The actors, sorted by id.
    pub fn finish(mut self) -> Vec<PileActor> {
        for actor in self.actors.values_mut() {
            actor.articles.sort_unstable();
            actor.articles.dedup();
            actor.articles.shrink_to_fit();
            actor.forms.shrink_to_fit();
            actor.roles.shrink_to_fit();
        }
        self.actors.into_values().collect()
    }
}

fn role(office: &Value, sentence_id: Option<Id>) -> Role {
    let text = |at: usize| office[at].as_str().map(str::to_owned);
    Role {
        title: text(0).unwrap_or_default(),
        of: text(1),
        from: text(2),
        to: text(3),
        sentence_id,
    }
}
