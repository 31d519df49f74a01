//! When to look at the files again.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::signal::{STEP, Stop};
use crate::commands::tell;

/// Where the system tells of changes, files are looked at so often all the same: a folder that
/// is removed and made again is not told of any more.
const ANYWAY: Duration = Duration::from_secs(60);
/// How often they are looked at where the system cannot tell.
const FALLBACK: Duration = Duration::from_secs(10);
/// What tells that files may have changed.
pub struct Wake {
    every: Duration,
    told: Option<(RecommendedWatcher, Receiver<()>)>,
}

impl Wake {
    /// Told by the system, or by the clock alone if that is asked for or the system cannot.
    pub fn new(paths: &[PathBuf], poll: Option<Duration>) -> Wake {
        if let Some(every) = poll {
            return Wake { every, told: None };
        }
        match told(paths) {
            Ok(told) => Wake {
                every: ANYWAY,
                told: Some(told),
            },
            Err(error) => {
                tell(&format!(
                    "onrecord: the system cannot tell of changes ({error}); files are looked at \
                     every ten seconds\n"
                ));
                Wake {
                    every: FALLBACK,
                    told: None,
                }
            }
        }
    }

    /// Waits until files may have changed, or a signal comes.
    pub fn wait(&self, stop: &Stop) {
        let Some((_, events)) = &self.told else {
            return stop.sleep(self.every);
        };
        let end = Instant::now() + self.every;
        while !stop.is_set() && Instant::now() < end {
            match events.recv_timeout(STEP) {
                Ok(()) => return,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return stop.sleep(self.every),
            }
        }
    }
}

fn told(paths: &[PathBuf]) -> notify::Result<(RecommendedWatcher, Receiver<()>)> {
    // One that waits is enough: all files are looked at.
    let (wake, events) = mpsc::sync_channel(1);
    let mut watcher = notify::recommended_watcher(move |_: notify::Result<notify::Event>| {
        let _ = wake.try_send(());
    })?;
    for path in paths {
        let (path, mode) = root(path);
        watcher.watch(&path, mode)?;
    }
    Ok((watcher, events))
}

/// The folder that tells of a path: itself, that of a file, or the nearest that is there above
/// what is not or is a pattern.
fn root(path: &Path) -> (PathBuf, RecursiveMode) {
    if path.is_dir() {
        return (path.to_owned(), RecursiveMode::Recursive);
    }
    let is_pattern = |part: &Path| part.to_string_lossy().contains(['*', '?', '[']);
    let mode = match is_pattern(path) && !path.exists() {
        true => RecursiveMode::Recursive,
        false => RecursiveMode::NonRecursive,
    };
    let above = path.ancestors().skip(1).map(|above| match above {
        empty if empty.as_os_str().is_empty() => Path::new("."),
        above => above,
    });
    let there = above.into_iter().find(|above| above.is_dir());
    (there.unwrap_or(Path::new(".")).to_owned(), mode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_folder_tells_of_what_is_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("in")).expect("a folder");
        std::fs::write(at("in/a.txt"), "x").expect("a file");
        for (path, root_is, mode) in [
            ("in", "in", RecursiveMode::Recursive),
            ("in/a.txt", "in", RecursiveMode::NonRecursive),
            ("in/none.txt", "in", RecursiveMode::NonRecursive),
            ("in/**/*.html", "in", RecursiveMode::Recursive),
            ("none/at/all.xml", "", RecursiveMode::NonRecursive),
        ] {
            assert_eq!(root(&at(path)), (at(root_is), mode), "{path}");
        }
    }
}
