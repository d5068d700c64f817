"""Run every benchmark, and fail if a figure falls short of its goal."""

import sys

from benchmarks import (
    building,
    coding,
    emerging,
    interviewing,
    reviewing,
    saving,
    tagging,
    tracker,
    word,
    workbench,
)

if __name__ == "__main__":
    met = [
        benchmark.run()
        for benchmark in (
            tagging,
            emerging,
            word,
            tracker,
            saving,
            interviewing,
            coding,
            workbench,
            reviewing,
            building,
        )
    ]
    sys.exit(0 if all(met) else 1)
