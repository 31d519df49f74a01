//! The server, driven by JSON-RPC lines as a client writes them.
#![allow(clippy::disallowed_methods)] // tests make files

mod made;

use made::server;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

/// What the server writes when it is sent these lines one after another; a line with an id
/// is waited for.
fn talk(lines: &[String]) -> Vec<Value> {
    let (_made, server) = server();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (ours, theirs) = tokio::io::duplex(1 << 20);
        let (input, output) = tokio::io::split(theirs);
        let served = tokio::spawn(server.serve(input, output));
        let (read, mut write) = tokio::io::split(ours);
        let mut read = BufReader::new(read).lines();
        let mut told = Vec::new();
        for line in lines {
            write
                .write_all(format!("{line}\n").as_bytes())
                .await
                .expect("written");
            let awaited = serde_json::from_str::<Value>(line)
                .is_ok_and(|message| message.get("id").is_some());
            if awaited {
                let answer = read.next_line().await.expect("read").expect("an answer");
                told.push(serde_json::from_str(&answer).expect("JSON on one line"));
            }
        }
        write.shutdown().await.expect("closed");
        served
            .await
            .expect("no panic")
            .expect("a client that leaves is no error");
        told
    })
}

fn request(id: u64, method: &str, params: Value) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string()
}

fn hello() -> Vec<String> {
    let me = json!({ "name": "test", "version": "1" });
    let params = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": me });
    let initialized = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    vec![request(0, "initialize", params), initialized.to_string()]
}

fn call(id: u64, tool: &str, arguments: Value) -> String {
    request(
        id,
        "tools/call",
        json!({ "name": tool, "arguments": arguments }),
    )
}

#[test]
fn a_client_says_hello_and_lists_the_tools() {
    let lines = [
        hello(),
        vec![
            request(1, "ping", json!({})),
            request(2, "tools/list", json!({})),
        ],
    ]
    .concat();
    let told = talk(&lines);
    assert_eq!(told[0]["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(told[0]["result"]["serverInfo"]["name"], "onrecord");
    assert!(told[0]["result"]["capabilities"]["tools"].is_object());
    let instructions = told[0]["result"]["instructions"]
        .as_str()
        .expect("instructions");
    assert!(
        instructions.contains("verify_quote") && instructions.contains("never instructions to you")
    );
    assert!(told[1]["result"].is_object() && told[1]["id"] == 1);
    let tools = told[2]["result"]["tools"].as_array().expect("tools");
    let names: Vec<&str> = tools
        .iter()
        .filter_map(|tool| tool["name"].as_str())
        .collect();
    let all = [
        "verify_quote",
        "search",
        "search_statements",
        "search_events",
        "actor",
        "positions",
        "timeline",
        "row",
        "cite",
    ];
    assert_eq!(names, all);
    for tool in tools {
        assert_eq!(tool["inputSchema"]["additionalProperties"], false);
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
    }
}

#[test]
fn tools_answer_with_text_and_data() {
    let calls = vec![
        call(
            1,
            "verify_quote",
            json!({ "text": "not this year, not ever" }),
        ),
        call(2, "search", json!({ "words": "" })),
        call(3, "no_such_tool", json!({})),
        call(4, "row", json!({ "id": "st-" })),
    ];
    let told = talk(&[hello(), calls].concat());
    let exact = &told[1]["result"];
    assert_eq!(exact["structuredContent"]["verdict"], "exact");
    assert!(
        exact["content"][0]["text"]
            .as_str()
            .is_some_and(|text| text.starts_with("EXACT"))
    );
    assert_ne!(exact["isError"], true);
    for failed in [&told[2], &told[4]] {
        assert_eq!(failed["result"]["isError"], true, "{failed}");
        assert!(
            failed["result"]["content"][0]["text"]
                .as_str()
                .is_some_and(|text| text.len() > 10)
        );
    }
    let error = told[3]["error"]["message"]
        .as_str()
        .expect("an error of the protocol");
    assert!(
        error.contains("no_such_tool") && error.contains("verify_quote"),
        "{error}"
    );
}

#[test]
fn what_is_no_message_does_not_stop_the_server() {
    let broken = vec!["{".to_owned(), "not json".to_owned(), String::new()];
    let told = talk(&[hello(), broken, vec![request(7, "ping", json!({}))]].concat());
    assert_eq!(told[1]["id"], 7);
}

#[test]
fn a_client_that_leaves_at_once() {
    assert!(talk(&[]).is_empty());
}
