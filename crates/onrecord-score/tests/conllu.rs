//! CoNLL-U read and written, on sentences made here.

use onrecord_score::conllu::{read, text_of, write};
use onrecord_score::{ConlluMultiword, ConlluRow, ConlluSentence, ConlluWord};
use proptest::prelude::*;

const WHOLE: &str = "# newdoc id = made-1
# sent_id = made-1-1
# text = We can't, she said.
1\tWe\twe\tPRON\tPRP\tCase=Nom\t2\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\tTypo=Yes\t_\t_\t_\tSpaceAfter=No
2\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_
3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t2:conj\t_
4\t,\t,\tPUNCT\t,\t_\t2\tpunct\t_\t_
5\tshe\tshe\tPRON\tPRP\t_\t_\t_\t_\t_
6\tsaid\tsay\tVERB\tVBD\t_\t2\tparataxis\t_\tA=1|SpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\tSpaceAfter=No

# newpar
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_

# newpar_block = p
1\tWell\twell\tINTJ\tUH\t_\t0\troot\t_\t_

";

#[test]
fn every_kind_of_line_is_read_and_written() {
    let sentences = read(WHOLE, "made.conllu").expect("well formed");
    assert_eq!(write(&sentences), WHOLE);
    assert_eq!(text_of(&sentences), "We can't, she said. Yes\n\nNo Well");
    assert_eq!(sentences[0].comment("sent_id"), Some("made-1-1"));
    assert_eq!(sentences[0].comment("newdoc"), Some("id = made-1"));
    assert_eq!(sentences[0].comment("text"), Some("We can't, she said."));
    assert_eq!(sentences[0].words().count(), 7);
    assert_eq!(sentences[0].tokens().count(), 6);
    let heads: Vec<_> = sentences[0].words().map(|word| word.head).collect();
    assert_eq!(heads[..5], [Some(2), Some(0), Some(2), Some(2), None]);

    for other in [
        WHOLE.replace('\n', "\r\n"),
        WHOLE.trim_end().to_owned(),
        format!("\u{feff}\n\n{WHOLE}\n"),
    ] {
        assert_eq!(read(&other, "made.conllu").expect("well formed"), sentences);
    }
    assert_eq!(read("", "none.conllu").expect("nothing"), []);
}

#[test]
fn errors_name_the_line() {
    let word = |id: &str, head: &str| format!("{id}\ta\t_\t_\t_\t_\t{head}\t_\t_\t_\n");
    let token = |id: &str| word(id, "_");
    for (text, expected) in [
        (
            "1\ta\t_\n".to_owned(),
            "1: 3 columns, expected 10 parted by tabs",
        ),
        (
            "# c\n1\t\t_\t_\t_\t_\t_\t_\t_\t_\n".to_owned(),
            "2: column 2 is empty, expected `_` where there is nothing to say",
        ),
        (word("1", "0") + &word("3", "1"), "2: id \"3\", expected 2"),
        (word("01", "0"), "1: id \"01\", expected 1"),
        (
            word("1", "+1"),
            "1: head \"+1\", expected a word of the sentence, 0 for the root or `_`",
        ),
        (
            word("1", "3") + &word("2", "0"),
            "1: head 3 is outside the sentence, expected 0 to 2 (or `_`)",
        ),
        (
            token("2-3") + &word("1", "0"),
            "1: token \"2-3\", expected 1-N above word 1",
        ),
        (
            token("1-2") + &word("1", "0") + "\n",
            "1: the token ends with word 2, but the sentence with word 1",
        ),
        (
            token("1-2") + &word("1", "0") + &token("2-3"),
            "3: token 2-3 begins inside the token that ends with word 2",
        ),
        (
            word("1", "0") + &token("2.1"),
            "2: empty node \"2.1\", expected 1.1",
        ),
        (
            word("1", "0") + "# late\n",
            "2: a comment below words, expected it above the first",
        ),
        (
            "# alone\n\n".to_owned(),
            "2: the sentence ends without a word, expected one or more",
        ),
        (
            word("1", "0").replace("\ta\t", "\ta\r\t"),
            "1: a carriage return inside the line",
        ),
    ] {
        let error = read(&text, "x.conllu").expect_err(expected);
        assert_eq!(error.to_string(), format!("x.conllu:{expected}"));
    }
}

/// A sentence of words, some of them in tokens of several, with any heads.
fn sentence() -> impl Strategy<Value = ConlluSentence> {
    let word = ("[^\t\r\n]{1,6}", "[a-zA-Z_]{1,5}", any::<u8>(), 0..8_usize);
    let words = prop::collection::vec(word, 1..8);
    let comments = prop::collection::vec("#[^\r\n]{0,12}", 0..3);
    (comments, words).prop_map(|(comments, words)| {
        let mut rows = Vec::new();
        let (count, mut covered) = (words.len(), 0);
        for (at, (form, tag, kind, head)) in words.into_iter().enumerate() {
            let id = at + 1;
            if kind % 4 == 0 && id > covered {
                covered = count.min(id + usize::from(kind) / 4 % 3);
                rows.push(ConlluRow::Multiword(ConlluMultiword {
                    first: id,
                    last: covered,
                    form: form.clone(),
                    between: "_\t_\t_\tTypo=Yes\t_\t_\t_".into(),
                    misc: "SpaceAfter=No".into(),
                }));
            }
            let mut word = ConlluWord::new(id, &form);
            word.upos = tag;
            word.head = (head <= count).then_some(head);
            rows.push(ConlluRow::Word(word));
            if kind % 5 == 0 {
                rows.push(ConlluRow::Empty(format!(
                    "{id}.1\t{form}\t_\t_\t_\t_\t_\t_\t_\t_"
                )));
            }
        }
        ConlluSentence { comments, rows }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(sentences in prop::collection::vec(sentence(), 0..5)) {
        let text = write(&sentences);
        let back = read(&text, "x.conllu");
        prop_assert_eq!(back.as_ref().ok(), Some(&sentences), "{:?}", back);
        prop_assert_eq!(write(&sentences), text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[#a1_.\\-\t\r\n 0é]{0,200}") {
        if let Ok(sentences) = read(&text, "x.conllu") {
            let once = write(&sentences);
            prop_assert_eq!(read(&once, "x.conllu").ok(), Some(sentences));
        }
    }
}
