"""The HTTP resources of the record store under `/xapi/`.

`edge` turns a request into a `Call` and whatever is raised into an answer; a module for each resource holds its
handlers. No session, no cookie and no middleware of the pages takes part.
"""
