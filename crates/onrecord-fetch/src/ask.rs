//! One request, bounded in time and size, that follows no redirect.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error as Fault};
use url::Url;

use crate::public::{Guard, Private};

/// Who asks.
const AGENT: &str = concat!("onrecord/", env!("CARGO_PKG_VERSION"));
/// What pages and feeds are.
const WANTED: &str = "text/html, application/xhtml+xml, text/plain;q=0.9, application/pdf;q=0.9, \
                      application/rss+xml, application/atom+xml, application/feed+json, \
                      application/xml;q=0.8, */*;q=0.1";

/// Asks servers, one at a time.
pub struct Asker {
    agent: Agent,
}

/// A version of a page that is kept, as its server named it.
#[derive(Clone, Debug, Default)]
pub struct Version {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// What a server answered.
#[derive(Debug)]
pub enum Answer {
    /// The body, unpacked.
    Body(Response),
    /// The version that is kept is the newest.
    Unchanged,
    /// It is elsewhere.
    Moved(Url),
    /// Nothing, for so long if the server says how long.
    Refused(u16, Option<Duration>),
}

/// An answer with a body.
#[derive(Debug)]
pub struct Response {
    pub media_type: String,
    pub version: Version,
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    #[error("the server did not answer in time")]
    TimedOut,
    #[error("longer than {0} bytes")]
    TooLarge(u64),
    #[error("its gzip cannot be unpacked ({0})")]
    Gzip(io::Error),
    #[error("it is packed as `{0}`, which was not asked for")]
    Packed(String),
    #[error("it is said to be elsewhere, but not where")]
    Nowhere,
    #[error("{0}")]
    Private(String),
    #[error("it broke off: {0}")]
    Broken(String),
    #[error("it cannot be had: {0}")]
    Other(String),
}

impl Asker {
    /// `outright` are the hosts and ports at which private addresses may be asked.
    pub fn new(timeout: Duration, outright: BTreeSet<(String, u16)>) -> Asker {
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .proxy(None)
            .user_agent(AGENT)
            .tls_config(tls())
            .build();
        Asker {
            agent: Agent::with_parts(config, DefaultConnector::default(), Guard { outright }),
        }
    }

    /// Asks for a page of at most so many bytes, unless it is the version that is kept.
    pub fn ask(&self, url: &Url, kept: &Version, most: u64) -> Result<Answer, NoAnswer> {
        let mut request = self
            .agent
            .get(url.as_str())
            .header("accept", WANTED)
            .header("accept-encoding", "gzip");
        for (name, value) in [
            ("if-none-match", &kept.etag),
            ("if-modified-since", &kept.last_modified),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let mut response = request.call().map_err(|fault| no_answer(fault, most))?;
        let header = |name: &str| {
            let value = response.headers().get(name)?.to_str().ok()?;
            Some(value.trim().to_owned())
        };
        let status = response.status().as_u16();
        match status {
            304 => return Ok(Answer::Unchanged),
            301 | 302 | 303 | 307 | 308 => {
                let to = header("location").and_then(|to| url.join(&to).ok());
                return to.map(Answer::Moved).ok_or(NoAnswer::Nowhere);
            }
            200 => {}
            _ => {
                let seconds = header("retry-after").and_then(|value| value.parse().ok());
                return Ok(Answer::Refused(status, seconds.map(Duration::from_secs)));
            }
        }
        let media_type = header("content-type").unwrap_or_default();
        let packed = header("content-encoding")
            .unwrap_or_default()
            .to_lowercase();
        let version = Version {
            etag: header("etag"),
            last_modified: header("last-modified"),
        };
        let body = response.body_mut().with_config().limit(most).read_to_vec();
        let body = body.map_err(|fault| no_answer(fault, most))?;
        let body = match packed.as_str() {
            "" | "identity" => body,
            "gzip" | "x-gzip" => unpacked(&body, most)?,
            _ => return Err(NoAnswer::Packed(packed)),
        };
        Ok(Answer::Body(Response {
            media_type,
            version,
            body,
        }))
    }
}

/// The roots that this machine trusts.
fn tls() -> TlsConfig {
    let roots = rustls_native_certs::load_native_certs().certs;
    let roots: Vec<_> = roots
        .iter()
        .map(|root| Certificate::from_der(root).to_owned())
        .collect();
    TlsConfig::builder()
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .root_certs(RootCerts::new_with_certs(&roots))
        .build()
}

fn unpacked(packed: &[u8], most: u64) -> Result<Vec<u8>, NoAnswer> {
    let mut body = Vec::new();
    let mut unpacked = MultiGzDecoder::new(packed).take(most + 1);
    unpacked.read_to_end(&mut body).map_err(NoAnswer::Gzip)?;
    match body.len() as u64 > most {
        true => Err(NoAnswer::TooLarge(most)),
        false => Ok(body),
    }
}

fn no_answer(fault: Fault, most: u64) -> NoAnswer {
    match fault {
        Fault::Timeout(_) => NoAnswer::TimedOut,
        Fault::BodyExceedsLimit(_) => NoAnswer::TooLarge(most),
        Fault::Other(inner) if inner.is::<Private>() => NoAnswer::Private(inner.to_string()),
        Fault::Io(error) if error.kind() == io::ErrorKind::TimedOut => NoAnswer::TimedOut,
        Fault::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            NoAnswer::Broken("the body is shorter than was said".to_owned())
        }
        Fault::Protocol(error) => NoAnswer::Broken(error.to_string()),
        other => NoAnswer::Other(other.to_string()),
    }
}
