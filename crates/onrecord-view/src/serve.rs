//! The pages on a socket.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::runtime::Builder;

use crate::error::ServeError;
use crate::{Options, site};

/// Threads that ask the record, beside the one that serves.
const THREADS: usize = 6;

/// Serves the pages until the program is interrupted (Ctrl-C). `ready` is told the address,
/// with the port that was taken where `address` leaves it open with 0.
///
/// # Errors
/// If the record cannot be read or the address cannot be had.
pub fn serve(
    options: Options,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let router = site(options)?;
    let runtime = Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .max_blocking_threads(THREADS)
        .build()?;
    runtime.block_on(async {
        let failed = |source| ServeError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        ready(listener.local_addr()?);
        let ended = async {
            // Without a signal it serves until it is killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, router)
            .with_graceful_shutdown(ended)
            .await?;
        Ok(())
    })
}
