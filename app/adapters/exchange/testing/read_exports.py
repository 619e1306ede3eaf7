"""Reads exports as the tools of others do: `python read_exports.py FORMAT PATH` with {"pairs": [[source, target], …]} as JSON on standard input.

Prints one JSON document: `neurons`, `synapses`, and for each pair the rows [weight, psp, type, delay] of its synapses, sorted; what
a format does not hold is null.
"""

import contextlib
import json
import sys
from collections import defaultdict
from pathlib import Path


def graph(path, read):
    import networkx

    g = read(networkx, path)
    assert g.is_directed()
    rows = defaultdict(list)
    for source, target, edge in g.edges(data=True):
        rows[int(source[1:]), int(target[1:])].append([edge["weight"], edge["psp"], edge["type"], edge["delay"]])
    return g.number_of_nodes(), g.number_of_edges(), rows


def graphml(path):
    return graph(path, lambda networkx, file: networkx.read_graphml(file, force_multigraph=True))


def gexf(path):
    return graph(path, lambda networkx, file: networkx.read_gexf(file))


def mtx(path):
    import scipy.io

    matrix = scipy.io.mmread(path).tocoo()
    ids = [int(line.split(",")[0]) for line in path.with_suffix(".nodes.csv").read_text().splitlines()[1:]]
    rows = {(ids[i], ids[j]): [value] for i, j, value in zip(matrix.row, matrix.col, matrix.data.tolist())}
    return matrix.shape[0], matrix.nnz, rows


def csv(path):
    import csv as reader

    def table(name):
        return list(reader.DictReader(open(path.with_suffix(name), newline="", encoding="utf-8")))

    synapses, dictionary = table(".csv"), table(".dictionary.csv")
    assert {row["column"] for row in dictionary if row["table"] == "synapses"} == set(synapses[0])
    return len(table(".neurons.csv")), len(synapses), rows_of(synapses)


def rows_of(synapses):
    rows = defaultdict(list)
    for row in synapses:
        rows[int(row["source"]), int(row["target"])].append([float(row["weight"]), float(row["psp"]), row["type"], int(row["delay"])])
    return rows


def arrow(path):
    import pyarrow.ipc

    def read(file):
        return pyarrow.ipc.open_file(str(file)).read_all()

    import polars

    synapses = read(path)
    assert rows_of(polars.read_ipc(path).to_dicts()) == rows_of(synapses.to_pylist())
    assert synapses.schema.field("delay").metadata[b"unit"] == b"burst" and b"provenance" in synapses.schema.metadata
    return read(path.with_suffix(".neurons.arrow")).num_rows, synapses.num_rows, rows_of(synapses.to_pylist())


def parquet(path):
    import pyarrow.parquet

    synapses = pyarrow.parquet.read_table(path)
    assert json.loads(synapses.schema.metadata[b"columns"])["delay"]["unit"] == "burst" and b"provenance" in synapses.schema.metadata
    import duckdb

    neurons = pyarrow.parquet.read_table(path.with_suffix(".neurons.parquet"))
    file = str(path).replace("'", "''")
    names = ["source", "target", "weight", "psp", "type", "delay"]
    read = duckdb.sql(f"select {', '.join(names)} from '{file}'").fetchall()
    assert rows_of([dict(zip(names, row)) for row in read]) == rows_of(synapses.to_pylist())
    assert set(neurons["area"].to_pylist()) and str(neurons.schema.field("id").type) == "uint32"
    return neurons.num_rows, synapses.num_rows, rows_of(synapses.to_pylist())


