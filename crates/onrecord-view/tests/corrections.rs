//! What people change on the pages.
#![allow(clippy::disallowed_methods)] // tests make files

mod ask;

use ask::asked;
use onrecord_record::CorrectionsFile;

#[test]
fn a_row_is_accepted_and_the_next_one_is_shown() {
    let asked = asked();
    let queue = |address: &str| {
        asked.get(address).json()["rows"]
            .as_array()
            .expect("rows")
            .len()
    };
    assert_eq!(queue("/review.json?table=positions"), 4);
    let id = asked.first("positions", "position_id");
    let answer = asked.post(
        &format!("what=accept&row={id}&back=/review?table%3Dpositions"),
        &[],
    );
    assert_eq!(answer.status, 303, "{}", answer.body);
    let back = answer.header("location").to_owned();
    assert!(
        back.starts_with("/review?table=positions&done=co-"),
        "{back}"
    );
    assert_eq!(queue("/review.json?table=positions"), 3);
    let page = asked.get_with(&back, &[("cookie", "onrecord8080=the-token-of-tests")]);
    assert!(
        page.body.contains("Take back") && page.body.contains("100 %"),
        "{}",
        page.body
    );
    let line = &CorrectionsFile::beside(asked.made.record.path())
        .expect("the file")
        .corrections[0];
    assert_eq!(
        (line.row_key.as_str(), line.field.as_str()),
        (id.as_str(), "accepted")
    );
    assert_eq!(line.by.as_deref(), Some("tests"));
    assert_eq!(line.at.as_deref(), Some("2030-01-01T09:00:00Z"));
    let chart = asked.get("/positions/foreign-troops.json").json();
    let reviewed = chart["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|r| r["reviewed"] == true);
    assert_eq!(reviewed.count(), 1);
    assert!(asked.get(&format!("/row/{id}")).body.contains("accepted"));
}

#[test]
fn a_rejected_row_is_gone_and_comes_back() {
    let asked = asked();
    let id = asked.first("events", "event_id");
    let json = [("accept", "application/json")];
    let answer = asked.post(&format!("what=reject&row={id}&why=not+so"), &json);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let correction = answer.json()["corrections"][0]
        .as_str()
        .expect("an id")
        .to_owned();
    assert_eq!(asked.rows("events").len(), 3);
    let page = asked.get(&format!("/row/{id}"));
    assert_eq!(page.status, 404);
    assert!(
        page.body.contains("rejected") && page.body.contains("not so"),
        "{}",
        page.body
    );
    let answer = asked.post(&format!("what=undo&correction={correction}"), &json);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(asked.rows("events").len(), 4);
}

#[test]
fn a_field_is_set_by_name() {
    let asked = asked();
    let json = [("accept", "application/json")];
    let id = asked.first("positions", "position_id");
    let set = |row: &str, field: &str, value: &str| {
        asked.post(
            &format!("what=set&row={row}&field={field}&value={value}"),
            &json,
        )
    };
    assert_eq!(set(&id, "stance", "support").status, 200);
    assert_eq!(set(&id, "actor_id", "Ironside+Guards").status, 200);
    let row = asked
        .rows("positions")
        .into_iter()
        .find(|r| r["position_id"] == id.as_str());
    let row = row.expect("the row");
    assert_eq!(row["stance"], "support");
    let guards = asked
        .rows("actors")
        .into_iter()
        .find(|a| a["name"] == "Ironside Guards");
    assert_eq!(row["actor_id"], guards.expect("the guards")["actor_id"]);
    for (field, value, says) in [
        ("stance", "perhaps", "support"),
        ("actor_id", "Nobody", "No actor"),
        ("date", "soon", "2014-09"),
        ("position_id", "x", "cannot be corrected"),
        ("made_by", "me", "cannot be corrected"),
    ] {
        let answer = set(&id, field, value);
        assert_eq!(answer.status, 400, "{field}");
        let told = answer.json()["error"].as_str().expect("why").to_owned();
        assert!(told.contains(says), "{field}: {told}");
    }
    // The codebook is not at hand here.
    let event = asked.first("events", "event_id");
    assert_eq!(set(&event, "event_type", "AID").status, 400);
    assert_eq!(asked.rows("corrections").len(), 2);
}

#[test]
fn actors_are_merged_and_parted_again() {
    let asked = asked();
    let json = [("accept", "application/json")];
    let actors = asked.rows("actors");
    let named = |name: &str| {
        let found = actors.iter().find(|a| a["name"] == name).expect("an actor");
        found["actor_id"].as_str().expect("an id").to_owned()
    };
    let (guards, minister) = (named("Ironside Guards"), named("Omar Haddad"));
    let answer = asked.post(&format!("what=merge&actor={guards}&to={minister}"), &json);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(asked.rows("actors").len(), actors.len() - 1);
    let moved = asked.get(&format!("/actor/{guards}"));
    assert_eq!(moved.header("location"), format!("/actor/{minister}"));
    assert_eq!(asked.get(&format!("/names?actor={guards}")).status, 200);
    let correction = answer.json()["corrections"][0]
        .as_str()
        .expect("an id")
        .to_owned();
    let names = asked.get_with("/names", &[("cookie", "onrecord8080=the-token-of-tests")]);
    assert!(names.body.contains(&correction), "{}", names.body);
    asked.post(&format!("what=undo&correction={correction}"), &json);
    assert_eq!(asked.rows("actors").len(), actors.len());

    let renamed = asked.post(
        &format!("what=rename&actor={minister}&name=O.+Haddad"),
        &json,
    );
    assert_eq!(renamed.status, 200, "{}", renamed.body);
    assert!(
        asked
            .rows("actors")
            .iter()
            .any(|a| a["name"] == "O. Haddad")
    );
    let split = asked.post(
        &format!("what=split&actor={guards}&form=Ironside+guards&name=Other+Guards"),
        &json,
    );
    assert_eq!(split.status, 200, "{}", split.body);
    assert!(
        asked
            .rows("actors")
            .iter()
            .any(|a| a["name"] == "Other Guards")
    );
    assert_eq!(
        asked.post("what=rename&actor=Nobody&name=x", &json).status,
        400
    );
    assert_eq!(
        asked.post("what=merge&actor=Other+Guards", &json).status,
        400
    );
    assert_eq!(asked.post("what=nothing", &json).status, 400);
}

#[test]
fn only_what_is_shown_is_judged_at_once() {
    let asked = asked();
    let rows: String = asked
        .rows("framings")
        .iter()
        .take(3)
        .map(|row| format!("&row={}", row["framing_id"].as_str().expect("an id")))
        .collect();
    assert_eq!(
        asked
            .post(&format!("what=accept{rows}&back=//evil.example"), &[])
            .status,
        303
    );
    let back = asked.post(&format!("what=accept{rows}&back=https://evil.example"), &[]);
    assert!(
        back.header("location").starts_with("/review?done="),
        "{:?}",
        back.headers
    );
    let left = asked.get("/review.json?table=framings").json();
    assert_eq!(left["rows"].as_array().expect("rows").len(), 1);
    let none = asked.post("what=accept&row=st-nothing", &[]);
    assert_eq!(none.status, 404);
}
