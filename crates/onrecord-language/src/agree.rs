//! Tags and tree made to agree: each head judges a word alone, but some pairs of judgements
//! exclude each other.

use onrecord_model::{Dep, NameKind, Xpos};

use crate::engine::{ParsedName, ParsedWord};

/// Settles what the tree decides better than the tag, or the tag better than the relation:
///
/// - "met and **accused** them": no auxiliary, beside a finite verb or with a subject of its
///   own: past tense, not participle; "has **called**", "men **killed** there": participle, not past tense;
/// - "reports **that** they left": a clause with a mark is no relative clause;
/// - "whom **she** had called": with "have" and without "be" or "get" the subject acts.
///
/// `forms` are the words as they stand. Returns the words whose tag is another now.
pub fn agree(forms: &[&str], words: &mut [ParsedWord]) -> Vec<usize> {
    let mut changed = Vec::new();
    let (Some(past), Some(participle), Some(acl), Some(acts)) = (
        Xpos::named("VBD"),
        Xpos::named("VBN"),
        Dep::named("acl"),
        Dep::named("nsubj"),
    ) else {
        return changed;
    };
    let (mut has, mut is) = (vec![false; words.len()], vec![false; words.len()]);
    let mut helped = vec![false; words.len()];
    let mut subject = vec![false; words.len()];
    let mut marked = vec![false; words.len()];
    for word in words.iter() {
        let Some(head) = word.head else { continue };
        // "has", "was", "being": not "did" and no modal, which no participle follows
        let helps = word.dep.is_any(&["aux", "aux:pass", "cop"]);
        helped[head] |= helps && ["have", "be", "get"].contains(&word.lemma.as_str());
        has[head] |= word.dep == "aux" && word.lemma == "have";
        is[head] |= helps && ["be", "get"].contains(&word.lemma.as_str());
        subject[head] |= word.dep == "nsubj";
        marked[head] |= word.dep == "mark" && word.lemma == "that";
    }
    for word in words.iter_mut().filter(|word| word.dep == "nsubj:pass") {
        if word.head.is_some_and(|head| has[head] && !is[head]) {
            word.dep = acts;
        }
    }
    for at in 0..words.len() {
        if words[at].dep == "acl:relcl" && marked[at] {
            words[at].dep = acl;
        }
        let reduced = words[at].dep == "acl" && !subject[at];
        if words[at].xpos == past && (helped[at] || reduced) && !only_past(forms[at]) {
            words[at].xpos = participle;
            changed.push(at);
        } else if words[at].xpos == participle && !helped[at] && !only_participle(forms[at]) {
            let beside_finite = words[at].dep == "conj"
                && words[at].head.is_some_and(|head| {
                    words[head].xpos.is_any(&["VBD", "VBZ", "VBP"]) && !helped[head]
                });
            let clause = words[at]
                .dep
                .is_any(&["root", "ccomp", "parataxis", "conj", "acl:relcl"]);
            if beside_finite || clause && subject[at] {
                words[at].xpos = past;
                changed.push(at);
            }
        }
    }
    changed
}

/// Makes each person's name hang together: of two words of a name that hang as subjects or
/// objects on one word outside it ("said **Eid** **Ammash**"), the second is a part of the
/// first (`flat`).
pub fn join_names(names: &[ParsedName], words: &mut [ParsedWord]) {
    let Some(flat) = Dep::named("flat") else {
        return;
    };
    for name in names.iter().filter(|name| name.kind == NameKind::Person) {
        let mut first: Option<usize> = None;
        for at in name.first..name.end {
            let outside = words[at]
                .head
                .is_some_and(|head| head < name.first || head >= name.end);
            let party = words[at].dep.is_any(&["nsubj", "nsubj:pass", "obj"]);
            if !outside || !party {
                continue;
            }
            match first {
                Some(first) if words[first].head == words[at].head => {
                    words[at].head = Some(first);
                    words[at].dep = flat;
                }
                Some(_) => {}
                None => first = Some(at),
            }
        }
    }
}

/// Forms that are a participle and no past tense: "gone", "taken", "sung".
fn only_participle(form: &str) -> bool {
    let form = form.to_lowercase();
    ["n", "ne", "ung", "unk", "um"]
        .iter()
        .any(|ending| form.ends_with(ending))
}

/// Forms that are a past tense and no participle: "went", "took", "was".
fn only_past(form: &str) -> bool {
    !form.to_lowercase().ends_with("ed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Engine;
    use onrecord_model::Upos;

    #[test]
    fn a_name_hangs_together() {
        let dep = |name| Dep::named(name).unwrap();
        let word = |head, dep| ParsedWord {
            upos: Upos::named("PROPN").unwrap(),
            xpos: Xpos::named("NNP").unwrap(),
            lemma: String::new(),
            head,
            dep,
        };
        // "Ana Tal left"
        let mut words = [
            word(Some(2), dep("nsubj")),
            word(Some(2), dep("nsubj")),
            word(None, dep("root")),
        ];
        let name = |kind| ParsedName {
            first: 0,
            end: 2,
            kind,
            percent: 90,
        };
        let before = words.clone();
        join_names(&[name(NameKind::Organization)], &mut words);
        assert_eq!(words, before);
        join_names(&[name(NameKind::Person)], &mut words);
        assert_eq!((words[1].head, words[1].dep), (Some(0), dep("flat")));
        assert_eq!(words[0], before[0]);
    }

    #[test]
    fn tags_follow_the_tree() {
        for (text, word, tag) in [
            ("Oslo met Lima and accused Quito of fraud .", 4, "VBD"),
            ("They have called and asked him .", 2, "VBN"),
            ("The man who called left .", 3, "VBD"),
            ("The men killed in Lima last year were clerks .", 2, "VBN"),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let parsed = Engine::built_in().parse(&[words]);
            assert_eq!(parsed[0].words[word].xpos.as_str(), tag, "{text}");
        }
        let words = "There were reports that Lima had attacked Quito ."
            .split(' ')
            .collect();
        let parsed = Engine::built_in().parse(&[words]);
        assert!(parsed[0].words[6].dep.base() == "acl" && parsed[0].words[6].dep != "acl:relcl");
        let words = "Karel Novak , whom the Turkish government had jailed , was released ."
            .split(' ')
            .collect();
        let parsed = Engine::built_in().parse(&[words]);
        assert_eq!(parsed[0].words[6].dep.as_str(), "nsubj");
    }
}
