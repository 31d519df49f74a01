//! The binary, called.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The example pages.
pub const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/pages");

/// What a call gave.
#[derive(Debug)]
pub struct Gave {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The binary, not yet called.
pub fn onrecord(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command
        .args(args)
        .env_remove("COLUMNS")
        .stdin(Stdio::null());
    command
}

/// Calls the binary in a folder.
pub fn call(folder: &Path, args: &[&str]) -> Gave {
    gave(
        onrecord(args)
            .current_dir(folder)
            .output()
            .expect("the binary runs"),
    )
}

/// Calls the binary and gives it this on standard input.
pub fn call_with(folder: &Path, args: &[&str], input: &[u8]) -> Gave {
    let mut command = onrecord(args);
    command
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input).expect("the input is taken");
    drop(stdin);
    gave(child.wait_with_output().expect("the binary ends"))
}

fn gave(output: Output) -> Gave {
    Gave {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

impl Gave {
    /// Fails unless the exit code is this.
    #[track_caller]
    pub fn code(self, code: i32) -> Gave {
        assert_eq!(
            self.code,
            Some(code),
            "out:\n{}\nerr:\n{}",
            self.out,
            self.err
        );
        self
    }

    /// The first number before `what` on standard error.
    #[track_caller]
    pub fn count(&self, what: &str) -> u64 {
        let at = self
            .err
            .find(what)
            .unwrap_or_else(|| panic!("no `{what}` in:\n{}", self.err));
        let number = self.err[..at]
            .trim_end()
            .rsplit(|c: char| !c.is_ascii_digit())
            .next();
        number
            .and_then(|n| n.parse().ok())
            .unwrap_or_else(|| panic!("no number in:\n{}", self.err))
    }
}

/// A folder with a record of the example pages, `examples.db`.
pub fn examples() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("examples.db");
    call(
        folder.path(),
        &["read", EXAMPLES, "-o", "examples.db", "-q"],
    )
    .code(0);
    (folder, record)
}

/// The export of a record, all tables in one stream.
pub fn export(folder: &Path, record: &str) -> String {
    call(folder, &["export", record, "--format", "jsonl"])
        .code(0)
        .out
}

/// Writes a file, with the folders above it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
    std::fs::write(path, content).expect("a file is written");
}

/// A page of plain text of no news value, different for every `n`.
pub fn page(n: usize) -> String {
    const PLACES: [&str; 7] = ["Orvel", "Tamrin", "Dosk", "Kalvo", "Perrin", "Sulm", "Ansk"];
    let place = PLACES[n % PLACES.len()];
    let mut text = format!(
        "Harbour council of {place} meets for session {n}\n\nBy Anna Varo\n\n{} March {}\n\n",
        n % 28 + 1,
        1990 + n % 30
    );
    for k in 0..3 + n % 5 {
        let number = n * 7 + k * 13;
        text.push_str(&format!(
            "The mayor of {place} said on Monday that ship number {number} would leave the harbour \
             before the winter. “We have waited for {} years,” she told the council. The council \
             rejected the plan of the fishermen’s union.\n\n",
            number % 50 + 2
        ));
    }
    text
}
