"""Running the product: web, worker and embedded database, each alone or supervised together."""
