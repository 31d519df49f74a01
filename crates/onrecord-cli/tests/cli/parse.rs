//! `parse` and the measures of what it gives.

use std::path::Path;

use crate::common::{call, call_with, page, write};

const TEXT: &str = "The convoy wasn't attacked by rebels.\n\nMayor Ilse Brandt flew to Lusaka.\n";

#[test]
fn a_text_on_standard_input() {
    let gave = call_with(Path::new("."), &["parse", "-"], TEXT.as_bytes()).code(0);
    let expected = "\
# newpar
# sent_id = 1
# text = The convoy wasn't attacked by rebels.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_
2\tconvoy\tconvoy\tNOUN\tNN\t_\t5\tnsubj:pass\t_\t_
3-4\twasn't\t_\t_\t_\t_\t_\t_\t_\t_
3\twas\tbe\tAUX\tVBD\t_\t5\taux:pass\t_\t_
4\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_
5\tattacked\tattack\tVERB\tVBN\t_\t0\troot\t_\t_
6\tby\tby\tADP\tIN\t_\t7\tcase\t_\t_
7\trebels\trebel\tNOUN\tNNS\t_\t5\tobl:agent\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# newpar
# sent_id = 2
";
    assert!(gave.out.starts_with(expected), "{}", gave.out);
    assert!(gave.err.is_empty(), "{}", gave.err);
}

#[test]
fn names_and_mentions() {
    let names = call_with(Path::new("."), &["parse", "--names", "-"], TEXT.as_bytes()).code(0);
    for line in ["Ilse\tB-PER", "Brandt\tI-PER", "Mayor\tO", "Lusaka\tB-LOC"] {
        assert!(
            names.out.contains(&format!("{line}\n")),
            "{line}:\n{}",
            names.out
        );
    }
    let input = b"He told the mayor of Lusaka that they left.\n";
    let mentions = call_with(Path::new("."), &["parse", "--mentions", "-"], input).code(0);
    assert!(mentions.out.contains("He\tB-PER\n"), "{}", mentions.out);
    call(Path::new("."), &["parse", "--mentions", "--names", "-"]).code(2);
}

#[test]
fn given_words_stay() {
    let input = "# sent_id = a-1\n1-2\tcannot\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
                 1\tcan\tX\tX\tX\tF\t_\tx\t0:x\tk=v\n2\tnot\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let gave = call_with(
        Path::new("."),
        &["parse", "--pretokenized", "-"],
        input.as_bytes(),
    )
    .code(0);
    let lines: Vec<&str> = gave.out.lines().collect();
    assert_eq!(lines[0], "# sent_id = a-1");
    assert_eq!(lines[1], "1-2\tcannot\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No");
    assert!(
        lines[2].starts_with("1\tcan\tcan\t") && lines[2].ends_with("\t_\tk=v"),
        "{}",
        lines[2]
    );
    // what came out goes in again and does not change
    let again = call_with(
        Path::new("."),
        &["parse", "--pretokenized", "-"],
        gave.out.as_bytes(),
    )
    .code(0);
    assert_eq!(again.out, gave.out);
}

#[test]
fn threads_give_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let text: String = (0..60).map(page).collect();
    write(&folder.path().join("text.txt"), text);
    let of = |threads: &str| {
        call(folder.path(), &["parse", "text.txt", "--threads", threads])
            .code(0)
            .out
    };
    let one = of("1");
    assert!(one.lines().count() > 5000);
    assert!(one == of("8"), "other bytes on eight threads");
    assert!(one == of("1"), "other bytes on a second run");
}

#[test]
fn what_is_wrong_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write(&at.join("latin.txt"), b"caf\xe9 in Paris");
    let gave = call(at, &["parse", "latin.txt"]).code(3);
    assert!(
        gave.err.contains("latin.txt is not UTF-8 at byte 3"),
        "{}",
        gave.err
    );
    write(&at.join("empty.txt"), "\n\n");
    assert!(call(at, &["parse", "empty.txt"]).code(1).out.is_empty());
    assert!(
        call(at, &["parse", "none.txt"])
            .code(3)
            .err
            .contains("none.txt")
    );
    write(&at.join("bad.conllu"), "1\tone\ttwo\n");
    let gave = call(at, &["parse", "--pretokenized", "bad.conllu"]).code(3);
    assert!(gave.err.contains("bad.conllu"), "{}", gave.err);
    write(&at.join("bad.weights"), "weights?");
    let gave = call(at, &["parse", "--weights", "bad.weights", "empty.txt"]).code(3);
    assert!(
        gave.err.contains("bad.weights") && gave.err.contains("no weights file"),
        "{}",
        gave.err
    );
    let long = format!(
        "{} and so on.",
        "the army, the fleet and the guard".repeat(80)
    );
    write(&at.join("long.txt"), long);
    let gave = call(at, &["parse", "long.txt"]).code(0);
    assert!(
        gave.err.contains("long.txt: sentence 1") && gave.err.contains("(long-sentence)"),
        "{}",
        gave.err
    );
}

#[test]
fn a_parse_scores_full_marks_against_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let parsed = call_with(at, &["parse", "-"], TEXT.as_bytes()).code(0).out;
    write(&at.join("own.conllu"), &parsed);
    let score = call(at, &["score", "parse", "own.conllu"]).code(0).out;
    let ours: Vec<&str> = score
        .lines()
        .filter(|line| line.starts_with("onrecord "))
        .collect();
    assert_eq!(ours.len(), 2, "{score}");
    for line in ours {
        assert_eq!(line.matches("100.00").count(), 8, "{line}");
    }
    assert!(score.contains("words a CPU-second"), "{score}");
    let other = parsed.replace("\tnsubj:pass\t", "\tobj\t");
    write(&at.join("other.conllu"), other);
    let score = call(
        at,
        &["score", "parse", "own.conllu", "--system", "other.conllu"],
    )
    .code(0)
    .out;
    let ours = score
        .lines()
        .find(|line| line.starts_with("onrecord "))
        .unwrap_or_default();
    assert_eq!(ours.matches("100.00").count(), 7, "{score}");

    let names = call_with(at, &["parse", "--names", "-"], TEXT.as_bytes())
        .code(0)
        .out;
    write(&at.join("own.iob2"), names);
    let score = call(at, &["score", "names-iob", "own.iob2"]).code(0).out;
    assert!(
        score
            .lines()
            .any(|line| line.starts_with("onrecord ") && line.contains("100.0")),
        "{score}"
    );
}
