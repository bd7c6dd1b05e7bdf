"""Language packs on disk: installing, checking and removing them.

    store = Store(Path("data/models"))
    installed = store.install("/media/usb/translate-en_lt-1_9.argosmodel")

Everything here blocks; call it from a thread where there is an event loop. Nothing reaches for a network but
what was given an address.
"""

from .catalogue import Catalogue, Offer, open_catalogue
from .errors import StoreError
from .fetching import Expected
from .progress import Progress, Report
from .store import Installed, Store

__all__ = [
    "Catalogue",
    "Expected",
    "Installed",
    "Offer",
    "Progress",
    "Report",
    "Store",
    "StoreError",
    "open_catalogue",
]
