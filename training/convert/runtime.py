"""Runs a model on ONNX Runtime's CPU provider with bounded memory."""
from pathlib import Path

import numpy as np
import onnxruntime


def session(model: Path | bytes, threads: int = 2) -> onnxruntime.InferenceSession:
    """A CPU session without memory arena and patterns, as the Node backend creates it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def run_maxim(network: onnxruntime.InferenceSession, picture: np.ndarray) -> np.ndarray:
    """256×256×3 float32 in [0,1] to the same, not clipped."""
    return network.run(None, {"input": picture[None]})[0][0]


def run_ffdnet(network: onnxruntime.InferenceSession, picture: np.ndarray, sigma: float) -> np.ndarray:
    """H×W×3 float32 in [0,1], even sides, to the same, not clipped."""
    planes = np.ascontiguousarray(picture.transpose(2, 0, 1))[None]
    result = network.run(None, {"input": planes, "sigma": np.full((1, 1, 1, 1), sigma, np.float32)})[0][0]
    return np.ascontiguousarray(result.transpose(1, 2, 0))


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """Decibels for a peak of 1; infinite for equal arrays."""
    error = float(np.mean((a.astype(np.float64) - b) ** 2))
    return float("inf") if error == 0 else -10 * float(np.log10(error))
