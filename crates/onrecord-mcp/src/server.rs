//! The server: tools listed and called by JSON-RPC messages, one a line.

use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use onrecord_record::Record;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool as Listed,
    ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer, ServerInitializeError, ServiceExt};
use serde_json::{Map, Value};
use tokio::io::{AsyncRead, AsyncWrite};

use crate::arguments::{Arguments, schema};
use crate::tools::{INSTRUCTIONS, TOOLS, Tool, tool};
use crate::{Answer, Trouble};

/// Why a server ended otherwise than by its client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The system gives no thread or pipe.
    #[error("the server cannot run ({0}); is standard input a pipe of an MCP client?")]
    System(#[from] io::Error),
    /// The first messages are not those of a client.
    #[error(
        "the client does not speak the Model Context Protocol ({0}); start the server from an MCP client"
    )]
    Client(String),
}

/// A record's tools.
#[derive(Clone, Debug)]
pub struct Server {
    record: Arc<Mutex<Record>>,
}

impl Server {
    /// The tools of this record, which is only read.
    pub fn new(record: Record) -> Server {
        Server {
            record: Arc::new(Mutex::new(record)),
        }
    }

    /// The answer of a tool; `None` if there is no tool of this name. All of an answer is of
    /// one state of the record, whatever others write.
    pub fn call(
        &self,
        name: &str,
        arguments: Option<&Map<String, Value>>,
    ) -> Option<Result<Answer, Trouble>> {
        let tool = tool(name)?;
        // A call that failed leaves nothing half done: the record is only read.
        let record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = || {
            let arguments = Arguments::read(tool.arguments, arguments)?;
            let _state = record.snapshot()?;
            (tool.run)(&record, &arguments)
        };
        Some(answer())
    }

    /// Serves a client on standard input and output until it closes them.
    ///
    /// # Errors
    /// If what comes is not of a client of the protocol.
    pub fn serve_stdio(self) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()?;
        let done = runtime.block_on(self.serve(tokio::io::stdin(), tokio::io::stdout()));
        // A thread may still wait for input that nobody will read.
        runtime.shutdown_background();
        done
    }

    /// Serves a client that writes to `input` and reads from `output`, a message a line.
    ///
    /// # Errors
    /// As [`Server::serve_stdio`].
    pub async fn serve<R, W>(self, input: R, output: W) -> Result<(), ServeError>
    where
        R: AsyncRead + Send + Unpin + 'static,
        W: AsyncWrite + Send + Unpin + 'static,
    {
        match ServiceExt::serve(self, (input, output)).await {
            Ok(running) => match running.waiting().await {
                Ok(_) => Ok(()),
                Err(error) => Err(ServeError::System(io::Error::other(error))),
            },
            // The client left before it began.
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(ServeError::Client(
                error.to_string().chars().take(300).collect(),
            )),
        }
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let name = Implementation::new("onrecord", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(name.with_title("onrecord: a cited record of news pages"))
            .with_instructions(INSTRUCTIONS)
    }

    fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<ListToolsResult, rmcp::ErrorData>> + Send + '_ {
        let tools = TOOLS.iter().map(listed).collect();
        std::future::ready(Ok(ListToolsResult::with_all_items(tools)))
    }

    fn get_tool(&self, name: &str) -> Option<Listed> {
        tool(name).map(listed)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, rmcp::ErrorData> {
        let server = self.clone();
        let name = request.name.clone();
        let work = move || server.call(&request.name, request.arguments.as_ref());
        let called = tokio::task::spawn_blocking(work).await;
        let called =
            called.map_err(|error| rmcp::ErrorData::internal_error(error.to_string(), None))?;
        let result = match called {
            None => {
                let known: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
                let told = format!("there is no tool `{name}`; there are {}", known.join(", "));
                return Err(rmcp::ErrorData::invalid_params(told, None));
            }
            Some(Ok(answer)) => {
                let mut result = CallToolResult::success(vec![ContentBlock::text(answer.text)]);
                result.structured_content = Some(answer.data);
                result
            }
            Some(Err(trouble)) => {
                CallToolResult::error(vec![ContentBlock::text(trouble.to_string())])
            }
        };
        Ok(result.into())
    }
}

fn listed(tool: &Tool) -> Listed {
    let told = ToolAnnotations::from_raw(
        Some(tool.title.to_owned()),
        Some(true),
        Some(false),
        Some(true),
        Some(false),
    );
    Listed::new(tool.name, tool.what, Arc::new(schema(tool.arguments)))
        .with_title(tool.title)
        .with_annotations(told)
}
