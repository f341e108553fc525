"""``python -m kgbuild.train`` is ``kgbuild train``."""

import sys

from kgbuild.cli import main

main(["train", *sys.argv[1:]])
