"""How a change reaches the sockets that wait for it."""
