"""Stop with a clear word when Python is too old; runs on any Python 3."""

import sys

if not sys.version_info >= (3, 11):
    sys.exit("Mycelia needs Python 3.11 or newer; this is %s. Try: make PYTHON=python3.12 ..." % sys.version.split()[0])
