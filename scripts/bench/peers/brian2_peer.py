"""Brian2 as a C++ program of its own, which is how it is quickest: exact integration, a weight per synapse.

Its time is that of its main loop, as Brian2 reports it. Every stretch starts the program, which runs from its first step.
"""

import contextlib
import io
import shutil
import sys
import tempfile

import numpy as np
from workloads import Brunel, arguments, take_turns

import brian2 as b2

workload, threads, bursts = arguments()
folder = tempfile.mkdtemp(prefix="gyrus-brian2-")
b2.prefs.codegen.cpp.extra_compile_args_gcc = ["-w", "-O3", "-march=native", "-ffast-math"]
b2.set_device("cpp_standalone", build_on_run=False, directory=folder)
b2.prefs.devices.cpp_standalone.openmp_threads = threads if threads > 1 else 0
b2.defaultclock.dt = workload.step_ms * b2.ms
b2.seed(1)


def driven(w):
    equation = f"dv/dt = ({w.rest!r} - v) / ({w.tau_ms}*ms) : 1"
    neurons = b2.NeuronGroup(w.neurons, equation, threshold="v >= 1", reset="v = 0", method="exact")
    neurons.v = w.potentials()
    source, target = w.synapse_columns()
    synapses = b2.Synapses(neurons, neurons, "w : 1", on_pre="v_post += w")
    synapses.connect(i=source, j=target)
    synapses.w = w.weight
    synapses.delay = w.step_ms * b2.ms
    return neurons, [synapses]


def brunel(w):
    neurons = b2.NeuronGroup(
        w.neurons,
        f"dv/dt = -v / ({w.tau_ms}*ms) : 1 (unless refractory)",
        threshold=f"v >= {w.threshold}",
        reset="v = 0",
        refractory=w.refractory_ms * b2.ms,
        method="exact",
    )
    neurons.v = w.potentials()
    random = np.random.default_rng(1)
    source = np.empty((w.neurons, w.from_excitatory + w.from_inhibitory), np.int32)
    source[:, : w.from_excitatory] = random.integers(0, w.excitatory, (w.neurons, w.from_excitatory))
    source[:, w.from_excitatory :] = w.excitatory + random.integers(0, w.inhibitory, (w.neurons, w.from_inhibitory))
    source = source.ravel()
    synapses = b2.Synapses(neurons, neurons, "w : 1", on_pre="v_post += w * int(not_refractory_post)")
    synapses.connect(i=source, j=np.repeat(np.arange(w.neurons), w.from_excitatory + w.from_inhibitory))
    synapses.w = np.where(source < w.excitatory, w.weight, -w.inhibition * w.weight)
    synapses.delay = w.delay_ms * b2.ms
    rate = w.poisson_hz / w.from_excitatory * b2.Hz
    return neurons, [synapses, b2.PoissonInput(neurons, "v", N=w.from_excitatory, rate=rate, weight=w.weight)]


neurons, others = (brunel if isinstance(workload, Brunel) else driven)(workload)
spikes = b2.SpikeMonitor(neurons, record=False)
network = b2.Network(neurons, *others, spikes)
network.run(bursts * workload.step_ms * b2.ms)
with contextlib.redirect_stdout(sys.stderr):
    b2.device.build(directory=folder, run=False, compile=True, debug=False)


def stretch():
    with contextlib.redirect_stdout(io.StringIO()):
        b2.device.run(directory=folder, with_output=False, run_args=[])
    return b2.device._last_run_time, float(spikes.num_spikes)


try:
    take_turns(b2.__version__, {}, stretch)
finally:
    shutil.rmtree(folder, ignore_errors=True)
