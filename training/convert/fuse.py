"""All rewrites, in the order in which they enable each other."""
from training.convert.fuse_activation import fuse_gelu, fuse_leaky_relu, fuse_relu, fuse_sigmoid
from training.convert.fuse_linear import fuse_convolution_bias, fuse_gating
from training.convert.fuse_norm import fuse_layer_norm, fuse_mean
from training.convert.ir import Graph
from training.convert.tfjs_graph import ConversionError
from training.convert.tidy import merge_chains, share_equal, transposes_to_reshapes

REWRITES = (
    fuse_layer_norm, fuse_gelu, fuse_sigmoid, fuse_leaky_relu, fuse_relu, fuse_mean, fuse_gating,
    fuse_convolution_bias, merge_chains, transposes_to_reshapes, merge_chains, share_equal,
)
LEFTOVERS = {"Tanh", "Exp", "Neg", "Sqrt", "Reciprocal", "Where", "GreaterOrEqual", "Max", "ReduceSum", "Div"}


def fuse(graph: Graph) -> dict[str, int]:
    """Rewrites the graph in place; the number of matches by rewrite.

    Raises ConversionError when a pattern went unrecognised: the pieces of all of them must be gone.
    """
    counts: dict[str, int] = {}
    for rewrite in REWRITES:
        counts[rewrite.__name__] = counts.get(rewrite.__name__, 0) + rewrite(graph)
    if left := {n.op for n in graph.nodes} & LEFTOVERS:
        raise ConversionError(f"operations that should have been fused: {sorted(left)}")
    return counts
