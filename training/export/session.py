"""Runs an exported network with ONNX Runtime."""
from pathlib import Path

import numpy as np
import onnxruntime

from training.convert import runtime


def run_picture(session: onnxruntime.InferenceSession, picture: np.ndarray) -> np.ndarray:
    """H×W×3 float32 in [0,1] to the same, not clipped; states, where there are any, start at zero."""
    planes = np.ascontiguousarray(picture.transpose(2, 0, 1))[None]
    height, width = picture.shape[:2]
    feeds = {"input": planes}
    for tensor in session.get_inputs()[1:]:
        scale = int(tensor.shape[2].rpartition("_")[2])
        feeds[tensor.name] = np.zeros((1, tensor.shape[1], height // scale, width // scale), np.float32)
    return np.ascontiguousarray(session.run(None, feeds)[0][0].transpose(1, 2, 0))


def open_session(model: Path | bytes, threads: int = 2) -> onnxruntime.InferenceSession:
    return runtime.session(model, threads)
