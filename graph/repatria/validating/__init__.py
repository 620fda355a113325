"""One validation from its inputs to its findings, in this process or in one that a time limit ends."""
