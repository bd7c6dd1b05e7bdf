"""Language packs on disk: installing, checking and removing them.

    store = Store(Path("data/models"))
    installed = store.install("/media/usb/translate-en_lt-1_9.argosmodel")

Everything here blocks; call it from a thread where there is an event loop. Nothing reaches for a network but
what was given an address.
"""

from .catalogue import KNOWN, Catalogue, Offer, open_catalogue
from .errors import StoreError
from .fetching import Expected, is_address
from .inspecting import Contents, inspect, prospect
from .progress import Progress, Report
from .receiving import RECEIVED, Incoming, Reception
from .store import Installed, Store

__all__ = [
    "KNOWN",
    "RECEIVED",
    "Catalogue",
    "Contents",
    "Expected",
    "Incoming",
    "Installed",
    "Offer",
    "Progress",
    "Reception",
    "Report",
    "Store",
    "StoreError",
    "inspect",
    "is_address",
    "open_catalogue",
    "prospect",
]
