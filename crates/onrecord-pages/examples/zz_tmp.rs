#![allow(clippy::print_stdout, clippy::disallowed_methods)]
use onrecord_lexicon::Lexicon;
use onrecord_model::{RawPage, sha256_hex};
fn main() {
    let out = std::env::args().nth(1).unwrap();
    for path in std::env::args().skip(2) {
        let bytes = std::fs::read(&path).unwrap();
        let raw = RawPage {
            uri: "x.html".into(),
            sha256: sha256_hex(&bytes),
            bytes,
            ..RawPage::default()
        };
        let name = std::path::Path::new(&path)
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let Ok((page, _)) = onrecord_pages::decode(&raw) else {
            continue;
        };
        let found = onrecord_pages::articles(&page, &Default::default(), Lexicon::built_in());
        let mut s = String::new();
        for n in &found.notes {
            s += &format!("NOTE {n:?}\n");
        }
        for a in &found.articles {
            s += &format!(
                "TITLE {:?}\nAUTHOR {:?}\nPUB {:?}\nDATE {:?} {:?}\n{}\n",
                a.title,
                a.author,
                a.publisher,
                a.published.map(|d| d.to_string()),
                a.published_from,
                a.text
            );
        }
        if out == "-" {
            println!("== {name}\n{s}");
        } else {
            std::fs::write(format!("{out}/{name}.txt"), s).unwrap();
        }
    }
}
