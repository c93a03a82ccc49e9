"""From the bytes of a container (Word, PDF, web page, OFD, …) to the text a reader of it sees.

Every reader is a function from bytes to `Extracted`; none opens a file, follows a link or judges anything.
"""
