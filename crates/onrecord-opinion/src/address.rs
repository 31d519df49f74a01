//! Where a language model is asked.

use std::net::{IpAddr, ToSocketAddrs};

use crate::OpinionError;

/// The address of a server, checked: plain HTTP, and on this machine unless allowed
/// otherwise.
///
/// ```
/// use onrecord_opinion::Address;
/// assert!(Address::parse("http://127.0.0.1:11434/v1", false).is_ok());
/// assert!(Address::parse("http://192.0.2.7/v1", false).is_err());
/// assert!(Address::parse("http://192.0.2.7/v1", true).is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
    path: String,
    allow_remote: bool,
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// If it is no plain HTTP address, or not on this machine while that is not allowed.
    pub fn parse(url: &str, allow_remote: bool) -> Result<Address, OpinionError> {
        let wrong = |what: &str| OpinionError::Address {
            url: url.to_owned(),
            what: what.to_owned(),
        };
        let Some((scheme, rest)) = url.trim().split_once("://") else {
            return Err(wrong("does not begin with http://"));
        };
        if !scheme.eq_ignore_ascii_case("http") {
            return Err(wrong(
                "only plain http is spoken, for a server on this machine",
            ));
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let known =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '~' | '/' | '%');
        if !path.chars().all(known) {
            return Err(wrong("its path holds signs that are not taken"));
        }
        let (host, port) =
            host_and_port(authority).ok_or_else(|| wrong("its host or port is malformed"))?;
        let address = Address {
            host,
            port,
            path: path.trim_end_matches('/').to_owned(),
            allow_remote,
        };
        if !allow_remote && !address.is_named_local() {
            return Err(OpinionError::Remote {
                url: url.to_owned(),
            });
        }
        Ok(address)
    }

    /// The address as it is kept with opinions.
    pub fn url(&self) -> String {
        format!("http://{}:{}{}", self.host, self.port, self.path)
    }

    pub(crate) fn chat(&self) -> String {
        format!("{}/chat/completions", self.url())
    }

    /// Makes sure that a name of this machine leads to this machine.
    pub(crate) fn check(&self) -> Result<(), OpinionError> {
        if self.allow_remote || self.ip().is_some() {
            return Ok(());
        }
        let found = (self.host.as_str(), self.port).to_socket_addrs();
        let mut found = found.map_err(|error| OpinionError::Unreachable {
            url: self.url(),
            what: error.to_string(),
        })?;
        match found.all(|address| is_local(address.ip())) {
            true => Ok(()),
            false => Err(OpinionError::Remote { url: self.url() }),
        }
    }

    fn ip(&self) -> Option<IpAddr> {
        self.host.trim_matches(['[', ']']).parse().ok()
    }

    fn is_named_local(&self) -> bool {
        match self.ip() {
            Some(ip) => is_local(ip),
            None => self.host == "localhost" || self.host.ends_with(".localhost"),
        }
    }
}

fn is_local(ip: IpAddr) -> bool {
    ip.to_canonical().is_loopback()
}

/// The host in lower case, an IPv6 address in brackets, and the port.
fn host_and_port(authority: &str) -> Option<(String, u16)> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(inner) => {
            let (host, after) = inner.split_once(']')?;
            host.parse::<std::net::Ipv6Addr>().ok()?;
            (
                format!("[{host}]"),
                after
                    .strip_prefix(':')
                    .or_else(|| after.is_empty().then_some("80"))?,
            )
        }
        None => {
            let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
            let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
            if host.is_empty() || !host.chars().all(known) {
                return None;
            }
            (host.to_ascii_lowercase(), port)
        }
    };
    let port = port
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| port.parse().ok())??;
    Some((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine() {
        for (url, kept) in [
            ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
            ("http://127.8.8.8/v1/", "http://127.8.8.8:80/v1"),
            ("HTTP://LocalHost:1234", "http://localhost:1234"),
            (
                "http://model.localhost:80/v1",
                "http://model.localhost:80/v1",
            ),
            ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
            (
                "http://[::ffff:127.0.0.1]/v1",
                "http://[::ffff:127.0.0.1]:80/v1",
            ),
        ] {
            assert_eq!(Address::parse(url, false).expect(url).url(), kept);
        }
    }

    #[test]
    fn elsewhere_only_if_allowed() {
        for url in [
            "http://example.org/v1",
            "http://192.168.1.2:11434/v1",
            "http://0.0.0.0:11434/v1",
            "http://[2001:db8::1]/v1",
            "http://localhost.example.org/v1",
            "http://2130706433/v1",
            "http://127.1/v1",
        ] {
            let refused = Address::parse(url, false).expect_err(url);
            assert!(
                matches!(refused, OpinionError::Remote { .. }),
                "{url}: {refused}"
            );
            assert!(Address::parse(url, true).is_ok(), "{url}");
        }
    }

    #[test]
    fn what_is_no_address() {
        for url in [
            "127.0.0.1:11434",
            "https://127.0.0.1/v1",
            "file:///etc/passwd",
            "http://",
            "http://:80/v1",
            "http://127.0.0.1@example.org/v1",
            "http://127.0.0.1\\@example.org/v1",
            "http://127.0.0.1:port/v1",
            "http://127.0.0.1:99999/v1",
            "http://127.0.0.1/v1?x=http://example.org",
            "http://127.0.0.1/v1#a",
            "http://127.0.0.1/v1 \r\nHost: x",
            "http://[::1/v1",
        ] {
            let refused = Address::parse(url, true).expect_err(url);
            assert!(
                matches!(refused, OpinionError::Address { .. }),
                "{url}: {refused}"
            );
        }
    }
}
