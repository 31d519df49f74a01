use super::*;

/// Actors of the pages and their forms, each with an article.
struct Pages(Vec<(&'static str, Vec<(&'static str, &'static str)>)>);

impl Facts for Pages {
    fn is_there(&self, actor: &str) -> Result<bool, Fault> {
        Ok(self.0.iter().any(|(id, _)| *id == actor))
    }

    fn names(&self, actor: &str) -> Result<Vec<(String, String)>, Fault> {
        let of = self.0.iter().filter(|(id, _)| *id == actor);
        let names = of.flat_map(|(_, names)| names);
        Ok(names
            .map(|(f, a)| ((*f).to_owned(), (*a).to_owned()))
            .collect())
    }
}

fn pages() -> Pages {
    Pages(vec![
        (
            "ac-1",
            vec![("Rix", "ar-1"), ("Rix", "ar-2"), ("Ruxo", "ar-2")],
        ),
        ("ac-2", vec![("Ruxo", "ar-3")]),
        ("ac-3", vec![("Omer", "ar-1")]),
        ("ac-4", vec![]),
    ])
}

fn step(from: &str, to: &str) -> Join {
    Join {
        from: from.to_owned(),
        to: to.to_owned(),
        reason: "alike".to_owned(),
        made_by: "rule:test".to_owned(),
        confidence: Confidence::percent(80),
    }
}

fn lines(changes: &[Change]) -> Vec<Correction> {
    let line = |(n, change): (usize, &Change)| Correction::of(change.clone(), "me", "t", None, n);
    changes.iter().enumerate().map(line).collect()
}

fn merge(from: &str, to: &str) -> Change {
    Change::Merge {
        from: from.into(),
        to: to.into(),
    }
}

fn split(actor: &str, form: &str, article: Option<&str>, name: &str) -> Change {
    Change::Split {
        actor: actor.into(),
        form: form.into(),
        article: article.map(str::to_owned),
        name: name.into(),
    }
}

fn made(actor: &str, name: &str) -> Id {
    id_of("ac", &["split", actor, name])
}

fn of(joins: &[Join], changes: &[Change]) -> Plan {
    plan(joins, &lines(changes), &pages()).expect("a plan")
}

fn fates(plan: &Plan) -> Vec<(String, String)> {
    let fates = plan.fates.iter();
    fates.map(|(id, fate)| (id.clone(), fate.write())).collect()
}

fn to(id: &str, to: &str) -> (String, String) {
    (id.to_owned(), Fate::whole(Some(to.to_owned())).write())
}

#[test]
fn joins_of_actors_that_are_not_there_do_nothing_and_circles_end() {
    let plan = of(
        &[
            step("ac-2", "ac-1"),
            step("ac-3", "ac-9"),
            step("ac-8", "ac-1"),
        ],
        &[],
    );
    assert_eq!(fates(&plan), [to("ac-2", "ac-1")]);
    let plan = of(
        &[
            step("ac-1", "ac-2"),
            step("ac-2", "ac-3"),
            step("ac-3", "ac-2"),
        ],
        &[],
    );
    assert_eq!(fates(&plan), [to("ac-1", "ac-2"), to("ac-3", "ac-2")]);
}

#[test]
fn merges_go_with_the_joins_of_the_step() {
    // The one who stays was joined away by the step: the person is right.
    let plan = of(&[step("ac-2", "ac-1")], &[merge("ac-3", "ac-2")]);
    assert_eq!(fates(&plan), [to("ac-1", "ac-2"), to("ac-3", "ac-2")]);
    assert_eq!(plan.states, [State::Applied]);
    assert!(plan.joins[0].made_by.starts_with("correction:co-"));
    // A later one of the same actor overrules; one of an actor that is not there waits.
    let plan = of(
        &[],
        &[
            merge("ac-1", "ac-2"),
            merge("ac-1", "ac-3"),
            merge("ac-4", "ac-7"),
        ],
    );
    assert_eq!(fates(&plan), [to("ac-1", "ac-3")]);
    assert_eq!(plan.states, [State::Overruled, State::Applied, State::Gone]);
    // The other way round: the later says who stays.
    let plan = of(&[], &[merge("ac-1", "ac-2"), merge("ac-2", "ac-1")]);
    assert_eq!(fates(&plan), [to("ac-2", "ac-1")]);
}

#[test]
fn an_undo_can_be_undone() {
    let mut all = lines(&[merge("ac-1", "ac-2")]);
    for n in 1..4 {
        let correction = all[n - 1].id.clone();
        all.push(Correction::of(
            Change::Undo { correction },
            "me",
            "t",
            None,
            n,
        ));
        let plan = plan(&[], &all, &pages()).expect("a plan");
        assert_eq!(plan.fates.len(), (n + 1) % 2, "{n}");
    }
    let nothing = of(
        &[],
        &[Change::Undo {
            correction: "co-x".into(),
        }],
    );
    assert_eq!(nothing.states, [State::Gone]);
}

#[test]
fn a_split_takes_a_form_and_an_actor_with_no_other_form_goes_whole() {
    let joins = [step("ac-2", "ac-1")];
    let plan = of(&joins, &[split("ac-1", "Ruxo", None, "Ruxo the smith")]);
    let other = made("ac-1", "Ruxo the smith");
    let one = &plan.fates["ac-1"];
    assert_eq!(one.to.as_deref(), Some("ac-1"));
    assert_eq!(one.of_name("Ruxo", "ar-2"), Some(other.as_str()));
    assert_eq!(one.of_name("Rix", "ar-2"), Some("ac-1"));
    // The join of the step no longer holds.
    assert_eq!(plan.fates["ac-2"], Fate::whole(Some(other.clone())));
    assert_eq!(
        plan.names[&other],
        ("Ruxo the smith".to_owned(), Some("ac-1".to_owned()))
    );

    let plan = of(&[], &[split("ac-1", "Rix", Some("ar-1"), "Rix junior")]);
    let junior = made("ac-1", "Rix junior");
    assert_eq!(
        plan.fates["ac-1"].of_name("Rix", "ar-1"),
        Some(junior.as_str())
    );
    assert_eq!(plan.fates["ac-1"].of_name("Rix", "ar-2"), Some("ac-1"));
    // No such form, or not there: it waits.
    let plan = of(
        &[],
        &[
            split("ac-1", "Omer", None, "x"),
            split("ac-1", "Ruxo", Some("ar-1"), "y"),
        ],
    );
    assert_eq!(plan.states, [State::Gone, State::Gone]);
    assert!(plan.fates.is_empty() && plan.names.is_empty());
}

#[test]
fn what_was_split_off_can_be_merged_renamed_and_forgotten() {
    let other = made("ac-1", "x");
    let first = split("ac-1", "Ruxo", None, "x");
    let plan = of(&[], &[first.clone(), merge(&other, "ac-3")]);
    assert_eq!(plan.fates["ac-1"].of_name("Ruxo", "ar-2"), Some("ac-3"));
    let plan = of(&[], &[first.clone(), merge(&other, "ac-1")]);
    assert!(plan.fates.is_empty(), "back where it was");
    let rename = Change::Rename {
        actor: other.clone(),
        was: None,
        name: "z".into(),
    };
    let forget = Change::Forget {
        actor: other.clone(),
    };
    let plan = of(&[], &[first, rename, forget.clone(), forget]);
    assert_eq!(plan.names[&other].0, "z");
    assert_eq!(plan.fates["ac-1"].of_name("Ruxo", "ar-2"), None);
    assert_eq!(plan.states[2..], [State::Overruled, State::Applied]);
}

#[test]
fn who_was_forgotten_stays_so_until_it_is_taken_back() {
    let forget = Change::Forget {
        actor: "ac-1".into(),
    };
    let plan = of(
        &[step("ac-2", "ac-1")],
        &[forget, merge("ac-1", "ac-3"), merge("ac-3", "ac-1")],
    );
    let nobody = Fate::whole(None);
    assert_eq!(plan.fates["ac-1"], nobody);
    assert_eq!(plan.fates["ac-2"], nobody);
    assert_eq!(plan.states[1..], [State::Gone, State::Gone]);
    assert_eq!(plan.fates.len(), 2);
}

fn apart(actor: &str, other: &str) -> Change {
    Change::Apart {
        actor: actor.into(),
        other: other.into(),
    }
}

fn kept(joins: &[Join], changes: &[Change]) -> (Vec<(Id, Option<Id>)>, Vec<State>) {
    let plan = plan(joins, &lines(changes), &pages()).expect("a plan");
    let fates = plan.fates.into_iter().map(|(id, fate)| (id, fate.to));
    (fates.collect(), plan.states)
}

#[test]
fn those_who_are_apart_are_not_joined() {
    let joins = [step("ac-2", "ac-1"), step("ac-3", "ac-1")];
    let joined = |id: &str| (id.to_owned(), Some("ac-1".to_owned()));
    let both = vec![joined("ac-2"), joined("ac-3")];
    // either way round, from the one that stays, and between two that were joined to a third
    for (changes, left) in [
        (vec![apart("ac-2", "ac-1")], vec![joined("ac-3")]),
        (vec![apart("ac-1", "ac-2")], vec![joined("ac-3")]),
        (vec![apart("ac-3", "ac-2")], vec![joined("ac-2")]),
        (vec![apart("ac-2", "ac-1"), apart("ac-3", "ac-1")], vec![]),
        (vec![apart("ac-4", "ac-1")], both.clone()),
    ] {
        let (fates, states) = kept(&joins, &changes);
        assert_eq!(fates, left, "{changes:?}");
        assert!(states.iter().all(|state| *state == State::Applied));
    }
    let (fates, states) = kept(&joins, &[apart("ac-2", "ac-9")]);
    assert_eq!((fates, states), (both.clone(), vec![State::Gone]));
    let id = lines(&[apart("ac-2", "ac-1")])[0].id.clone();
    let undo = Change::Undo { correction: id };
    let (fates, states) = kept(&joins, &[apart("ac-2", "ac-1"), undo]);
    assert_eq!((fates, states[0]), (both, State::Undone));
}
