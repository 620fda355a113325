"""Validation at a SPARQL 1.1 endpoint: the same queries, and look-ups for what they find, in batches.

The graph stays where it is. What is judged node by node is asked for by VALUES
of many nodes at a time (:mod:`repatria.shacl.endpoint.judging`). A blank node
of an endpoint has no name that another query could use, so that shapes whose
focus nodes are blank are refused.
"""
