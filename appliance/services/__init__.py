"""The use cases. They know the domain and their own ports, not who stands behind them."""
