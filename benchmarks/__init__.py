"""What a request costs: units and round trips on the wire, CPU, cold start, memory, package, sweep."""
