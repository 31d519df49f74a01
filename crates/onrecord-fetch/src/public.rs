//! Which addresses may be asked: those of the public network, unless one is named outright.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// Whether an address belongs to the public network: not to this machine, a local one, or one
/// set aside.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let set_aside = a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b & 0xfe) == 18);
    !(set_aside
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // 2000::/3 is what is given out; 2001:db8::/32 of it is for documents.
    (a & 0xe000) == 0x2000 && !(a == 0x2001 && b == 0xdb8)
}

/// The IPv4 address inside one of IPv6.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let of = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] => Some(of(g, h)),
        [0x2002, ..] => Some(of(b, c)),
        _ => None,
    }
}

/// The host and port of an address that names this machine or a private one outright: by
/// number, or as `localhost`.
pub fn named_outright(url: &Url) -> Option<(String, u16)> {
    let named = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => !is_public(IpAddr::V4(address)),
        Host::Ipv6(address) => !is_public(IpAddr::V6(address)),
    };
    let port = url.port_or_known_default()?;
    named.then(|| (url.host_str().unwrap_or_default().to_owned(), port))
}

/// Finds the addresses of a host, and refuses those that are not public: here, where the
/// address is that which is then asked.
#[derive(Debug)]
pub struct Guard {
    pub outright: BTreeSet<(String, u16)>,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        let port = found.iter().next().map_or(0, |address| address.port());
        if self.outright.contains(&(host.clone(), port)) {
            return Ok(found);
        }
        match found.iter().find(|address| !is_public(address.ip())) {
            None => Ok(found),
            Some(address) => Err(ureq::Error::Other(Box::new(Private {
                host,
                address: address.ip(),
            }))),
        }
    }
}

/// A host is at an address that is not public.
#[derive(Debug, thiserror::Error)]
#[error(
    "{host} is at {address}, on this machine or a private network, which is asked only where it is named outright"
)]
pub struct Private {
    host: String,
    address: IpAddr,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told() {
        for (address, public) in [
            ("8.8.8.8", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::1", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("::ffff:127.0.0.1", false),
            ("64:ff9b::a01:203", false),
            ("2002:7f00:1::", false),
            ("2606:4700::1111", true),
        ] {
            let address: IpAddr = address.parse().expect("an address");
            assert_eq!(is_public(address), public, "{address}");
        }
    }

    #[test]
    fn only_numbers_and_localhost_name_a_private_address() {
        let outright = |url: &str| named_outright(&Url::parse(url).expect("a URL")).is_some();
        assert!(outright("http://127.0.0.1:8000/"));
        assert!(outright("http://localhost/"));
        assert!(outright("http://[::1]/"));
        // what looks like a number in another base is one, too
        assert!(outright("http://0x7f.1/"));
        assert!(!outright("http://intranet.example/"));
        assert!(!outright("http://8.8.8.8/"));
    }
}
