"""Brunel's network in NEST (12,500 neurons, fixed in-degrees, Poisson input), for a comparison of statistics.

`python brunel.py SETTLING_MS MEASURED_MS SEED` prints `rate_hz` and `cv`: spikes per neuron and second, and the mean coefficient of variation of
the intervals between spikes, of neurons with five intervals or more. `app/hosts/cli/nest.test.ts` holds the same network for our engine.
"""

import json
import sys

import numpy as np

import nest

settling, measured, seed = float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
excitatory, inhibitory = 10_000, 2_500

nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.set(resolution=0.1, rng_seed=seed, print_time=False, local_num_threads=2)
cell = dict(C_m=1.0, tau_m=20.0, t_ref=2.0, E_L=0.0, V_reset=0.0, V_th=20.0, V_m=0.0)
neurons = nest.Create("iaf_psc_delta", excitatory + inhibitory, params=cell)
for senders, degree, weight in ((neurons[:excitatory], 1_000, 0.1), (neurons[excitatory:], 250, -0.5)):
    nest.Connect(senders, neurons, {"rule": "fixed_indegree", "indegree": degree}, {"weight": weight, "delay": 1.5})
noise = nest.Create("poisson_generator", params={"rate": 20_000.0})
nest.Connect(noise, neurons, syn_spec={"weight": 0.1, "delay": 0.1})
recorder = nest.Create("spike_recorder", params={"start": settling})
nest.Connect(neurons, recorder)
nest.Simulate(settling + measured)

events = recorder.events
order = np.lexsort((events["times"], events["senders"]))
senders, times = events["senders"][order], events["times"][order]
intervals = np.diff(times)[np.diff(senders) == 0]
owners = senders[1:][np.diff(senders) == 0]
spreads = [np.std(own) / np.mean(own) for own in np.split(intervals, np.flatnonzero(np.diff(owners)) + 1) if len(own) >= 5]
rate = len(times) / (excitatory + inhibitory) / (measured / 1000)
print(json.dumps({"nest": nest.__version__, "rate_hz": rate, "cv": float(np.mean(spreads))}))
