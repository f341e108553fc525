"""The shipped language model: ONNX sessions, their decoding, and the spaCy components around them."""
