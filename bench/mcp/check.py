"""Drives `onrecord mcp` with the protocol's official Python client.

    pip install mcp
    cargo build -p onrecord-mcp --example mcp_stdio
    python3 bench/mcp/check.py target/debug/examples/mcp_stdio RECORD

RECORD is any record that holds a direct statement with a known speaker. What is quoted is taken
from the record itself. Prints each call with its time; exits with 1 at the first answer that is
not as it should be.
"""

import asyncio
import json
import sqlite3
import sys
import time

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

TOOLS = {
    "verify_quote", "search", "search_statements", "search_events", "actor", "positions",
    "timeline", "row", "cite",
}
EVENT = "select event_id, json_extract(actor_ids, '$[0]') from events where actor_ids != '[]' limit 1"
SAID = """select t.statement_id, t.speaker_id, c.name, json_extract(t.content, '$[0]')
          from statements t join actors c on c.actor_id = t.speaker_id
          where t.kind = 'direct' and length(json_extract(t.content, '$[0]')) > 30 and not t.negated
          and json_array_length(t.content) = 1 order by t.statement_id limit 1"""


def must(holds, told):
    if not holds:
        sys.exit(f"check.py: {told}")


async def check(server, record):
    base = sqlite3.connect(f"file:{record}?mode=ro", uri=True)
    statement, speaker, name, content = base.execute(SAID).fetchone()
    words = content.strip("“”\"'‘’ ,.")
    event, actor = base.execute(EVENT).fetchone()
    parameters = StdioServerParameters(command=server[0], args=[*server[1:], record])
    async with stdio_client(parameters) as pipes, ClientSession(*pipes) as session:
        first = await session.initialize()
        told = first.model_dump(by_alias=True)
        must("verify_quote" in (told.get("instructions") or ""), "the server says nothing of verify_quote")
        listed = (await session.list_tools()).tools
        must({tool.name for tool in listed} == TOOLS, f"tools: {[tool.name for tool in listed]}")
        for tool in listed:
            dumped = tool.model_dump(by_alias=True)
            must(dumped["inputSchema"]["type"] == "object", f"{tool.name}: no schema")
            must(dumped["annotations"]["readOnlyHint"] is True, f"{tool.name}: not said to be read-only")

        async def call(tool, fails=False, **arguments):
            began = time.perf_counter()
            dumped = (await session.call_tool(tool, arguments)).model_dump(by_alias=True)
            took = (time.perf_counter() - began) * 1000
            shown = json.dumps(arguments, ensure_ascii=False)[:90]
            print(f"{took:8.1f} ms  {tool} {shown}")
            must(bool(dumped["isError"]) == fails, f"{tool} {shown}: {dumped['content']}")
            text = dumped["content"][0]["text"]
            must(fails or dumped["structuredContent"] is not None, f"{tool}: no structured content")
            must(len(text) < 200_000, f"{tool}: {len(text)} characters")
            return text, dumped["structuredContent"]

        async def verdict(text, **more):
            return (await call("verify_quote", text=text, **more))[1]

        exact = await verdict(words, speaker=name)
        must(exact["verdict"] == "exact", f"exact: {exact}")
        must(exact["speaker_check"] == "same", f"same speaker: {exact}")
        must(exact["places"][0]["sentences"][0]["text"], "no sentence")
        folded = await verdict(words.upper().replace("’", "'"), speaker=speaker)
        must(folded["verdict"] == "exact" and folded["places"][0]["differs_in"], f"folded: {folded}")
        parts = words.split()
        near = await verdict(" ".join([*parts[:2], "hardly", *parts[2:]]))
        must(near["verdict"] == "near" and near["places"][0]["difference"], f"near: {near}")
        cut = await verdict(" ".join(parts[:3]) + " … " + " ".join(parts[-2:]))
        must(cut["verdict"] == "exact", f"cut: {cut}")
        absent = await verdict("the purple walrus resigned from the lunar senate yesterday")
        must(absent["verdict"] == "not_on_record", f"absent: {absent}")
        others = base.execute("select name from actors where named and actor_id != ? and kind = 'person' limit 1", [speaker])
        other = await verdict(words, speaker=others.fetchone()[0])
        must(other["speaker_check"] in ("other", "spokesman"), f"another speaker: {other}")

        for tool, arguments, key in [
            ("search", {"words": " OR ".join(parts[-3:])}, "sentences"),
            ("search", {"words": parts[-1], "table": "statements", "limit": 3}, "statements"),
            ("search", {"words": "the", "limit": 50, "context": 1}, "sentences"),
            ("search_statements", {"speaker": speaker}, "statements"),
            ("search_statements", {"words": "said OR troops", "limit": 50}, "statements"),
            ("search_events", {"actor": actor}, "events"),
            ("timeline", {"actor": actor, "limit": 50}, "events"),
            ("positions", {}, "issues"),
        ]:
            text, data = await call(tool, **arguments)
            must(data["total"] >= data["given"] == len(data[key]), f"{tool}: {text[:300]}")
            must(data["given"] > 0 or tool == "positions", f"{tool} {arguments} found nothing")
        issues = (await call("positions"))[1]["issues"]
        for issue in issues[:1]:
            text, data = await call("positions", issue=issue["issue"], limit=50)
            must(data["total"] == issue["positions"], f"positions: {text[:300]}")
            await call("timeline", issue=issue["issue"])
        must(speaker in (await call("actor", name=speaker))[0], "actor: no id")
        must((await call("row", id=statement))[1]["table"] == "statements", "row")
        must((await call("row", id=event))[1]["row"]["sentences"], "row: no sentence")
        cited = (await call("cite", ids=[statement, event, speaker]))[1]["rows"]
        must(all(row["sentences"] for row in cited), f"cite: {cited}")
        for tool, arguments in [
            ("search", {}),
            ("search", {"words": "-"}),
            ("search", {"words": "a", "limit": 0}),
            ("search_statements", {}),
            ("search_events", {"actor": "nobody of this name"}),
            ("row", {"id": "st-nothing"}),
            ("row", {"id": "st-"}),
            ("positions", {"issue": "no such issue"}),
            ("verify_quote", {"text": "…"}),
            ("verify_quote", {"txet": "a"}),
        ]:
            text, _ = await call(tool, fails=True, **arguments)
            must(record not in text and len(text) > 10, f"{tool}: {text}")
    print("all answers are as they should be")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    asyncio.run(check(sys.argv[1:-1], sys.argv[-1]))
