"""What the product promises of its speed, measured: ratios against a floor, within one run, with durable settings.

Each file here with a `NAME` is one benchmark: its `run()` gives measurements, each beside its promise. Adding the file
is the whole change. `python -m bench` runs those of everyday size, `python -m bench scale` the large ones
(`SCALE = True`), `python -m bench NAME…` those named; docs/generated/benchmarks.md keeps the outcome.
"""
