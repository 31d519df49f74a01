//! The local pages in a real browser, on a record of the example pages: every screen, the main
//! paths, axe. Runs where Chromium and Playwright for Python are, and says so where they are not;
//! see `crates/onrecord-view/browser/README.md`.
//!
//! `AXE` names the file `axe.min.js`, `PYTHON` a Python that has Playwright.

#![allow(clippy::disallowed_methods)]

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the check needs, or what is missing.
fn needed() -> Result<(String, String, PathBuf), String> {
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let runs = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !runs(&python, &["-c", "import playwright"]) {
        return Err(format!("{python} has no Playwright"));
    }
    let chromium = env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !runs(&chromium, &["--version"]) {
        return Err(format!("{chromium} does not run"));
    }
    let axe = env::var_os("AXE").map(PathBuf::from);
    let axe = axe.filter(|axe| axe.is_file());
    let axe = axe.ok_or("AXE names no file: `npm pack axe-core@4` has axe.min.js")?;
    Ok((python, chromium, axe))
}

#[test]
fn every_screen_and_the_main_paths() {
    let (python, chromium, axe) = match needed() {
        Ok(needed) => needed,
        Err(missing) => {
            println!("SKIPPED: the pages were not opened in a browser: {missing}");
            return;
        }
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("examples.db");
    let binary = env!("CARGO_BIN_EXE_onrecord");
    let read = Command::new(binary)
        .args(["read", "-q", "-o"])
        .args([&record, &root.join("examples/pages")])
        .status()
        .expect("the binary runs");
    assert!(read.success());
    let check = Command::new(python)
        .arg(root.join("crates/onrecord-view/browser/check.py"))
        .args(["--chromium", &chromium, "--axe"])
        .arg(axe)
        .arg("--pictures")
        .arg(folder.path().join("pictures"))
        .args([Path::new(binary), &record])
        .output()
        .expect("Python runs");
    let (out, err) = (&check.stdout, &check.stderr);
    assert!(
        check.status.success(),
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    );
}
