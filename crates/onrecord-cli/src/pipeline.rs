//! Work on many threads, results in the order of the input.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

use anyhow::{Context, Result};

/// Stack of a worker. Deep pages are bounded before they are read; this is room to spare.
const STACK: usize = 16 * 1024 * 1024;

/// The name workers bear, so that a panic hook can tell them.
pub const WORKER: &str = "onrecord-reader";

/// Runs `work` on every item, on `threads` threads, and gives the results to `done` on the
/// calling thread in the order of the items.
///
/// At most four items a thread are under way at a time, so that memory stays bounded when
/// one item takes long. The first error of `done` ends the whole.
pub fn in_order<T, R>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut done: impl FnMut(R) -> Result<()>,
) -> Result<()>
where
    T: Send,
    R: Send,
{
    let gate = Gate::new(threads * 4);
    let (give, jobs) = mpsc::sync_channel::<(usize, T)>(threads);
    let jobs = Arc::new(Mutex::new(jobs));
    let (report, results) = mpsc::channel::<(usize, R)>();
    thread::scope(|scope| {
        scope.spawn(|| {
            let give = give;
            for (n, item) in items.enumerate() {
                if !gate.wait_for(n) || give.send((n, item)).is_err() {
                    break;
                }
            }
        });
        // Moved in here so that workers end when this function returns early, and the feeder,
        // which may wait for one to take an item, when the last of them has.
        let (results, jobs) = (results, jobs);
        for _ in 0..threads {
            let (report, jobs, work) = (report.clone(), Arc::clone(&jobs), &work);
            thread::Builder::new()
                .name(WORKER.to_owned())
                .stack_size(STACK)
                .spawn_scoped(scope, move || {
                    loop {
                        let job = lock(&jobs).recv();
                        let Ok((n, item)) = job else { break };
                        if report.send((n, work(item))).is_err() {
                            break;
                        }
                    }
                })
                .inspect_err(|_| gate.stop())
                .context("cannot start a thread")?;
        }
        drop((report, jobs));
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (n, result) in &results {
            early.insert(n, result);
            while let Some(result) = early.remove(&next) {
                next += 1;
                gate.passed(next);
                done(result).inspect_err(|_| gate.stop())?;
            }
        }
        Ok(())
    })
}

/// Holds the feeder back while too much is under way.
struct Gate {
    window: usize,
    passed: Mutex<Option<usize>>,
    moved: Condvar,
}

impl Gate {
    fn new(window: usize) -> Gate {
        Gate {
            window,
            passed: Mutex::new(Some(0)),
            moved: Condvar::new(),
        }
    }

    /// Waits until item `n` may start; false if the work was stopped.
    fn wait_for(&self, n: usize) -> bool {
        let mut passed = lock(&self.passed);
        loop {
            match *passed {
                None => return false,
                Some(done) if n < done + self.window => return true,
                Some(_) => {
                    passed = self
                        .moved
                        .wait(passed)
                        .unwrap_or_else(PoisonError::into_inner)
                }
            }
        }
    }

    fn passed(&self, count: usize) {
        if let Some(passed) = lock(&self.passed).as_mut() {
            *passed = count;
        }
        self.moved.notify_all();
    }

    fn stop(&self) {
        *lock(&self.passed) = None;
        self.moved.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 8] {
            let mut seen = Vec::new();
            let slow_first = |n: u64| {
                thread::sleep(std::time::Duration::from_micros((200 - n) * 20));
                n
            };
            in_order(0..200, threads, slow_first, |n| {
                seen.push(n);
                Ok(())
            })
            .expect("no error");
            assert_eq!(seen, (0..200).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        let mut count = 0;
        let end = in_order(
            0..1_000_000,
            4,
            |n| n,
            |n| {
                count += 1;
                anyhow::ensure!(n < 10, "enough");
                Ok(())
            },
        );
        assert!(end.is_err());
        assert_eq!(count, 11);
    }

    /// The feeder waits for the only worker to take an item when the error comes.
    #[test]
    fn an_error_ends_a_feeder_that_waits() {
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let slow = |n: u32| {
                thread::sleep(std::time::Duration::from_millis(50));
                n
            };
            let end = in_order(0..100, 1, slow, |_| anyhow::bail!("enough"));
            tell.send(end.is_err())
        });
        let patience = std::time::Duration::from_secs(60);
        assert_eq!(told.recv_timeout(patience), Ok(true), "it never ends");
    }
}
