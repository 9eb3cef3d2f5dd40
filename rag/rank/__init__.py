"""Candidates to a ranking: passages described by features of the field, and ordered by a small model of them."""
