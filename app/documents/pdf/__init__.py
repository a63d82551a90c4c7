"""Writing PDF (ISO 32000-1): objects in a file, drawing on a page, fonts cut down to what a paper uses.

Written here because it is fast where hubs need it: what a batch of papers has in common is written once and its bytes
are used again. The same drawing always gives the same bytes; nothing depends on the hour or on what was drawn before.
"""
