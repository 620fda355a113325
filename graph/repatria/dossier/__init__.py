"""Dossiers: YAML or JSON with places kept, checked, turned into quads, and verified against articles."""
