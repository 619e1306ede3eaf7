"""NEST: iaf_psc_delta, static_synapse with a weight and a delay each, built by its quickest documented calls."""

import time

import numpy as np
from workloads import Brunel, Stopwatch, arguments, take_turns

import nest

workload, threads, bursts = arguments()
nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.set(resolution=workload.step_ms, local_num_threads=threads, print_time=False, rng_seed=1)


def driven(w):
    cell = dict(C_m=1.0, tau_m=w.tau_ms, t_ref=0.0, E_L=0.0, V_th=1.0, V_reset=0.0, V_m=0.0, I_e=w.rest / w.tau_ms)
    watch = Stopwatch()
    neurons = nest.Create("iaf_psc_delta", w.neurons, params=cell)
    neuron_s, neuron_bytes = watch.seconds(), watch.bytes()
    neurons.V_m = w.potentials()
    source, target = w.synapse_columns()
    watch = Stopwatch()
    synapse = {"synapse_model": "static_synapse", "weight": w.weight, "delay": w.step_ms}
    if w.wiring == "fan-out":
        nest.Connect(neurons, neurons, {"rule": "fixed_outdegree", "outdegree": w.synapses // w.neurons}, synapse)
    else:
        columns = {"weight": np.full(len(source), w.weight), "delay": np.full(len(source), w.step_ms)}
        nest.Connect(source + 1, target + 1, "one_to_one", {"synapse_model": "static_synapse", **columns})
    return neuron_s, neuron_bytes, watch


def brunel(w):
    cell = dict(C_m=1.0, tau_m=w.tau_ms, t_ref=w.refractory_ms, E_L=0.0, V_th=w.threshold, V_reset=0.0, V_m=0.0)
    watch = Stopwatch()
    neurons = nest.Create("iaf_psc_delta", w.neurons, params=cell)
    neuron_s, neuron_bytes = watch.seconds(), watch.bytes()
    neurons.V_m = w.potentials()
    groups = [
        (neurons[: w.excitatory], w.from_excitatory, w.weight),
        (neurons[w.excitatory :], w.from_inhibitory, -w.inhibition * w.weight),
    ]
    watch = Stopwatch()
    for senders, degree, weight in groups:
        synapse = {"synapse_model": "static_synapse", "weight": weight, "delay": w.delay_ms}
        nest.Connect(senders, neurons, {"rule": "fixed_indegree", "indegree": degree}, synapse)
    noise = nest.Create("poisson_generator", params={"rate": w.poisson_hz})
    nest.Connect(noise, neurons, syn_spec={"weight": w.weight, "delay": w.step_ms})
    return neuron_s, neuron_bytes, watch


neuron_s, neuron_bytes, watch = (brunel if isinstance(workload, Brunel) else driven)(workload)
nest.Prepare()
nest.Run(workload.step_ms)
synapse_s, synapse_bytes = watch.seconds(), watch.bytes()
nest.Run((workload.settling - 1) * workload.step_ms)


def stretch():
    started = time.perf_counter()
    nest.Run(bursts * workload.step_ms)
    # The counter starts anew with each call of Run.
    return time.perf_counter() - started, nest.local_spike_counter


take_turns(
    nest.__version__,
    {
        "neurons/s": workload.neurons / neuron_s,
        "bytes per neuron": neuron_bytes / workload.neurons,
        "synapses/s": workload.synapses / synapse_s,
        "bytes per synapse": synapse_bytes / workload.synapses,
    },
    stretch,
)
