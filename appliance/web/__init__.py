"""Thin routes: read the request, ask a service, write the answer."""
