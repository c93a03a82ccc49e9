"""Matching of declarative patterns against normalised text: phrases, concepts, numbers, co-occurrence."""
