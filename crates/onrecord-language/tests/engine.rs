//! The engine's promises: the same bits everywhere, a tree for everything, no failure.

mod small;

use onrecord_language::{Engine, Isa, Parsed, WEIGHTS, WINDOW, parse, sentences};
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, NameKind, Sentence};

fn split(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The network in the binary, and a small one of the other kind.
fn engines() -> [&'static Engine; 2] {
    static WORDS: std::sync::LazyLock<Engine> =
        std::sync::LazyLock::new(|| Engine::new(&small::weights()).expect("a small network"));
    [Engine::built_in(), &WORDS]
}

fn parsed(text: &str, engine: &Engine) -> Vec<Sentence> {
    let article = Article::new("pg-1".into(), 1, text.into());
    let (mut found, _) = sentences(&article, Lexicon::built_in());
    parse(&article.text, &mut found, engine, Lexicon::built_in());
    found
}

/// Every word but one has a head, and every way up ends at the root.
fn assert_tree(parsed: &Parsed, engine: &Engine) {
    let words = &parsed.words;
    let roots = words.iter().filter(|word| word.head.is_none()).count();
    assert_eq!(roots, usize::from(!words.is_empty()), "one root");
    for start in 0..words.len() {
        let mut at = start;
        let mut steps = 0;
        while let Some(head) = words[at].head {
            at = head;
            steps += 1;
            assert!(steps <= words.len(), "a circle above word {start}");
        }
    }
    for word in words {
        assert_eq!(word.head.is_none(), word.dep == "root");
    }
    assert_eq!(parsed.vectors.len(), words.len() * engine.width());
}

#[test]
fn every_instruction_set_gives_the_same_bits() {
    let texts = [
        "The Harbour Union called the strike off after talks with Minister Adaeze Oyelaran .",
        "“ We will not sign , ” he told Radio Kestal , “ while they shell Upper Marn . ”",
        "No .",
    ];
    let given: Vec<Vec<&str>> = texts.iter().map(|text| split(text)).collect();
    let bits = |p: &Parsed| p.vectors.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    for (engine, weights) in engines().into_iter().zip([WEIGHTS, &small::weights()]) {
        let best = engine.parse(&given);
        for isa in Isa::available() {
            let other = Engine::new(weights).unwrap().with_isa(isa).parse(&given);
            for (a, b) in best.iter().zip(&other) {
                assert_eq!(a, b, "{isa:?}");
                assert_eq!(bits(a), bits(b), "{isa:?}");
            }
        }
    }
}

#[test]
fn a_sentence_is_read_alone() {
    let texts = [
        "Protesters burned tyres in Kerid on Sunday .",
        "The court in Lusaka , citing Article 12 , threw the case out and freed all nine men at once .",
        "Yes",
    ];
    for engine in engines() {
        let together = engine.parse(&texts.map(split));
        for (text, together) in texts.iter().zip(&together) {
            let alone = engine.parse(&[split(text)]);
            assert_eq!(alone[0], *together, "{text}");
            assert_tree(together, engine);
        }
    }
}

#[test]
fn nothing_fails() {
    let long_word = "a".repeat(5000);
    let many = "the army said that it will ".repeat(2000);
    let marks = "?! ... ,,, ;; -- — “”’ ".repeat(50);
    let texts = [
        "",
        " ",
        ".",
        &long_word,
        &marks,
        "Мэр Киева said, 習近平 said, قال المتحدث ok \u{202e}abc\u{202c}",
        "😀😀😀 🇮🇶🇮🇶 👩‍👩‍👧‍👦 he left",
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘ said so",
        "\u{200b}\u{200b}\u{feff} \u{ad}\u{ad}",
        "0 1 2 3 4 5 6 7 8 9 10,000,000,000.00",
    ];
    let many: Vec<&str> = many.split_whitespace().collect();
    assert_eq!(many.len(), 12_000);
    let given = [many, vec![&long_word; 400], vec!["😀"; 700], vec![]];
    for engine in engines() {
        for text in texts {
            for sentence in parsed(text, engine) {
                assert!(!sentence.words.is_empty());
                let roots = sentence.words.iter().filter(|w| w.head.is_none());
                assert_eq!(roots.count(), 1);
            }
        }
        for parsed in engine.parse(&given) {
            assert_tree(&parsed, engine);
        }
    }
}

#[test]
fn a_sentence_beyond_the_window_is_told() {
    let text = format!(
        "{} and he left.",
        "they came, saw, and won the day".repeat(60)
    );
    let article = Article::new("pg-1".into(), 1, text);
    let (mut found, _) = sentences(&article, Lexicon::built_in());
    let notes = parse(
        &article.text,
        &mut found,
        Engine::built_in(),
        Lexicon::built_in(),
    );
    let longest = found.iter().map(|s| s.words.len()).max().unwrap();
    assert!(longest > WINDOW);
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].code, "long-sentence");
    assert!(notes[0].place.starts_with("sentence "));
}

#[test]
fn words_keep_their_place() {
    let text =
        "Gen. Ali al-Rashid can’t confirm it: the base near Tell Amra was shelled by rebels.";
    let found = parsed(text, Engine::built_in());
    let words = &found[0].words;
    let forms: Vec<&str> = words.iter().map(|word| word.span.of(text)).collect();
    assert_eq!(
        forms.join(" "),
        "Gen. Ali al - Rashid ca n’t confirm it : the base near Tell Amra was shelled by rebels ."
    );
    let at = |form: &str| forms.iter().position(|f| *f == form).unwrap();
    assert!(words[at("rebels")].dep == "obl:agent");
    assert!(words[at("base")].dep == "nsubj:pass");
    assert_eq!(words[at("shelled")].lemma, "shell");
    assert_eq!(words[at("was")].lemma, "be");
    assert_eq!(words[at("rebels")].lemma, "rebel");
    let names: Vec<(&str, NameKind)> = found[0]
        .names
        .iter()
        .map(|name| (name.span.of(text), name.kind))
        .collect();
    assert_eq!(
        names,
        [
            ("Ali al-Rashid", NameKind::Person),
            ("Tell Amra", NameKind::Location)
        ]
    );
}

#[test]
fn a_damaged_weights_file_is_an_error() {
    assert!(Engine::new(&WEIGHTS[..WEIGHTS.len() / 2]).is_err());
    assert!(Engine::new(b"").is_err());
    let mut other = WEIGHTS.to_vec();
    other[0] = b'O';
    let error = Engine::new(&other).unwrap_err().to_string();
    assert!(error.contains("no weights file"), "{error}");
}
