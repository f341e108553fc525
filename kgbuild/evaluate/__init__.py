"""Measuring: the language model on annotated files, builds on gold graphs, speed and memory."""
