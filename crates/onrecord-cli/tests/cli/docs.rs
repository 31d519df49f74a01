//! The pages of `docs/commands` and the command line say the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::call;

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/commands");

fn help(args: &[&str]) -> String {
    let mut args = args.to_vec();
    args.push("--help");
    call(Path::new("."), &args).code(0).out
}

/// The commands that the help of `args` lists.
fn commands(args: &[&str]) -> Vec<String> {
    let help = help(args);
    let Some((_, list)) = help.split_once("Commands:\n") else {
        return Vec::new();
    };
    let names = list.lines().take_while(|line| line.starts_with("  "));
    let names = names
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

fn flags(text: &str) -> BTreeSet<String> {
    let starts = text
        .match_indices("--")
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '-'));
    let name = |at: usize| {
        let rest = &text[at + 2..];
        let end = rest
            .find(|c: char| !(c.is_ascii_lowercase() || c == '-'))
            .unwrap_or(rest.len());
        rest[..end].to_owned()
    };
    starts
        .map(|(at, _)| name(at))
        .filter(|name| !name.is_empty() && !name.starts_with('-'))
        .collect()
}

#[test]
fn every_command_has_a_page_that_names_its_flags_and_no_others() {
    let commands = commands(&[]);
    assert!(commands.len() >= 11, "{commands:?}");
    for command in &commands {
        let path = Path::new(DOCS).join(format!("{command}.md"));
        let page = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(
            page.starts_with(&format!("# onrecord {command}\n")),
            "{command}: its heading"
        );
        assert!(page.contains("```"), "{command}: an example");
        let mut known = flags(&help(&[command]));
        for task in self::commands(&[command]) {
            known.extend(flags(&help(&[command, &task])));
        }
        let named = flags(&page);
        let unknown: Vec<_> = named.difference(&known).collect();
        assert!(unknown.is_empty(), "{command}: the page names {unknown:?}");
        let missing: Vec<_> = known
            .difference(&named)
            .filter(|name| *name != "help")
            .collect();
        assert!(
            missing.is_empty(),
            "{command}: the page does not name {missing:?}"
        );
    }
    for entry in fs::read_dir(DOCS).expect("the pages") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let stem = name.strip_suffix(".md").unwrap_or(&name).to_owned();
        assert!(
            commands.contains(&stem),
            "docs/commands/{name} is the page of no command"
        );
    }
}
