//! Tags and tree made to agree: each head judges a word alone, but some pairs of judgements
//! exclude each other.

use onrecord_model::{Dep, Xpos};

use crate::engine::ParsedWord;

/// Settles what the tree decides better than the tag, or the tag better than the relation:
///
/// - "met and **accused** them": no auxiliary, beside a finite verb or with a subject of its
///   own: past tense, not participle; "has **called**", "men **killed** there": participle, not past tense;
/// - "reports **that** they left": a clause with a mark is no relative clause.
///
/// `forms` are the words as they stand. Returns the words whose tag is another now.
pub fn agree(forms: &[&str], words: &mut [ParsedWord]) -> Vec<usize> {
    let mut changed = Vec::new();
    let (Some(past), Some(participle), Some(acl)) =
        (Xpos::named("VBD"), Xpos::named("VBN"), Dep::named("acl"))
    else {
        return changed;
    };
    let mut helped = vec![false; words.len()];
    let mut subject = vec![false; words.len()];
    let mut marked = vec![false; words.len()];
    for word in words.iter() {
        let Some(head) = word.head else { continue };
        // "has", "was", "being": not "did" and no modal, which no participle follows
        let helps = word.dep.is_any(&["aux", "aux:pass", "cop"]);
        helped[head] |= helps && ["have", "be", "get"].contains(&word.lemma.as_str());
        subject[head] |= word.dep == "nsubj";
        marked[head] |= word.dep == "mark" && word.lemma == "that";
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
    use crate::Engine;

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
    }
}
