"""Reads a TensorFlow.js graph model (model.json and its weight shards)."""
import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


class ConversionError(RuntimeError):
    """The graph holds something this converter was not written for."""


@dataclass(frozen=True)
class TfNode:
    """One TensorFlow operation. `inputs` are node names: ports and control inputs are dropped."""

    name: str
    op: str
    inputs: tuple[str, ...]
    raw: dict[str, Any]

    def attribute(self, name: str, default: Any = None) -> Any:
        """The value of an attribute as int, bool, str, list of int or type name."""
        value = self.raw.get(name)
        if value is None:
            return default
        kind, content = next(iter(value.items()))
        if kind == "i":
            return int(content)
        if kind == "s":
            return base64.b64decode(content).decode()
        if kind == "list":
            return [int(i) for i in content.get("i", [])]
        return content


@dataclass(frozen=True)
class TfGraph:
    """Nodes in an order in which each follows its inputs, weights by the name of their Const node, the result's name."""

    nodes: tuple[TfNode, ...]
    weights: dict[str, np.ndarray]
    output: str


DTYPES = {"int32": np.int32, "float32": np.float32}


def read_weights(folder: Path, manifest: list[dict]) -> dict[str, np.ndarray]:
    weights: dict[str, np.ndarray] = {}
    for group in manifest:
        content = b"".join((folder / path).read_bytes() for path in group["paths"])
        offset = 0
        for entry in group["weights"]:
            count = int(np.prod(entry["shape"], dtype=np.int64))
            array = np.frombuffer(content, DTYPES[entry["dtype"]], count, offset)
            weights[entry["name"]] = array.reshape(entry["shape"])
            offset += array.nbytes
        if offset != len(content):
            raise ConversionError(f"weight group of {len(content)} bytes, manifest describes {offset}")
    return weights


def in_order(nodes: dict[str, TfNode]) -> list[TfNode]:
    """Depth first without recursion: the graph is tens of thousands of nodes deep."""
    order: list[TfNode] = []
    visited: set[str] = set()
    for root in nodes:
        stack = [(root, False)]
        while stack:
            name, finished = stack.pop()
            if finished:
                order.append(nodes[name])
            elif name not in visited:
                visited.add(name)
                stack.append((name, True))
                stack.extend((i, False) for i in nodes[name].inputs if i not in visited)
    return order


def load(folder: Path) -> TfGraph:
    """The graph model in `folder`."""
    model = json.loads((folder / "model.json").read_text())
    nodes = {
        entry["name"]: TfNode(
            entry["name"],
            entry["op"],
            tuple(i.split(":")[0] for i in entry.get("input", []) if not i.startswith("^")),
            entry.get("attr", {}),
        )
        for entry in model["modelTopology"]["node"]
    }
    (result,) = model["signature"]["outputs"].values()
    weights = read_weights(folder, model["weightsManifest"])
    return TfGraph(tuple(in_order(nodes)), weights, result["name"].split(":")[0])
