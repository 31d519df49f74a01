//! Who may ask what.
//!
//! Other sites open in the same browser can send requests here. They cannot read the answers
//! of plain requests, but a name that they control may be made to point here (so the name
//! asked for must be one of ours), and a form of theirs can be sent here (so what writes needs
//! a cookie that browsers do not send along for them, and an origin that is ours).

use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, LOCATION, ORIGIN, REFERRER_POLICY,
    SET_COOKIE, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::params::{MAX_QUERY, Params};
use crate::site::Site;

/// Only our own files, no page of another inside ours, none of ours inside another's.
/// `blob:` is a chart on its way to a PNG file, made by our own script.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";
/// Longer paths are refused.
const MAX_PATH: usize = 1024;

/// What a request may do, known to the screens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rights {
    pub write: bool,
}

/// Lets a request through, or says why not.
pub(crate) async fn guard(
    State(site): State<Arc<Site>>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut response = match admitted(&site, &request) {
        Ok(rights) => {
            request.extensions_mut().insert(rights);
            next.run(request).await
        }
        Err(answer) => *answer,
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "no-referrer");
    set(X_FRAME_OPTIONS, "DENY");
    set(VARY, "Cookie, Sec-Fetch-Site");
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    );
    for (name, value) in [
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, POLICY),
    ] {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

fn admitted(site: &Site, request: &Request) -> Result<Rights, Box<Response>> {
    let headers = request.headers();
    let uri = request.uri();
    let host = header(headers, HOST.as_str()).unwrap_or_default();
    if !known_host(host, &site.options.hosts) {
        let told = "This name is not one by which this record may be asked. If it is meant to \
            be, start `onrecord serve` with --allow-host NAME.\n";
        return Err(refused(StatusCode::MISDIRECTED_REQUEST, told));
    }
    let query = uri.query().unwrap_or_default();
    if query.len() > MAX_QUERY || uri.path().len() > MAX_PATH {
        return Err(refused(
            StatusCode::URI_TOO_LONG,
            "The address is too long.\n",
        ));
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && request.method() != Method::POST {
        let mut answer = refused(StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD and POST only.\n");
        let methods = HeaderValue::from_static("GET, HEAD, POST");
        answer.headers_mut().insert(ALLOW, methods);
        return Err(answer);
    }
    let from = header(headers, "sec-fetch-site");
    let goes_there = header(headers, "sec-fetch-mode") == Some("navigate");
    if matches!(from, Some("cross-site" | "same-site")) && !(reads && goes_there) {
        return Err(refused(
            StatusCode::FORBIDDEN,
            "Other sites may not ask this.\n",
        ));
    }
    // A form of a page without a referrer has the origin `null`; the browser's own word then
    // tells where it comes from.
    let origin = header(headers, ORIGIN.as_str());
    let origin = origin.filter(|origin| !(*origin == "null" && from == Some("same-origin")));
    if let Some(origin) = origin
        && origin != format!("http://{host}")
    {
        return Err(refused(
            StatusCode::FORBIDDEN,
            "Other sites may not ask this.\n",
        ));
    }
    let params = Params::read(query);
    if reads && let Some(token) = params.get("token") {
        return Err(entered(site, host, uri.path(), &params, token));
    }
    let write = cookie(headers, &cookie_name(host)).is_some_and(|c| same(c, &site.options.token));
    if !write && site.options.token_to_read {
        let told = "Open the address that `onrecord serve` printed: it holds the token.\n";
        return Err(refused(StatusCode::FORBIDDEN, told));
    }
    if !reads {
        let ours = from == Some("same-origin") || origin.is_some();
        if !ours {
            return Err(refused(
                StatusCode::FORBIDDEN,
                "Only its own pages may write.\n",
            ));
        }
        if !write {
            let told = "To write, open the address that `onrecord serve` printed: it holds the \
                token.\n";
            return Err(refused(StatusCode::FORBIDDEN, told));
        }
    }
    Ok(Rights { write })
}

/// The answer to an address with the token: a cookie, and the address without it.
fn entered(site: &Site, host: &str, path: &str, params: &Params, token: &str) -> Box<Response> {
    if !same(token, &site.options.token) {
        let told = "The token is not that of this server; it is new at every start.\n";
        return refused(StatusCode::FORBIDDEN, told);
    }
    // A path with two slashes would lead to another machine.
    let path = format!("/{}", path.trim_start_matches(['/', '\\']));
    let target = format!("{path}{}", params.without("token").query());
    let cookie = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Strict",
        cookie_name(host),
        site.options.token
    );
    let mut answer = Box::new(StatusCode::SEE_OTHER.into_response());
    for (name, value) in [(LOCATION, target), (SET_COOKIE, cookie)] {
        match HeaderValue::from_str(&value) {
            Ok(value) => answer.headers_mut().insert(name, value),
            Err(_) => return refused(StatusCode::BAD_REQUEST, "The address is wrong.\n"),
        };
    }
    answer
}

fn refused(status: StatusCode, told: &'static str) -> Box<Response> {
    Box::new((status, told).into_response())
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Cookies do not know ports, so that two records served at once need two names.
fn cookie_name(host: &str) -> String {
    let port = host.rsplit_once(':').map_or("", |(_, port)| port);
    let digits: String = port.chars().filter(char::is_ascii_digit).collect();
    format!("onrecord{digits}")
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';'));
    pairs.find_map(|pair| {
        let (found, value) = pair.trim().split_once('=')?;
        (found == name).then_some(value)
    })
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
fn same(given: &str, secret: &str) -> bool {
    let (given, secret) = (given.as_bytes(), secret.as_bytes());
    let differ = given
        .iter()
        .zip(secret)
        .fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == secret.len() && !secret.is_empty() && differ == 0
}

/// Whether a machine that is asked by this name, with or without a port, can be this one.
fn known_host(host: &str, allowed: &[String]) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or("", |(address, _)| address),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let loopback = name.eq_ignore_ascii_case("localhost")
        || name == "::1"
        || name
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback());
    loopback || !name.is_empty() && allowed.iter().any(|other| other.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        let allowed = ["desk.example".to_owned()];
        for host in [
            "localhost",
            "LOCALHOST:80",
            "127.0.0.1:8080",
            "[::1]:80",
            "desk.example:1",
        ] {
            assert!(known_host(host, &allowed), "{host}");
        }
        for host in [
            "",
            ":80",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "[::2]:80",
            "0.0.0.0:80",
            "10.0.0.1",
            "[",
        ] {
            assert!(!known_host(host, &allowed), "{host}");
        }
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(same("abc", "abc"));
        for wrong in ["", "ab", "abcd", "abd"] {
            assert!(!same(wrong, "abc"), "{wrong}");
        }
        assert!(!same("", ""), "no secret admits nobody");
    }
}
