"""What the workloads of `gyrus bench` are, and how a peer takes turns in it.

`python PEER.py WORKLOAD THREADS BURSTS` wires the network, says one line of JSON when it is ready, and answers each line on its
standard input with a stretch of BURSTS bursts: {"ms": ..., "fired": ...}, both per burst.
"""

import json
import math
import sys
import time
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Driven:
    """Leaky neurons, threshold 1, driven so that each fires every `period` steps of 1 ms, one after the other."""

    neurons: int
    synapses: int
    period: int
    wiring: str
    step_ms: float = 1.0
    tau_ms: float = 100.0
    weight: float = 1e-4
    settling: int = 20

    @property
    def rest(self):
        """Where the membrane would settle under the drive."""
        return 150.0 if self.period == 1 else 1 / (1 - math.exp(-self.period / self.tau_ms))

    def potentials(self):
        phase = np.arange(self.neurons) % self.period
        return self.rest * (1 - np.exp(-phase / self.tau_ms))

    def synapse_columns(self):
        random = np.random.default_rng(1)
        if self.wiring == "permutation":
            return np.arange(self.neurons), random.permutation(self.neurons)
        if self.wiring == "fan-out":
            each = self.synapses // self.neurons
            return np.repeat(np.arange(self.neurons), each), random.integers(0, self.neurons, self.synapses)
        return random.integers(0, self.neurons, self.synapses), random.integers(0, self.neurons, self.synapses)


@dataclass(frozen=True)
class Brunel:
    """10,000 excitatory and 2,500 inhibitory neurons with fixed in-degrees and Poisson input (Brunel 2000)."""

    step_ms: float
    delay_ms: float
    settling: int
    excitatory: int = 10_000
    inhibitory: int = 2_500
    from_excitatory: int = 1_000
    from_inhibitory: int = 250
    tau_ms: float = 20.0
    threshold: float = 20.0
    refractory_ms: float = 2.0
    weight: float = 0.1
    inhibition: float = 5.0
    poisson_hz: float = 20_000.0

    @property
    def neurons(self):
        return self.excitatory + self.inhibitory

    @property
    def synapses(self):
        return self.neurons * (self.from_excitatory + self.from_inhibitory)

    def potentials(self):
        return np.random.default_rng(3).random(self.neurons) * self.threshold


WORKLOADS = {
    "W1low": Driven(12_000, 13_000, 100, "uniform"),
    "W1full": Driven(12_000, 13_000, 1, "uniform"),
    "W2": Driven(1_200_000, 1_200_000, 1, "permutation", settling=5),
    "W4": Driven(200_000, 20_000_000, 67, "fan-out"),
    "W3": Brunel(0.1, 1.5, settling=1000),
    "W3b": Brunel(1.0, 1.0, settling=100),
}


def arguments():
    """(workload, threads, bursts) of the command line."""
    return WORKLOADS[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3])


def take_turns(version, build, stretch):
    """`stretch()` runs the bursts and returns seconds and spikes of all of them."""
    bursts = int(sys.argv[3])
    say({"version": version, "build": build})
    for _ in sys.stdin:
        seconds, spikes = stretch()
        say({"ms": seconds * 1e3 / bursts, "fired": spikes / bursts})


def say(line):
    print(json.dumps(line), flush=True)


class Stopwatch:
    """Seconds and growth of the resident set since it was made."""

    def __init__(self):
        self.started, self.resident = time.perf_counter(), resident_bytes()

    def seconds(self):
        return time.perf_counter() - self.started

    def bytes(self):
        return resident_bytes() - self.resident


def resident_bytes():
    try:
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmRSS"))
            return int(line.split()[1]) * 1024
    except OSError:
        return 0
