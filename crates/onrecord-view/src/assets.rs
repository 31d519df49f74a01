//! Styles and scripts: part of the program, with a hash in their names, so that a browser may
//! keep them for ever.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::OnceLock;

struct Asset {
    name: &'static str,
    ending: &'static str,
    bytes: &'static [u8],
}

macro_rules! asset {
    ($name:literal, $ending:literal) => {
        Asset {
            name: $name,
            ending: $ending,
            bytes: include_bytes!(concat!("../assets/", $name, ".", $ending)),
        }
    };
}

const ASSETS: &[Asset] = &[
    asset!("base", "css"),
    asset!("reader", "css"),
    asset!("charts", "css"),
    asset!("onrecord", "js"),
    asset!("review", "js"),
    asset!("charts", "js"),
    asset!("add", "js"),
    asset!("icon", "svg"),
    Asset {
        name: "drawings",
        ending: "css",
        bytes: onrecord_charts::CSS.as_bytes(),
    },
];

/// Where an asset lies; `name` with its ending.
pub(crate) fn address(name: &str) -> String {
    let at = ASSETS
        .iter()
        .position(|a| format!("{}.{}", a.name, a.ending) == name);
    at.map_or_else(String::new, |at| format!("/assets/{}", hashed()[at]))
}

/// The names with hashes, in the order of [`ASSETS`].
fn hashed() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let name = |asset: &Asset| {
            let mut hash = String::new();
            for byte in &Sha256::digest(asset.bytes)[..6] {
                // writing to a string cannot fail
                let _ = write!(hash, "{byte:02x}");
            }
            format!("{}-{hash}.{}", asset.name, asset.ending)
        };
        ASSETS.iter().map(name).collect()
    })
}

/// The asset of this name, hash and ending.
pub(crate) fn reply(name: &str) -> Response {
    let Some(at) = hashed().iter().position(|hashed| hashed == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asset = &ASSETS[at];
    let kind = match asset.ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
    let for_ever = "public, max-age=31536000, immutable";
    let mut response = asset.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(for_ever));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_small() {
        let scripts = ASSETS.iter().filter(|asset| asset.ending == "js");
        let bytes: usize = scripts.map(|asset| asset.bytes.len()).sum();
        assert!(bytes < 60_000, "{bytes} bytes, before compression");
    }

    #[test]
    fn names_hold_a_hash() {
        let address = address("base.css");
        assert!(address.starts_with("/assets/base-") && address.ends_with(".css"));
        assert_eq!(address.len(), "/assets/base-.css".len() + 12);
    }
}
