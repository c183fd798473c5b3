"""Merges transposes and reshapes, and shares equal sub-expressions."""
import json

from training.convert.ir import Graph


def merge_chains(graph: Graph) -> int:
    """Reshape of Reshape, Transpose of Transpose, and those that change nothing."""
    count, changed = 0, True
    while changed:
        changed, index = False, graph.index()
        for node in graph.nodes:
            before = index.producer(node.inputs[0]) if node.op in ("Reshape", "Transpose") else None
            if before is None or before.op != node.op:
                continue
            if node.op == "Transpose":
                node.attributes = {"perm": [before.attributes["perm"][i] for i in node.attributes["perm"]]}
            node.inputs[0] = before.inputs[0]
            changed, count = True, count + 1
        index = graph.index()
        for node in list(graph.nodes):
            still = node.op == "Transpose" and node.attributes["perm"] == sorted(node.attributes["perm"])
            same = node.op == "Reshape" and index.shape(node.inputs[0]) == node.shape
            if still or same:
                graph.redirect(node.output, node.inputs[0])
                count += 1
        graph.remove_unused()
    return count


def transposes_to_reshapes(graph: Graph) -> int:
    """A Transpose that only moves axes of length 1 does not move data."""
    index, count = graph.index(), 0
    for node in graph.nodes:
        if node.op != "Transpose":
            continue
        shape = index.shape(node.inputs[0])
        moved = [i for i in node.attributes["perm"] if shape[i] > 1]
        if moved == sorted(moved):
            node.op, node.attributes = "Reshape", {}
            node.inputs = [node.inputs[0], graph.integers(*node.shape)]
            count += 1
    return count


def share_equal(graph: Graph) -> int:
    """Common sub-expressions."""
    renamed: dict[str, str] = {}
    seen: dict[tuple, str] = {}
    for node in graph.nodes:
        node.inputs = [renamed.get(i, i) for i in node.inputs]
        key = (node.op, tuple(node.inputs), json.dumps(node.attributes, sort_keys=True))
        if key in seen:
            renamed[node.output] = seen[key]
        else:
            seen[key] = node.output
    graph.output = renamed.get(graph.output, graph.output)
    graph.remove_unused()
    return len(renamed)
