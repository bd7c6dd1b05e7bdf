import sys
from pathlib import Path

# The catalogues' tools are scripts of the source tree, not part of what is installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "locales"))
