"""The small graph that lowering builds and fusing rewrites; each node has one output of known shape."""
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Tensor:
    """A value that depends on the picture."""

    name: str
    shape: Shape


@dataclass
class Node:
    """An ONNX operation. `inputs` name nodes, constants or the graph's input."""

    op: str
    output: str
    inputs: list[str]
    shape: Shape
    attributes: dict[str, Any] = field(default_factory=dict)


class Graph:
    """Nodes in execution order and the constants they use."""

    def __init__(self, input_name: str, input_shape: Shape) -> None:
        self.input_name = input_name
        self.input_shape = input_shape
        self.output = ""
        self.nodes: list[Node] = []
        self.constants: dict[str, np.ndarray] = {}
        self._known: dict[tuple, str] = {}
        self._made = 0

    def constant(self, array: np.ndarray) -> str:
        """The name of a constant with this content; equal constants share one."""
        array = np.ascontiguousarray(array).reshape(np.shape(array))
        key = (array.dtype.str, array.shape, hashlib.sha1(array.tobytes()).digest())
        if key not in self._known:
            self._known[key] = f"c{len(self.constants)}"
            self.constants[self._known[key]] = array
        return self._known[key]

    def integers(self, *values: int) -> str:
        """A constant int64 vector."""
        return self.constant(np.array(values, np.int64))

    def make(self, op: str, inputs: Iterable[str], shape: Iterable[int], output: str = "", **attributes: Any) -> Node:
        """A node that is not in the graph yet, for `substitute`; it gets a new output name unless one is given."""
        self._made += 1
        return Node(op, output or f"t{self._made}", list(inputs), tuple(int(i) for i in shape), attributes)

    def add(self, op: str, inputs: Iterable[str], shape: Iterable[int], **attributes: Any) -> Tensor:
        """Appends a node."""
        node = self.make(op, inputs, shape, **attributes)
        self.nodes.append(node)
        return Tensor(node.output, node.shape)

    def index(self) -> "Index":
        """Producers and consumers as they are now; stale after a rewrite."""
        return Index(self)

    def redirect(self, old: str, new: str) -> None:
        """Lets everything that read `old` read `new`."""
        for node in self.nodes:
            node.inputs = [new if i == old else i for i in node.inputs]
        if self.output == old:
            self.output = new

    def substitute(self, replacements: dict[str, list[Node]]) -> None:
        """Puts nodes in the place of the node with that output."""
        self.nodes = [r for n in self.nodes for r in replacements.get(n.output, [n])]

    def remove_unused(self) -> None:
        """Drops nodes that do not reach the output."""
        live, kept = {self.output}, []
        for node in reversed(self.nodes):
            if node.output in live:
                kept.append(node)
                live.update(node.inputs)
        self.nodes = kept[::-1]


class Index:
    """Look-ups for matching patterns."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.producers = {n.output: n for n in graph.nodes}
        self.consumers: dict[str, list[Node]] = defaultdict(list)
        for node in graph.nodes:
            for name in node.inputs:
                self.consumers[name].append(node)

    def producer(self, name: str, op: str | None = None) -> Node | None:
        """The node that makes `name`, if there is one and it is an `op`."""
        node = self.producers.get(name)
        return node if node is not None and (op is None or node.op == op) else None

    def only_consumer(self, name: str, op: str | None = None) -> Node | None:
        """The one node that reads `name`, if there is exactly one and it is an `op`."""
        readers = self.consumers[name]
        return readers[0] if len(readers) == 1 and name != self.graph.output and op in (None, readers[0].op) else None

    def shape(self, name: str) -> Shape:
        """The shape of a constant, a node's output or the input."""
        if name in self.graph.constants:
            return self.graph.constants[name].shape
        return self.graph.input_shape if name == self.graph.input_name else self.producers[name].shape

    def scalar(self, name: str) -> float | None:
        """The value of a constant with one element, else None."""
        array = self.graph.constants.get(name)
        return float(array.reshape(-1)[0]) if array is not None and array.size == 1 else None

    def is_scalar(self, name: str, value: float, tolerance: float = 1e-4) -> bool:
        """Whether `name` is a constant of one element near `value`."""
        found = self.scalar(name)
        return found is not None and abs(found - value) <= tolerance * max(1.0, abs(value))

    def through_reshapes(self, name: str) -> str:
        """The value before any number of Reshape nodes."""
        while (node := self.producer(name, "Reshape")) is not None:
            name = node.inputs[0]
        return name
