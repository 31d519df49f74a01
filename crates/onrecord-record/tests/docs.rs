//! `docs/record.md` lists every table and column, and nothing that is not there.
//! `UPDATE=1 cargo test -p onrecord-record --test docs` writes the list anew.
#![allow(clippy::disallowed_methods)] // a test reads and writes the document

use onrecord_record::TABLES;

const BEGIN: &str = "<!-- tables: written from TABLES in onrecord-record -->\n";
const END: &str = "<!-- end of tables -->\n";

fn tables() -> String {
    let mut text = String::new();
    for table in TABLES {
        text.push_str(&format!("\n## {}\n\n{}\n\n", table.name, table.what));
        text.push_str("| column | type | meaning |\n|---|---|---|\n");
        for column in table.columns {
            let null = if column.null { ", may be null" } else { "" };
            text.push_str(&format!(
                "| `{}` | {}{null} | {} |\n",
                column.name,
                column.kind.name(),
                column.what
            ));
        }
    }
    text.push('\n');
    text
}

#[test]
fn the_document_and_the_tables_agree() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/record.md");
    let text = std::fs::read_to_string(path).expect("docs/record.md");
    let (before, rest) = text.split_once(BEGIN).expect("the mark before the tables");
    let (listed, after) = rest.split_once(END).expect("the mark after the tables");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{}{END}{after}", tables())).expect("written");
        return;
    }
    for (ours, theirs) in tables().lines().zip(listed.lines()) {
        assert_eq!(
            ours, theirs,
            "left: the tables, right: docs/record.md; UPDATE=1 writes it"
        );
    }
    assert_eq!(tables(), listed);
}
