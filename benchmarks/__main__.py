"""Run every benchmark, and fail if a figure falls short of its goal."""

import sys

from benchmarks import coding, interviewing, reviewing, saving, tagging, tracker, word

if __name__ == "__main__":
    met = [
        benchmark.run()
        for benchmark in (tagging, word, tracker, saving, interviewing, coding, reviewing)
    ]
    sys.exit(0 if all(met) else 1)
