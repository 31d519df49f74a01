//! Texts made to break things.

use onrecord_reprints::{ArticleText, Found, Index, Settings, Signature, Source, find};

fn run(texts: &[Vec<String>]) -> Found {
    let ids: Vec<String> = (0..texts.len()).map(|n| format!("ar-{n}")).collect();
    let article = |n: usize| ArticleText {
        id: &ids[n],
        sentences: texts[n].iter().map(|s| ("", s.as_str())).collect(),
        ..ArticleText::default()
    };
    let mut index = Index::default();
    for n in 0..texts.len() {
        index.add(&article(n));
    }
    let text = |id: &str| ids.iter().position(|i| i == id).map(article);
    find(&index, &Settings::default(), text, |_| Source::default())
}

#[test]
fn nothing() {
    assert!(run(&[]).carried.is_empty());
    let empty: Vec<Vec<String>> = vec![vec![], vec![String::new()], vec!["—".into()], vec![]];
    assert!(run(&empty).carried.is_empty());
    let few = vec![vec!["Yes.".to_owned()], vec!["Yes.".to_owned()]];
    assert!(run(&few).carried.is_empty(), "too little to be a reprint");
}

#[test]
fn one_word_a_hundred_thousand_times() {
    let one = vec!["boat ".repeat(100_000)];
    let many: Vec<String> = (0..10_000)
        .map(|_| "boat boat boat boat boat boat boat.".to_owned())
        .collect();
    let half = vec!["boat ".repeat(50_000), "ship ".repeat(50_000)];
    run(&[one.clone(), one, many.clone(), many, half]);
}

#[test]
fn two_words_in_turn() {
    let turn = |a: &str, b: &str| vec![format!("{a} {b} ").repeat(40_000)];
    run(&[turn("x", "y"), turn("y", "x"), turn("x", "z")]);
}

#[test]
fn a_long_text_and_a_part_of_it() {
    let sentence = |n: usize| {
        let word = |k: usize| format!("w{}", (n * 20 + k).wrapping_mul(0x9e37_79b9) % 1_000_003);
        let words: Vec<String> = (0..20).map(word).collect();
        format!("{}.", words.join(" "))
    };
    let long: Vec<String> = (0..20_000).map(sentence).collect();
    let part = long[..200].to_vec();
    let found = run(&[long, part]);
    assert_eq!(found.carried.len(), 1);
    assert_eq!(found.carried[0].sentences.len(), 200);
}

#[test]
fn sentences_of_ten_thousand_words() {
    let sentence = |seed: usize| {
        let words: Vec<String> = (0..10_000)
            .map(|k| format!("w{}", (k * k + seed) % 997))
            .collect();
        words.join(" ")
    };
    run(&[
        vec![sentence(1), sentence(2)],
        vec![sentence(2), sentence(3)],
        vec![sentence(1)],
    ]);
}

#[test]
fn marks_that_never_close_and_other_directions() {
    let odd = [
        "“““““ never closed and going on and on until the end of the page",
        "\u{202e}reversed\u{202c} words with marks that turn the direction of what follows",
        "اجتمع مجلس الميناء يوم الاثنين للحديث عن الجسر وثمنه بعد أسابيع من المطر والخلاف",
        "מועצת הנמל נפגשה ביום שני כדי לדבר על הגשר ועל מחירו אחרי שבועות של גשם",
        "港务委员会星期一开会讨论桥梁及其价格，此前已经下了几个星期的雨，争论不断。",
        "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305} combining marks without end \u{0}\u{1}\u{7f}",
    ];
    let text: Vec<String> = odd.iter().map(|s| (*s).to_owned()).collect();
    let found = run(&[text.clone(), text]);
    assert_eq!(found.carried.len(), 1);
    assert_eq!(found.carried[0].sentences.len(), odd.len());
}

#[test]
fn a_text_that_is_gone_is_left_out() {
    let body = ["the council met on monday to talk about the price of a bridge ".repeat(5)];
    let article = |id| ArticleText {
        id,
        sentences: body.iter().map(|s| ("", s.as_str())).collect(),
        ..ArticleText::default()
    };
    let mut index = Index::default();
    ["a", "b", "c"].into_iter().for_each(|id| {
        index.add(&article(id));
    });
    let text = |id: &str| match id {
        "a" => None,
        "b" => Some(article("b")),
        _ => Some(article("c")),
    };
    let found = find(&index, &Settings::default(), text, |_| Source::default());
    assert!(
        found
            .carried
            .iter()
            .all(|c| c.article != "a" && c.from != "a")
    );
}

#[test]
fn bytes_of_another_version_are_told() {
    let error = Signature::from_bytes(&[9, 0, 0, 0, 0]).expect_err("version 9");
    assert!(error.to_string().contains("version 9"), "{error}");
    let error = Signature::from_bytes(&[1, 0, 0]).expect_err("too short");
    assert!(error.to_string().contains("3 bytes"), "{error}");
}
