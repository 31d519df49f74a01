//! Which article stands for a text.

use std::collections::BTreeMap;

use onrecord_model::{Id, ReprintKind};

use crate::Carried;

/// Articles whose text stands in another, with the one that stands for it: the most complete
/// of the earliest.
///
/// An article counts as the same text if it is one (`same`) or is cut from it (`cut`); the
/// shorter one of a pair of which the longer came later (`extended`) does too, unless it is
/// the same as another. Sorted; no article that stands for a text is itself the same as a
/// third.
pub fn same_text(carried: &[Carried]) -> Vec<(Id, Id)> {
    let mut next: BTreeMap<&str, &str> = BTreeMap::new();
    let root = |next: &BTreeMap<&str, &str>, id: &str| -> String {
        let mut at = id;
        while let Some(to) = next.get(at) {
            at = to;
        }
        at.to_owned()
    };
    let pairs = |kinds: [ReprintKind; 2]| {
        let mut found: Vec<&Carried> = carried.iter().filter(|c| kinds.contains(&c.kind)).collect();
        // The one it shares most with first.
        found.sort_by(|x, y| {
            let key = |c: &Carried| (c.share + c.share_of_from, c.share);
            let (a, b) = (key(x), key(y));
            b.0.total_cmp(&a.0)
                .then(b.1.total_cmp(&a.1))
                .then_with(|| (&x.article, &x.from).cmp(&(&y.article, &y.from)))
        });
        found
    };
    for c in pairs([ReprintKind::Same, ReprintKind::Cut]) {
        if !next.contains_key(c.article.as_str()) && root(&next, &c.from) != c.article {
            next.insert(&c.article, &c.from);
        }
    }
    for c in pairs([ReprintKind::Extended, ReprintKind::Extended]) {
        if !next.contains_key(c.from.as_str()) && root(&next, &c.article) != c.from {
            next.insert(&c.from, &c.article);
        }
    }
    next.keys()
        .map(|id| ((*id).to_owned(), root(&next, id)))
        .collect()
}

/// Articles that tell one text, two or more, each group and all groups sorted: those of which
/// one is a reprint of the other. An article merged from several is a text of its own.
pub(crate) fn texts(carried: &[Carried]) -> Vec<Vec<Id>> {
    let mut root: BTreeMap<&str, &str> = BTreeMap::new();
    fn find<'a>(root: &BTreeMap<&'a str, &'a str>, id: &'a str) -> &'a str {
        let mut at = id;
        while let Some(up) = root.get(at).filter(|up| **up != at) {
            at = up;
        }
        at
    }
    for c in carried.iter().filter(|c| joins(c.kind)) {
        let (a, b) = (find(&root, &c.article), find(&root, &c.from));
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        root.insert(high, low);
        root.entry(low).or_insert(low);
    }
    let mut groups: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    let ids: Vec<&str> = root.keys().copied().collect();
    for id in ids {
        groups
            .entry(find(&root, id))
            .or_default()
            .push(id.to_owned());
    }
    groups.into_values().filter(|g| g.len() > 1).collect()
}

fn joins(kind: ReprintKind) -> bool {
    !matches!(kind, ReprintKind::Partial | ReprintKind::Merged)
}
