"""What the tests share: the guard of the network, servers of their own, clients of the protocol."""
