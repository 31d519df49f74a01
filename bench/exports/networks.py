"""Networks, as networkx reads them."""

import re

from record import DAY


def edges(record):
    return {
        "relation": record.count("relations"),
        "statement": record.count("statements", "speaker_id is not null and addressee_id is not null"),
        "event": record.one("select coalesce(sum(json_array_length(actor_ids) * json_array_length(recipient_ids)), 0) from events"),
        "position": record.count("positions"),
    }


def network(record, graph):
    issues = record.one("select count(distinct issue) from positions")
    assert graph.is_directed()
    assert graph.number_of_nodes() == record.count("actors") + issues, graph.number_of_nodes()
    found = dict.fromkeys(edges(record), 0)
    for _, _, data in graph.edges(data=True):
        found[data["class"]] += 1
    assert found == edges(record), (found, edges(record))
    names = {n: d["label"] for n, d in graph.nodes(data=True)}
    for id, name in record.db.execute("select actor_id, name from actors"):
        assert names[id] == re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", name), id
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def graphml(record, folder):
    import networkx

    return network(record, networkx.read_graphml(folder / "network.graphml", force_multigraph=True)) + " by networkx"


def gexf(record, folder):
    import networkx
    from lxml import etree

    path = folder / "network.gexf"
    n = network(record, networkx.read_gexf(path))
    dated = 0
    for _, edge in etree.iterparse(str(path), tag="{http://gexf.net/1.3}edge", huge_tree=True):
        start, end = edge.get("start"), edge.get("end")
        assert (start is None) == (end is None)
        if start:
            assert re.fullmatch(DAY, start) and re.fullmatch(DAY, end) and start <= end
            dated += 1
        edge.clear()
    return f"{n} by networkx, {dated} with start and end"
