"""Stands in for NEST where no NEST with MPI runs: one of RANKS processes, which notes what it is told to connect and simulates nothing."""

import json
import os
from types import SimpleNamespace

num_processes = int(os.environ["RANKS"])
told = {"connected": [], "nodes": []}


def Rank():
    return int(os.environ["RANK"])


VerbosityLevel = SimpleNamespace(ERROR=0)


def ResetKernel():
    pass


def set(**_):
    pass


class Nodes:
    def __init__(self, model, ids):
        self.model, self.ids, self.events = model, ids, {"times": [], "senders": []}

    def set(self, values):
        told["nodes"].append([self.model, {name: len(column) for name, column in values.items()}])

    def __getitem__(self, at):
        return Nodes(self.model, [self.ids[i] for i in at] if isinstance(at, list) else [self.ids[at]])


def Create(model, n=1, params=None):
    told["nodes"].append([model, n])
    return Nodes(model, list(range(1, n + 1)))


def Connect(source, target, rule=None, syn_spec=None, **_):
    if not isinstance(source, Nodes):
        rows = zip(source.tolist(), target.tolist(), syn_spec["weight"].tolist(), syn_spec["delay"].tolist())
        told["connected"] += [[syn_spec["synapse_model"], *row] for row in rows]


def Simulate(_):
    with open(os.environ["TOLD"], "w") as file:
        json.dump(told, file)
