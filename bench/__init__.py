"""Benchmarks that anyone can run: each prints its table, and last one figure beside its target."""
