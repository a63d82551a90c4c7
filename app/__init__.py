"""Wasl without a screen: domain, storage, documents and the use cases. Never imports Qt."""

__version__ = "0.1.0"