def sonata(path):
    """Walks the edges of every asked source forwards and of every target backwards; both ways have to meet."""
    import libsonata

    circuit = libsonata.CircuitConfig.from_file(str(path / "circuit_config.json"))
    nodes, edges = circuit.node_population("brain"), circuit.edge_population("brain__brain__chemical")
    neuron = nodes.get_attribute("neuron", nodes.select_all()).tolist()
    assert nodes.attribute_units("leak") == "1/burst" if hasattr(nodes, "attribute_units") else True
    areas = nodes.enumeration_values("area")
    extra["areas"] = sorted({areas[area] for area in nodes.get_enumeration("area", nodes.select_all())})
    place = {id: node for node, id in enumerate(neuron)}
    step = json.load(open(path / "circuit_config.json"))["run"]["dt"]
    rows = defaultdict(list)
    for source, target in pairs:
        forwards, backwards = edges.efferent_edges([place[source]]).flatten(), edges.afferent_edges([place[target]]).flatten()
        both = libsonata.Selection(sorted(set(forwards.tolist()) & set(backwards.tolist())))
        assert set(edges.source_nodes(both).tolist()) == {place[source]} and set(edges.target_nodes(both).tolist()) == {place[target]}
        values = [edges.get_attribute(name, both).tolist() for name in ("syn_weight", "psp", "inhibitory", "delay")]
        rows[source, target] = [[w, p, "inhibitory" if i else "excitatory", round(d / step)] for w, p, i, d in zip(*values)]
    spikes = path / "spikes.h5"
    if spikes.exists():
        read = libsonata.SpikeReader(str(spikes))["brain"]
        extra["spikes"] = [[round(time / step), neuron[node]] for node, time in read.get()]
    return nodes.size, edges.size, rows


def neuroml(path):
    """Valid by the schema. Cells of a population ascend by id, and the ids of each area come with the pairs."""
    from neuroml.loaders import read_neuroml2_file
    from neuroml.utils import validate_neuroml2

    with contextlib.redirect_stdout(sys.stderr):
        validate_neuroml2(str(path))
    network = read_neuroml2_file(str(path)).networks[0]
    ids = {}
    for population in network.populations:
        area = next(p.value for p in population.properties if p.tag == "cortical_id")
        ids[population.id] = given["ids"][area]
        assert len(population.instances) == population.get_size() == len(ids[population.id])
    rows, count = defaultdict(list), 0
    for projection in network.projections:
        for c in projection.connection_wds:
            count += 1
            source = ids[projection.presynaptic_population][c.get_pre_cell_id()]
            target = ids[projection.postsynaptic_population][c.get_post_cell_id()]
            rows[source, target].append([c.weight, round(c.get_delay_in_ms() / given["step"])])
    return sum(len(p.instances) for p in network.populations), count, rows


def neuroml_lif(path):
    """Valid by the schema; resting potential in mV and time constant in ms of each kind of cell, weight and delay in ms of each connection."""
    from neuroml.loaders import read_neuroml2_file
    from neuroml.utils import validate_neuroml2

    with contextlib.redirect_stdout(sys.stderr):
        validate_neuroml2(str(path))
    document = read_neuroml2_file(str(path))
    network = document.networks[0]

    def number(quantity):
        return float(quantity.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))

    extra["cells"] = [[number(c.leak_reversal), number(c.C) / number(c.leak_conductance)] for c in document.iaf_ref_cells]
    connections = [c for projection in network.projections for c in projection.connection_wds]
    extra["connections"] = [[c.weight, round(c.get_delay_in_ms(), 9)] for c in connections]
    return sum(len(p.instances) for p in network.populations), len(connections), defaultdict(list)


def nwb(path):
    """Valid for pynwb, and nothing in it that nwbinspector calls critical, but for the subject, which a simulation has none of."""
    import nwbinspector
    import pynwb

    problems = pynwb.validate(path=str(path))
    assert not (problems[0] if isinstance(problems, tuple) else problems), problems
    found = [m for m in nwbinspector.inspect_nwbfile(nwbfile_path=str(path)) if m.importance.name in ("CRITICAL", "ERROR")]
    assert {m.check_function_name for m in found} <= {"check_subject_exists"}, found
    with pynwb.NWBHDF5IO(str(path), "r") as io:
        session = io.read()
        units = session.units
        extra["spikes"] = [[time, int(id)] for id, times in zip(units.id[:], units["spike_times"][:]) for time in times]
        extra["areas"] = sorted(set(units["area"][:]))
        extra["potentials"] = {
            name: {"values": series.data[:].tolist(), "rate": float(series.rate), "start": float(series.starting_time), "unit": series.unit}
            for name, series in session.acquisition.items()
        }
    return None, None, defaultdict(list)


extra = {}
given = json.load(sys.stdin)
pairs = [tuple(pair) for pair in given["pairs"]]
neurons, synapses, rows = globals()[sys.argv[1]](Path(sys.argv[2]))
print(json.dumps({"neurons": neurons, "synapses": synapses, "rows": [sorted(rows.get(pair, [])) for pair in pairs], **extra}))
