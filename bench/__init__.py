"""Benchmarks of Repatria: a seeded generator of dossiers and one module for each benchmark."""
