"""Runs a lif-delta network (gyrus-network/1) in NEST: iaf_psc_delta, static_synapse, stdp_synapse.

`python run_network.py FILE STEPS` prints one JSON document: `fired`, the neurons that fired in each step, and `weights` and `traces` (Kplus),
one per synapse slot. Input is taken from `inject` of the bursts from the second on, and from poisson_rate; operations on a burst are refused.
"""

import json
import sys
from collections import defaultdict

import numpy as np

import nest

file, steps = sys.argv[1], int(sys.argv[2])
network = json.load(sys.stdin if file == "-" else open(file))
neurons, synapses = network["neurons"], network.get("synapses", {"count": 0})
step = network["model"].get("step_ms", 1.0)
count = neurons["count"]


def column(table, name, default, dtype=float):
    return np.broadcast_to(np.asarray(table.get(name, default), dtype=dtype), table["count"]).copy()


nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.set(resolution=step, rng_seed=network["model"].get("seed", 1), print_time=False)

# The resting potential first: NEST reads the others relative to it.
cells = nest.Create("iaf_psc_delta", count)
cells.set(E_L=column(neurons, "E_L", -70.0).tolist())
for name, default in dict(tau_m=10.0, C_m=250.0, t_ref=2.0, V_th=-55.0, V_reset=-70.0, I_e=0.0).items():
    cells.set({name: column(neurons, name, default).tolist()})
cells.set(V_m=column(neurons, "V_m", column(neurons, "E_L", -70.0)).tolist())

area = column(neurons, "area", 0, int)
rules = {(rule["src_area"], rule["dst_area"]): rule for rule in network.get("plasticity", [])}
for (_, target_area), rule in rules.items():
    cells[np.flatnonzero(area == target_area).tolist()].tau_minus = rule["tau_minus"]

if synapses["count"] > 0:
    source, target = column(synapses, "source", 0, int), column(synapses, "target", 0, int)
    # Weights are single precision in the file's own reader.
    weight = column(synapses, "weight", 1.0).astype(np.float32).astype(float)
    delay = column(synapses, "delay", 1, int) * step
    kinds = defaultdict(list)
    for slot in range(synapses["count"]):
        pair = (area[source[slot]], area[target[slot]])
        kinds[pair if pair in rules else None].append(slot)
    for pair, slots in kinds.items():
        model = {"synapse_model": "static_synapse_lbl"}
        if pair is not None:
            names = ("lambda", "alpha", "mu_plus", "mu_minus", "Wmax", "tau_plus")
            model = {"synapse_model": "stdp_synapse_lbl", **{name: np.full(len(slots), float(rules[pair][name])) for name in names}}
        columns = {"weight": weight[slots], "delay": delay[slots], "synapse_label": np.asarray(slots)}
        nest.Connect(source[slots] + 1, target[slots] + 1, "one_to_one", {**model, **columns})

inputs = defaultdict(lambda: ([], []))
for burst in network.get("bursts", []):
    if burst.get("ops") or (burst["burst"] == 1 and burst.get("inject")):
        sys.exit(f"burst {burst['burst']}: NEST takes no operations, and input from the second burst on")
    for neuron, potential in burst.get("inject", []):
        inputs[neuron][0].append((burst["burst"] - 1) * step)
        inputs[neuron][1].append(float(np.float32(potential)))
for neuron, (times, potentials) in inputs.items():
    generator = nest.Create("spike_generator", params={"spike_times": times, "spike_weights": potentials, "allow_offgrid_times": True})
    nest.Connect(generator, cells[neuron], syn_spec={"weight": 1.0, "delay": step})

rate, kick = column(neurons, "poisson_rate", 0.0), column(neurons, "poisson_weight", 0.0)
for r, k in sorted(set(zip(rate.tolist(), kick.tolist()))):
    if r > 0 and k != 0:
        noise = nest.Create("poisson_generator", params={"rate": r})
        nest.Connect(noise, cells[np.flatnonzero((rate == r) & (kick == k)).tolist()], syn_spec={"weight": k, "delay": step})

recorder = nest.Create("spike_recorder")
nest.Connect(cells, recorder)
# A spike of the last step goes over its synapses in the slice after, so one slice more settles the weights.
nest.Simulate(steps * step + nest.min_delay)

events = recorder.events
at = np.rint(np.asarray(events["times"]) / step).astype(int)
order = np.lexsort((events["senders"], at))
fired = [[] for _ in range(steps)]
for i in order:
    if at[i] <= steps:
        fired[at[i] - 1].append(int(events["senders"][i]) - 1)
weights, traces = np.zeros(synapses["count"]), np.zeros(synapses["count"])
for model, names in (("static_synapse_lbl", ["weight"]), ("stdp_synapse_lbl", ["weight", "Kplus"])):
    connections = nest.GetConnections(cells, cells, synapse_model=model)
    if len(connections) > 0:
        values = connections.get(["synapse_label", *names])
        slots = np.atleast_1d(values["synapse_label"])
        weights[slots] = values["weight"]
        traces[slots] = values.get("Kplus", 0.0)
print(json.dumps({"nest": nest.__version__, "fired": fired, "weights": weights.tolist(), "traces": traces.tolist()}))
