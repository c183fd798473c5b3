"""Published weights to ONNX: MAXIM (GoPro) cut after a stage, FFDNet (colour)."""
