//! Prints what is in files: `cargo run -p onrecord-formats --example show -- FILE...`.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a tool for developers

use std::fs::File;

use onrecord_formats::{Kind, Options, kind_of, pages};

fn main() -> std::io::Result<()> {
    for name in std::env::args().skip(1) {
        let kind: Kind = kind_of(&name, File::open(&name)?)?;
        println!("== {name}: {}", kind.name());
        for page in pages(kind, &name, File::open(&name)?, &Options::default()) {
            match page {
                Ok(page) => {
                    println!("-- {} {} {:?}", page.uri, &page.sha256[..8], page.declared);
                    println!("{}", String::from_utf8_lossy(&page.bytes));
                    page.notes
                        .iter()
                        .for_each(|note| println!("   note {note:?}"));
                }
                Err(note) => println!("-- {note:?}"),
            }
        }
    }
    Ok(())
}
