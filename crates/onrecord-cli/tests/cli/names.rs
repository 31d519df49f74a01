//! `names compare`, and the measures of names and coreference.

use std::path::Path;

use crate::common::{call, write};

#[test]
fn two_names_are_compared() {
    let here = Path::new(".");
    let args = [
        "names",
        "compare",
        "Qasim al-Najmi",
        "Kassem Nejmi",
        "--kind",
        "person",
    ];
    let gave = call(here, &args).code(0);
    let row: serde_json::Value = serde_json::from_str(&gave.out).expect("one JSON object");
    assert_eq!(row["same"], true);
    assert!(
        row["reason"].as_str().is_some_and(|r| r.contains("q/k")),
        "{row}"
    );
    assert_eq!(row["steps"].as_array().map(Vec::len), Some(2));

    let table = [&args[..], &["--format", "table"]].concat();
    let gave = call(here, &table).code(0);
    assert!(gave.out.starts_with("can be the same: "), "{}", gave.out);

    let other = ["names", "compare", "Salim bin Tariq", "Tariq bin Salim"];
    assert!(call(here, &other).code(1).out.contains("\"same\":false"));
    let none = call(here, &["names", "compare", "?", "Salim"]).code(2);
    assert!(none.err.contains("`?` is no name"), "{}", none.err);
}

#[test]
fn pairs_of_names_are_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write(
        &at.join("pairs.csv"),
        "schema,name1,name2,is_match\nPerson,Karin Lund,\"Lund, Karin\",true\n\
         Person,Karin Lund,Karin Berg,false\n",
    );
    let gave = call(at, &["score", "name-pairs", "pairs.csv"]).code(0);
    assert!(
        gave.out.contains("2 pairs") && gave.out.contains("logic_v2"),
        "{}",
        gave.out
    );
    write(&at.join("bad.csv"), "name1,name2,is_match\na,b,perhaps\n");
    let gave = call(at, &["score", "name-pairs", "bad.csv"]).code(3);
    assert!(
        gave.err.contains("bad.csv") && gave.err.contains("line 2"),
        "{}",
        gave.err
    );
    write(&at.join("empty.csv"), "name1,name2,is_match\n");
    call(at, &["score", "name-pairs", "empty.csv"]).code(1);
}

#[test]
fn coreference_is_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let text = "\
# newdoc id = mine-1
1\tIlse\t_\t_\t_\t_\t2\tnsubj\t_\tEntity=(1-person-new-cf1-1-coref
2\tBrandt\t_\t_\t_\t_\t3\tnsubj\t_\tEntity=1)
3\tleft\t_\t_\t_\t_\t0\troot\t_\t_
4\tLusaka\t_\t_\t_\t_\t3\tobj\t_\tEntity=(2-place-new-cf2-1-sgl)|SpaceAfter=No
5\t.\t_\t_\t_\t_\t3\tpunct\t_\t_

1\tBrandt\t_\t_\t_\t_\t2\tnsubj\t_\tEntity=(1-person-giv-cf1-1-coref)
2\tspoke\t_\t_\t_\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t_\t_\t_\t_\t2\tpunct\t_\t_

";
    write(&at.join("gold.conllu"), text);
    let gave = call(at, &["score", "coref", "gold.conllu"]).code(0);
    assert!(gave.out.contains("CoNLL         100.0"), "{}", gave.out);
    call(at, &["score", "coref", "gold.conllu", "--only", "other"]).code(1);
}
