//! Noun phrases that name parties.

use onrecord_model::{Id, Span, Statement, StatementKind, Upos};

use crate::items::{Kind, Line};

/// The parties that noun phrases name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    pub ids: Vec<Id>,
    pub spans: Vec<Span>,
}

impl Parties {
    /// Each party once, if there are any.
    pub fn of(found: impl IntoIterator<Item = (Id, Span)>) -> Option<Parties> {
        let mut all = Parties::default();
        for (id, span) in found {
            if !all.ids.contains(&id) {
                all.ids.push(id);
            }
            if !all.spans.contains(&span) {
                all.spans.push(span);
            }
        }
        (!all.ids.is_empty()).then_some(all)
    }
}

impl Line<'_> {
    /// The parties that noun phrases with these heads name. A phrase that `acts` must be a
    /// name or one of its bearers ("the army of X"); else X's thing stands for X.
    pub fn parties(&self, heads: &[usize], acts: bool) -> Option<Parties> {
        // "the leader" of "A and the leader B", parsed as three
        let title = |head: &usize| {
            let next = self.item(*head).map(|item| item + 1);
            let is_next = |other: &usize| other > head && self.item(*other) == next;
            heads.iter().any(is_next) && next.is_some_and(|at| self.is_party(at))
        };
        let heads = heads.iter().filter(|head| !title(head));
        Parties::of(heads.flat_map(|head| self.named(*head, acts, 0)))
    }

    fn named(&self, head: usize, acts: bool, depth: usize) -> Vec<(Id, Span)> {
        let Some(item) = self.item(head) else {
            return Vec::new();
        };
        if let Some(party) = self.party_at(item) {
            return vec![party];
        }
        if depth > 3 || matches!(self.kind(item), Some(Kind::Party(_) | Kind::Date)) {
            return Vec::new();
        }
        // "who", "which" where the tree has not joined them to a noun
        if self.tree.words[head].xpos.is_any(&["WP", "WDT"]) && item > 0 {
            let before = item - 1 - usize::from(self.says(item - 1, &[","]) && item > 1);
            return self.party_at(before).into_iter().collect();
        }
        // "the group, X", "the commander X"
        let also = self.tree.children(head).filter(|at| {
            *at > head
                && (self.hangs(*at, &["appos", "flat"])
                    || self.hangs(*at, &["nmod"])
                        && (acts || *at <= head + 2)
                        && self.tree.child(*at, &["case"]).is_none())
        });
        let also: Vec<_> = also
            .flat_map(|at| self.tree.joined(at))
            .filter_map(|at| self.party_at(self.item(at)?))
            .collect();
        if !also.is_empty() {
            return also;
        }
        let some = matches!(
            self.tree.words[head].upos,
            Upos::Num | Upos::Det | Upos::Pron | Upos::Adj
        );
        // "strikes launched by X", "the raid by X"
        let deed = self.listed(head, "instruments");
        if acts && deed {
            let by = self.governed_by("by", &[head]).into_iter().flatten();
            let carried = self
                .tree
                .children(head)
                .filter(|at| self.hangs(*at, &["acl"]));
            let agents = carried.flat_map(|at| self.tree.clause(at).agents);
            let agents: Vec<_> = by
                .chain(agents)
                .flat_map(|at| self.named(at, false, depth + 1))
                .collect();
            if !agents.is_empty() {
                return agents;
            }
        }
        let bears = deed || self.listed(head, "bearers");
        if acts && !bears && !some {
            return Vec::new();
        }
        let owners = self.owners(head);
        if !owners.is_empty() {
            return owners;
        }
        let links: &[&str] = if bears {
            &["of", "for", "from"]
        } else {
            &["of"]
        };
        self.tree
            .children(head)
            .filter(|at| self.hangs(*at, &["nmod"]) && self.marked(*at, &["case"], links).is_some())
            .flat_map(|at| self.tree.joined(at))
            .flat_map(|at| self.named(at, some && acts, depth + 1))
            .collect()
    }

    /// The parties named before a noun: "X's", "Turkish", "US and British".
    pub fn owners(&self, noun: usize) -> Vec<(Id, Span)> {
        for deps in [
            &["nmod:poss"][..],
            &["compound", "amod", "nmod", "nmod:desc"][..],
        ] {
            let before = self
                .tree
                .children(noun)
                .filter(|at| *at < noun && self.hangs(*at, deps));
            let found: Vec<_> = before
                .flat_map(|at| self.tree.joined(at))
                .flat_map(|at| match self.item(at) {
                    Some(item) if deps.len() > 1 => self
                        .party_at(item)
                        .or_else(|| {
                            Some((self.government_of_adjective(item)?, self.items[item].span))
                        })
                        .into_iter()
                        .collect(),
                    _ => self.named(at, true, 1),
                })
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The nouns that a preposition joins to the clause of one of `tops` behind it, with
    /// what is joined to them.
    pub fn governed_by(&self, preposition: &str, tops: &[usize]) -> Vec<Vec<usize>> {
        let joins = |at: &usize| {
            self.hangs(*at, &["obl", "nmod", "obl:agent"])
                && self.marked(*at, &["case"], &[preposition]).is_some()
                && tops.iter().any(|top| at > top && self.in_clause(*at, *top))
        };
        let nouns = (0..self.tree.words.len()).filter(joins);
        nouns.map(|at| self.tree.joined(at)).collect()
    }

    /// The first parties that a preposition joins to one of `tops`; with `host`, a place
    /// stands for the government of its country.
    pub fn after(&self, preposition: &str, tops: &[usize], host: bool) -> Option<Parties> {
        self.governed_by(preposition, tops)
            .iter()
            .find_map(|heads| {
                self.parties(heads, false)
                    .or_else(|| if host { self.host(heads) } else { None })
            })
    }

    /// The government of the country in which a place lies, where a noun phrase names one.
    pub fn host(&self, heads: &[usize]) -> Option<Parties> {
        let within = self.tree.extent(*heads.first()?);
        let mut places = self.reading.place_mentions.iter();
        let mention = places.find(|p| within.contains(p.span))?;
        let place = self.reading.places.iter().find(|p| p.id == mention.place)?;
        let id = self.government(place.country.as_deref()?)?;
        Some(Parties {
            ids: vec![id],
            spans: vec![mention.span],
        })
    }

    /// The party at one item: a mention with its actor, "we" and "I" in quoted words, or
    /// the adjective of a country whose government is spoken of.
    pub fn party_at(&self, at: usize) -> Option<(Id, Span)> {
        let item = self.items.get(at)?;
        match &item.kind {
            Kind::Party(Some(id)) => Some((id.clone(), item.span)),
            Kind::Party(None) | Kind::Word
                if ["he", "she", "it", "they"].contains(&item.word.as_str()) =>
            {
                self.reporting_speaker(at).map(|id| (id, item.span))
            }
            Kind::Word if ["we", "i", "us"].contains(&item.word.as_str()) && !self.capitals(at) => {
                self.speaker_at(item.span).map(|id| (id, item.span))
            }
            _ => None,
        }
    }

    /// Whether the item is written in capitals ("US").
    fn capitals(&self, at: usize) -> bool {
        let text = self.reading.words(self.items[at].span);
        text.len() > 1 && text.chars().all(|c| c.is_uppercase() || c == '.')
    }

    /// "It said it ...": a pronoun that opens reported words, or the same pronoun again
    /// further on in them, taken for their speaker.
    fn reporting_speaker(&self, at: usize) -> Option<Id> {
        let item = &self.items[at];
        let opens = |s: &&Statement| {
            s.kind != StatementKind::Direct
                && s.content.first().is_some_and(|c| {
                    let first = self.items.iter().position(|i| i.span.start >= c.start);
                    let first = first.map(|f| if self.says(f, &["that"]) { f + 1 } else { f });
                    c.contains(item.span) && first.is_some_and(|f| self.items[f].word == item.word)
                })
        };
        self.reading.statements.iter().find(opens)?.speaker.clone()
    }

    /// Who speaks the quoted words at a span.
    fn speaker_at(&self, span: Span) -> Option<Id> {
        if !self
            .reading
            .quotations
            .iter()
            .any(|q| q.span.contains(span))
        {
            return None;
        }
        let holds = |s: &&Statement| s.content.iter().any(|c| c.contains(span));
        self.reading.statements.iter().rfind(holds)?.speaker.clone()
    }
}
