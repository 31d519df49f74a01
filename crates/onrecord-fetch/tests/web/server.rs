//! A web server on this machine, that answers as a test wants.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A request that came.
#[derive(Clone, Debug)]
pub struct Came {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub at: Instant,
}

impl Came {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// What is answered.
pub enum Say {
    /// Status, headers, body; its length is told.
    Page(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// These bytes as they are.
    Raw(Vec<u8>),
    /// Headers at once, then a byte now and then.
    Slowly,
}

pub fn html(body: &str) -> Say {
    let kind = ("Content-Type", "text/html; charset=utf-8".to_owned());
    Say::Page(200, vec![kind], body.as_bytes().to_vec())
}

pub fn nothing(status: u16) -> Say {
    Say::Page(status, Vec::new(), Vec::new())
}

pub fn moved(to: &str) -> Say {
    Say::Page(302, vec![("Location", to.to_owned())], Vec::new())
}

pub struct Server {
    pub port: u16,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Server {
    pub fn new(say: impl Fn(&Came) -> Say + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let came = Arc::new(Mutex::new(Vec::new()));
        let (log, say) = (Arc::clone(&came), Arc::new(say));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, say) = (Arc::clone(&log), Arc::clone(&say));
                thread::spawn(move || {
                    // Who asks may have gone.
                    let _ = answer(stream, &log, &*say);
                });
            }
        });
        Server { port, came }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn came(&self) -> Vec<Came> {
        self.came.lock().expect("no panic").clone()
    }

    pub fn paths(&self) -> Vec<String> {
        self.came().into_iter().map(|came| came.path).collect()
    }
}

fn answer(
    mut stream: TcpStream,
    log: &Mutex<Vec<Came>>,
    say: &dyn Fn(&Came) -> Say,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut headers = Vec::new();
    while let Some(line) = lines.next().transpose()? {
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let came = Came {
        path: first.split(' ').nth(1).unwrap_or_default().to_owned(),
        headers,
        at: Instant::now(),
    };
    log.lock().expect("no panic").push(came.clone());
    match say(&came) {
        Say::Page(status, headers, body) => {
            let mut head = format!(
                "HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n",
                body.len()
            );
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            stream.write_all(format!("{head}\r\n").as_bytes())?;
            stream.write_all(&body)
        }
        Say::Raw(bytes) => stream.write_all(&bytes),
        Say::Slowly => {
            stream.write_all(
                b"HTTP/1.1 200 x\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n",
            )?;
            for _ in 0..100 {
                stream.write_all(b"x")?;
                stream.flush()?;
                thread::sleep(Duration::from_millis(100));
            }
            Ok(())
        }
    }
}
