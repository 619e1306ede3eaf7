/** Help: what each view is for and how it is worked with. A paragraph a line. */
export const helpMessages = {
  "command.commands": "Commands only",
  "command.help": "Help for this view",
  "help.breakpoints":
    "A breakpoint pauses the brain on exactly the burst in which its condition holds; a tracepoint writes it down and goes on.\nConditions speak of areas and neurons: fires(V1) > 500, silent(Motor) > 30, potential(#4812) > 5. The preview says how often a condition would have held in the recording.\nHits are listed with the values they were met at; choosing one goes to its burst. A note can be written to each; it stays until the hits are forgotten or the lab ends, and in the log.",
  "help.everywhere": "The whole window",
  "help.explorer":
    "Brain regions and the cortical areas in them, with the share of neurons that fire. Type to filter; a selected area is selected in every view. A selection of several can be saved as a set; pressing the set selects them again, F2 renames it, Delete removes it.",
  "help.found": "{count} {count|page|pages}",
  "help.help":
    "The page of the view that had the focus when F1 was pressed. Shortcuts are printed as they are bound now; they can be changed under Keyboard shortcuts.",
  "help.inspector":
    "What is selected, with its parameters. A number is taken over by Enter or on leaving the field, checked by the host, and can be undone.\nOf a voxel it reads the neurons: membrane potential, threshold, refractory bursts. W asks why the neuron fired, or did not.",
  "help.log": "Every event that the host has stored, newest first: genomes, edits, checkpoints, rollouts, crashes.",
  "help.page": "Page",
  "help.phases":
    "One burst in its phases: inject, propagate, integrate, fire, learn. The burst has run as a whole; here it is looked into step by step.",
  "help.problems": "What is wrong or odd about this genome and this brain, with the area it concerns.",
  "help.raster":
    "Bursts across, neurons of the selected areas down, a mark where a neuron fired; above it the firings of each burst, to its right those of each row. Bursts the window was not sent are hatched, not shown as silence, and filled in from the recording while the brain is paused. A click selects the neuron and the burst, a box those that fired in it; with Alt its rows alone are shown. The wheel, plus and minus make bursts wider. Rows and columns sorts by rate, first spike or who fires together.",
  "help.rollout":
    "Which engine serves: the TypeScript reference or the native one, at 0, 10 or 100 % of the windows of bursts. Both give equal bits; a divergence is shown and goes back to the reference.",
  "help.scene":
    "Cortical areas as boxes, firings as light that fades with the bursts. Drag turns, Shift+drag moves, the wheel goes nearer.\nA click takes the area, a second one inside it the voxel, Escape goes one level up. What is left out of the picture is counted in a badge.",
  "help.search": "Search the help",
  "help.stimulate": "Paint voxels of an area and present them as input, once or repeatedly. Arrows move over the slice, Space paints.",
  "help.timeline":
    "Every burst that was recorded. Arrows go one burst, with Shift ten; End is live. Going back restores the brain as it was, bit for bit.",
  "help.watches": "Any term of a condition, read while the brain runs, with its last values as a line.",
  "help.why":
    "Why a neuron fired in a burst, or did not: every contribution in the order in which the engine summed it, up to the threshold.\nTick synapses and replay without them to see what was necessary. What it caused later is on the last page.\nCauses whose rows are open and effects are marked in the scene, with the mappings they came over.",
  "help.window":
    "Ctrl+K finds commands, areas, regions, mappings, neurons (#4812), voxels (V1 12,3,0), settings and help. Ctrl+F6 goes from one group of panels to the next.\nEvery action has a name here and a key that can be changed. Edits of the brain are undone by Ctrl+Z, changes of the layout by Ctrl+Alt+Z.",
  "palette.areasIn": "{count} {count|area|areas}",
  "palette.help": "Help",
  "palette.kind.area": "Cortical areas",
  "palette.kind.command": "Commands",
  "palette.kind.help": "Help",
  "palette.kind.layout": "Saved layouts",
  "palette.kind.mapping": "Mappings",
  "palette.kind.neuron": "Neuron",
  "palette.kind.region": "Brain regions",
  "palette.kind.set": "Sets of areas",
  "palette.kind.setting": "Settings",
  "palette.layout": "Layout",
  "palette.set": "Set of areas",
  "palette.neuron": "Neuron {neuron} · {place}",
  "palette.notNow": "not now",
  "palette.synapses": "{count} {count|synapse|synapses}",
  "panel.help": "Help",
} as const;
