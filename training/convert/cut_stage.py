"""Cuts MAXIM after a stage. Each stage's full-resolution picture was supervised in training, so it is a result."""
from training.convert.ir import Graph
from training.convert.tfjs_graph import ConversionError


def stage_outputs(graph: Graph) -> list[str]:
    """The full-resolution pictures of the stages: what is added to the input picture itself."""
    return [
        n.output for n in graph.nodes
        if n.op == "Add" and graph.input_name in n.inputs and n.shape == graph.input_shape
    ]


def cut(graph: Graph, stage: int) -> None:
    """Keeps what stage `stage` (1, 2 or 3) needs. Raises ConversionError when the graph has not three stages."""
    outputs = stage_outputs(graph)
    if len(outputs) != 3:
        raise ConversionError(f"expected three full-resolution pictures, found {len(outputs)}")
    graph.output = outputs[stage - 1]
    graph.remove_unused()
