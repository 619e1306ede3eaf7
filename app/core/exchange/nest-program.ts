/** The program and the page that go into a folder for NEST. */

export const nestProgram = `"""Builds the network of this folder in NEST and runs it: python run.py STEPS [THREADS], or mpirun -n N python run.py STEPS.

Every process writes the spikes of its neurons into spikes-RANK.csv, one row a spike: step, neuron. Step 1 is the first.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

import nest

folder = Path(__file__).resolve().parent
network = json.loads((folder / "network.json").read_text())
steps, threads = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
step, count = network["step_ms"], network["neurons"]


def array(name):
    return np.load(folder / f"{name}.npy", mmap_mode="r")


nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.set(resolution=step, rng_seed=network["seed"], print_time=False, local_num_threads=threads)
cells = nest.Create("iaf_psc_delta", count)
# The resting potential first: NEST reads the others relative to it.
for name in ("E_L", "tau_m", "C_m", "t_ref", "V_th", "V_reset", "I_e", "V_m"):
    cells.set({name: array(name).tolist()})

area = array("area").astype(np.int64)
rules = {(rule["src_area"], rule["dst_area"]): rule for rule in network["plasticity"]}
for (_, target_area), rule in rules.items():
    cells[np.flatnonzero(area == target_area).tolist()].tau_minus = rule["tau_minus"]

# NEST deals neurons out to processes by their number, and a synapse lives where its target does: each process reads only its own.
ranks, rank = nest.num_processes, nest.Rank()
mine = np.flatnonzero((array("target").astype(np.int64) + 1) % ranks == rank)
source, target = array("source")[mine].astype(np.int64), array("target")[mine].astype(np.int64)
weight, delay = array("weight")[mine].astype(float), array("delay")[mine] * step
left = np.ones(len(source), dtype=bool)
for (from_area, to_area), rule in rules.items():
    of_rule = (area[source] == from_area) & (area[target] == to_area)
    left &= ~of_rule
    names = ("lambda", "alpha", "mu_plus", "mu_minus", "Wmax", "tau_plus")
    model = {"synapse_model": "stdp_synapse", **{name: np.full(of_rule.sum(), float(rule[name])) for name in names}}
    if of_rule.any():
        nest.Connect(source[of_rule] + 1, target[of_rule] + 1, "one_to_one", {**model, "weight": weight[of_rule], "delay": delay[of_rule]})
if left.any():
    static = {"synapse_model": "static_synapse", "weight": weight[left], "delay": delay[left]}
    nest.Connect(source[left] + 1, target[left] + 1, "one_to_one", static)

inputs = defaultdict(lambda: ([], []))
for burst, neuron, potential in zip(array("input_burst").tolist(), array("input_neuron").tolist(), array("input_mV").tolist()):
    inputs[neuron][0].append((burst - 1) * step)
    inputs[neuron][1].append(potential)
for neuron, (times, potentials) in sorted(inputs.items()):
    generator = nest.Create("spike_generator", params={"spike_times": times, "spike_weights": potentials, "allow_offgrid_times": True})
    nest.Connect(generator, cells[neuron], syn_spec={"weight": 1.0, "delay": step})

rate, kick = array("poisson_rate"), array("poisson_weight")
for r, k in sorted(set(zip(rate.tolist(), kick.tolist()))):
    if r > 0 and k != 0:
        noise = nest.Create("poisson_generator", params={"rate": r})
        nest.Connect(noise, cells[np.flatnonzero((rate == r) & (kick == k)).tolist()], syn_spec={"weight": k, "delay": step})

recorder = nest.Create("spike_recorder")
nest.Connect(cells, recorder)
nest.Simulate(steps * step)
events = recorder.events
at, who = np.rint(np.asarray(events["times"]) / step).astype(int), np.asarray(events["senders"]) - 1
order = np.lexsort((who, at))
file = folder / f"spikes-{nest.Rank()}.csv"
np.savetxt(file, np.column_stack((at[order], who[order])), fmt="%d", delimiter=",", header="step,neuron", comments="")
print(f"{len(order)} spikes in {file}")
`;

export const nestReadme = (neurons: number, synapses: number, lost: readonly string[]) => `# A network for NEST

${neurons} neurons (iaf_psc_delta) and ${synapses} synapses (static_synapse, stdp_synapse), with the input of its file.

\`\`\`
pip install nest-simulator==3.10.0 numpy
python run.py 1000           # 1,000 steps on this machine; a second number is threads
mpirun -n 64 python run.py 1000   # a NEST that was built with MPI; each process writes its own spikes
\`\`\`

${lost.length === 0 ? "It fires spike for spike as in Gyrus, on any number of threads. Of several processes each makes all neurons and the synapses of its own." : lost.map((loss) => `- ${loss}`).join("\n")}

The arrays are NumPy files in neuron and synapse order: potentials and weights in mV, time constants in ms, capacitance in pF, current in pA,
delays in steps, ids from 0. \`step_ms\` in network.json is the length of a step.
`;
