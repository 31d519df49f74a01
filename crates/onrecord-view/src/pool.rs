//! Readers of the record, each used by one page at a time, and the time a page may take.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use onrecord_record::{Interrupter, Record};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::{interval, timeout};

use crate::error::Fault;

/// So many pages are made at once; others wait.
const READERS: usize = 4;
/// How often a query that took too long is told to end: it may lie between two queries.
const AGAIN: Duration = Duration::from_millis(20);

/// The readers that are free.
#[derive(Debug)]
pub(crate) struct Pool {
    path: PathBuf,
    patience: Duration,
    free: Mutex<Vec<Record>>,
    turns: Semaphore,
}

/// Ends the query when the page is no longer waited for.
struct Stop(Option<Interrupter>);

impl Drop for Stop {
    fn drop(&mut self) {
        if let Some(stop) = &self.0 {
            stop.interrupt();
        }
    }
}

impl Pool {
    pub fn new(path: PathBuf, patience: Duration) -> Pool {
        Pool {
            path,
            patience,
            free: Mutex::default(),
            turns: Semaphore::new(READERS),
        }
    }

    /// What `make` gives, which runs beside the server.
    pub async fn ask<T: Send + 'static>(
        &self,
        make: impl FnOnce(&Record) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let turn = timeout(self.patience, self.turns.acquire()).await;
        let Ok(Ok(_turn)) = turn else {
            return Err(Fault::Slow);
        };
        let record = self.reader().await?;
        let mut stop = Stop(Some(record.interrupter()));
        let mut work = spawn_blocking(move || {
            let made = {
                // All queries of a page see one state of the record.
                let snapshot = record.snapshot();
                match snapshot {
                    Ok(_held) => make(&record),
                    Err(error) => Err(error.into()),
                }
            };
            (record, made)
        });
        let done = match timeout(self.patience, &mut work).await {
            Ok(done) => done,
            Err(_) => {
                let mut again = interval(AGAIN);
                loop {
                    tokio::select! {
                        done = &mut work => break done,
                        _ = again.tick() => if let Some(stop) = &stop.0 { stop.interrupt() },
                    }
                }
            }
        };
        stop.0 = None;
        let (record, made) = done.map_err(|error| Fault::Broken(error.to_string()))?;
        self.free
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(record);
        made
    }

    async fn reader(&self) -> Result<Record, Fault> {
        let free = self
            .free
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        if let Some(record) = free {
            return Ok(record);
        }
        let path = self.path.clone();
        let opened = spawn_blocking(move || Record::open_read(&path)).await;
        Ok(opened.map_err(|error| Fault::Broken(error.to_string()))??)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::runtime::Builder;

    #[test]
    fn what_takes_too_long_is_ended_and_the_next_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("r.onrecord");
        drop(Record::open(&path).expect("a record"));
        let pool = Pool::new(path, Duration::from_millis(100));
        let endless = "with recursive n(i) as (select 1 union all select i + 1 from n)
                       select count(*) from n";
        let runtime = Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime");
        let slow = runtime.block_on(pool.ask(move |record| Ok(record.sql(endless)?.len())));
        assert!(matches!(slow, Err(Fault::Slow)), "{slow:?}");
        let quick = runtime.block_on(pool.ask(|record| Ok(record.sql("select 1 as a")?.len())));
        assert!(matches!(quick, Ok(1)), "{quick:?}");
    }
}
