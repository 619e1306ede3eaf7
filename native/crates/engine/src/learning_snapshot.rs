//! The sections of a snapshot that learning and memory neurons write, and reading them back.

use std::collections::VecDeque;

use gyrus_plasticity::{
    Learning as Rules, Mapping, Memory, Mode, ReplayFrame, ReplayRow, Track, Tracks, is_memory,
};
use gyrus_port::snapshot::{Sections, Shelf, Writer, refuse};
use gyrus_types::{EngineError, snapshot as layout};

use crate::extensions::read_extensions;
use crate::learning::Learning;
use crate::neurons::Neurons;

/// Largest window, and largest offset of a replay frame, in bursts.
pub(crate) const MAX_BURSTS: u32 = 65_535;
const BIDIRECTIONAL: u8 = 1;
const ASSOCIATIVE: u8 = 2;
const FROZEN: u8 = 4;

pub(crate) fn write_section(learning: &Learning, out: &mut Writer, id: u32) {
    match id {
        layout::TRACK_AREA..=layout::TRACK_FRAME_ID => write_tracks(&learning.rules, out, id),
        layout::MAPPING_SOURCE..=layout::MAPPING_GROUP => write_mappings(&learning.rules, out, id),
        layout::MODULATOR_DRIVER..=layout::MODULATOR_NUMBER => {
            learning.extensions.write_section(out, id);
        }
        _ => write_memory(&learning.rules.memory, out, id),
    }
}

fn write_tracks(rules: &Rules, out: &mut Writer, id: u32) {
    let frames = || rules.tracks.iter().flat_map(|track| &track.frames);
    match id {
        layout::TRACK_AREA => out.each_u32(rules.tracks.iter().map(|track| track.area)),
        layout::TRACK_EPISODIC => {
            out.each_u8(rules.tracks.iter().map(|track| u8::from(track.episodic)));
        }
        layout::TRACK_WINDOW => out.each_u32(rules.tracks.iter().map(|track| track.window)),
        layout::TRACK_FRAMES => {
            out.each_u32(rules.tracks.iter().map(|track| track.frames.len() as u32));
        }
        layout::TRACK_FRAME_SIZE => out.each_u32(frames().map(|frame| frame.len() as u32)),
        layout::TRACK_FRAME_ID => frames().for_each(|frame| out.u32s(frame)),
        _ => unreachable!("every section is listed"),
    }
}

fn write_mappings(rules: &Rules, out: &mut Writer, id: u32) {
    let each = || rules.mappings.iter();
    match id {
        layout::MAPPING_SOURCE => out.each_u32(each().map(|mapping| mapping.source)),
        layout::MAPPING_TARGET => out.each_u32(each().map(|mapping| mapping.target)),
        layout::MAPPING_MODE => out.each_u8(each().map(|mapping| match mapping.mode {
            Mode::Off => 0,
            Mode::Stdp => 1,
            Mode::Rewarded => 2,
        })),
        layout::MAPPING_WINDOW => out.each_u32(each().map(|mapping| mapping.window)),
        layout::MAPPING_RISE => out.each_u8(each().map(|mapping| mapping.rise)),
        layout::MAPPING_FALL => out.each_u8(each().map(|mapping| mapping.fall)),
        layout::MAPPING_ETA => out.each_f32(each().map(|mapping| mapping.eta)),
        layout::MAPPING_MAX_WEIGHT => out.each_f32(each().map(|mapping| mapping.max_weight)),
        layout::MAPPING_DECAY => out.each_f32(each().map(|mapping| mapping.decay)),
        layout::MAPPING_FLAGS => out.each_u8(each().map(|mapping| {
            let bit = |is_set, bit| if is_set { bit } else { 0 };
            bit(mapping.bidirectional, BIDIRECTIONAL)
                | bit(mapping.associative, ASSOCIATIVE)
                | bit(mapping.frozen, FROZEN)
        })),
        layout::MAPPING_PSP => out.each_f32(each().map(|mapping| mapping.psp)),
        layout::MAPPING_KIND => out.each_u8(each().map(|mapping| mapping.kind)),
        layout::MAPPING_DELAY => out.each_u8(each().map(|mapping| mapping.delay)),
        layout::MAPPING_GROUP => out.each_u32(each().map(|mapping| u32::from(mapping.group))),
        _ => unreachable!("every section is listed"),
    }
}

fn write_memory(memory: &Memory, out: &mut Writer, id: u32) {
    let injected = || memory.injected.iter();
    let twins = || memory.twins.iter();
    let frames = || {
        memory
            .frames
            .iter()
            .flat_map(|(&id, frames)| frames.iter().map(move |frame| (id, frame)))
    };
    let voxels =
        |axis: usize| frames().flat_map(move |(_, f)| f.voxels.iter().map(move |v| v[axis]));
    let replay = || memory.replay.iter();
    match id {
        layout::MEMORY_ID => out.each_u32(memory.areas.keys().copied()),
        layout::MEMORY_AREA => out.each_u32(memory.areas.values().copied()),
        layout::INJECTED_ID => out.each_u32(injected().map(|one| one.0)),
        layout::INJECTED_AREA => out.each_u32(injected().map(|one| one.1)),
        layout::INJECTED_POTENTIAL => out.each_f32(injected().map(|one| one.2)),
        layout::FIRED_MEMORY_AREA => out.u32s(&memory.fired_areas),
        layout::TWIN_MEMORY_AREA => out.each_u32(twins().map(|(key, _)| key.0)),
        layout::TWIN_UPSTREAM_AREA => out.each_u32(twins().map(|(key, _)| key.1)),
        layout::TWIN_AREA => out.each_u32(twins().map(|(_, &twin)| twin)),
        layout::FRAME_NEURON => out.each_u32(frames().map(|(id, _)| id)),
        layout::FRAME_OFFSET => out.each_u32(frames().map(|(_, frame)| frame.offset)),
        layout::FRAME_UPSTREAM_AREA => out.each_u32(frames().map(|(_, frame)| frame.upstream)),
        layout::FRAME_VOXELS => {
            out.each_u32(frames().map(|(_, frame)| frame.voxels.len() as u32));
        }
        layout::VOXEL_X..=layout::VOXEL_Z => {
            out.each_u32(voxels((id - layout::VOXEL_X) as usize));
        }
        layout::REPLAY_BURST => out.each_u32(replay().map(|row| row.burst)),
        layout::REPLAY_AREA => out.each_u32(replay().map(|row| row.area)),
        layout::REPLAY_POTENTIAL => out.each_f32(replay().map(|row| row.potential)),
        layout::REPLAY_X..=layout::REPLAY_Z => {
            let axis = (id - layout::REPLAY_X) as usize;
            out.each_u32(replay().map(|row| row.voxel[axis]));
        }
        _ => unreachable!("every section is listed"),
    }
}

/// What the learning sections hold, checked. `fired` is the fired list of the snapshot.
pub(crate) fn read(
    sections: &Sections,
    fired: &[(u32, f32)],
    neurons: &Neurons,
) -> Result<Learning, EngineError> {
    let mut rules = Rules::default();
    rules.tracks = read_tracks(sections)?;
    rules.mappings = read_mappings(sections)?;
    rules.memory = read_memory(sections, fired)?;
    let extensions = read_extensions(sections, neurons, &mut rules.memory)?;
    let mut learning = Learning::of(rules);
    learning.extensions = extensions;
    Ok(learning)
}

/// Sections that are only there where they have elements.
pub(crate) fn shelve(learning: &Learning, groups: &[u16]) -> Shelf {
    let mut shelf = Shelf::default();
    if groups.iter().any(|&group| group > 0) {
        shelf.u16s(layout::SYNAPSE_GROUP, groups.iter().copied());
    }
    let memory = &learning.rules.memory;
    learning.extensions.shelve(memory, &mut shelf);
    shelf
}

pub(crate) fn ascends<T: PartialOrd>(values: &[T]) -> bool {
    values.windows(2).all(|pair| pair[0] < pair[1])
}

/// Takes `count` elements off the front.
pub(crate) fn take<'a, T>(rest: &mut &'a [T], count: u32) -> Result<&'a [T], EngineError> {
    match rest.split_at_checked(count as usize) {
        Some((taken, left)) => {
            *rest = left;
            Ok(taken)
        }
        None => refuse("a list is shorter than its counts say"),
    }
}

pub(crate) fn is_used_up<T>(rest: &[T]) -> Result<(), EngineError> {
    if rest.is_empty() {
        Ok(())
    } else {
        refuse("a list is longer than its counts say")
    }
}

fn read_tracks(sections: &Sections) -> Result<Tracks, EngineError> {
    let count = sections.check_equal(&[
        layout::TRACK_AREA,
        layout::TRACK_EPISODIC,
        layout::TRACK_WINDOW,
        layout::TRACK_FRAMES,
    ])?;
    let areas = sections.u32s(layout::TRACK_AREA);
    let episodic = sections.bytes(layout::TRACK_EPISODIC);
    let windows = sections.u32s(layout::TRACK_WINDOW);
    let lengths = sections.u32s(layout::TRACK_FRAMES);
    let sizes = sections.u32s(layout::TRACK_FRAME_SIZE);
    let ids = sections.u32s(layout::TRACK_FRAME_ID);
    let (mut sizes, mut ids) = (&sizes[..], &ids[..]);
    let mut tracks = Vec::with_capacity(count);
    for at in 0..count {
        let (window, length) = (windows[at], lengths[at]);
        let is_window = (1..=MAX_BURSTS).contains(&window);
        if !is_window || episodic[at] > 1 || length > window || length > sections.burst() {
            return refuse("a fire ledger has an impossible window, kind or length");
        }
        let mut frames = VecDeque::with_capacity(length as usize);
        for &size in take(&mut sizes, length)? {
            let frame = take(&mut ids, size)?;
            if !ascends(frame) {
                return refuse("a frame of a fire ledger does not ascend");
            }
            frames.push_back(frame.to_vec());
        }
        tracks.push(Track {
            area: areas[at],
            episodic: episodic[at] == 1,
            window,
            frames,
        });
    }
    is_used_up(sizes)?;
    is_used_up(ids)?;
    let keys: Vec<_> = tracks.iter().map(|t| (t.area, t.episodic)).collect();
    if !ascends(&keys) {
        return refuse("its fire ledgers do not ascend");
    }
    Ok(Tracks::new(tracks))
}

fn read_mappings(sections: &Sections) -> Result<Vec<Mapping>, EngineError> {
    let ids: Vec<u32> = (layout::MAPPING_SOURCE..=layout::MAPPING_GROUP).collect();
    let count = sections.check_equal(&ids)?;
    let sources = sections.u32s(layout::MAPPING_SOURCE);
    let targets = sections.u32s(layout::MAPPING_TARGET);
    let windows = sections.u32s(layout::MAPPING_WINDOW);
    let [modes, rises, falls, flags, kinds, delays] = [
        layout::MAPPING_MODE,
        layout::MAPPING_RISE,
        layout::MAPPING_FALL,
        layout::MAPPING_FLAGS,
        layout::MAPPING_KIND,
        layout::MAPPING_DELAY,
    ]
    .map(|id| sections.bytes(id));
    let [etas, ceilings, shares, psps] = [
        layout::MAPPING_ETA,
        layout::MAPPING_MAX_WEIGHT,
        layout::MAPPING_DECAY,
        layout::MAPPING_PSP,
    ]
    .map(|id| sections.f32s(id));
    let groups = sections.u32s(layout::MAPPING_GROUP);
    let mut mappings = Vec::with_capacity(count);
    for at in 0..count {
        let mode = match modes[at] {
            0 => Mode::Off,
            1 => Mode::Stdp,
            2 => Mode::Rewarded,
            _ => return refuse("a mapping has no known mode"),
        };
        let is_window = (1..=MAX_BURSTS).contains(&windows[at]);
        let Ok(group) = u16::try_from(groups[at]) else {
            return refuse("a mapping has an impossible modulation group");
        };
        if !is_window || flags[at] > (BIDIRECTIONAL | ASSOCIATIVE | FROZEN) || delays[at] == 0 {
            return refuse("a mapping has an impossible window, delay or flag");
        }
        let mapping = Mapping {
            mode,
            window: windows[at],
            rise: rises[at],
            fall: falls[at],
            eta: etas[at],
            max_weight: ceilings[at],
            decay: shares[at],
            bidirectional: flags[at] & BIDIRECTIONAL != 0,
            associative: flags[at] & ASSOCIATIVE != 0,
            frozen: flags[at] & FROZEN != 0,
            psp: psps[at],
            kind: kinds[at],
            delay: delays[at],
            group,
            ..Mapping::new(sources[at], targets[at])
        };
        let numbers = [mapping.eta, mapping.max_weight, mapping.decay, mapping.psp];
        let is_finite = numbers.iter().all(|number| number.is_finite());
        if sections.mode() & layout::MODE_STRICT == 0 && !is_finite {
            return refuse("a number of a mapping is not finite");
        }
        mappings.push(mapping);
    }
    let pairs: Vec<_> = mappings.iter().map(Mapping::pair).collect();
    if !ascends(&pairs) {
        return refuse("its mappings do not ascend");
    }
    Ok(mappings)
}

fn read_memory(sections: &Sections, fired: &[(u32, f32)]) -> Result<Memory, EngineError> {
    let groups: [&[u32]; 5] = [
        &[layout::MEMORY_ID, layout::MEMORY_AREA],
        &[
            layout::INJECTED_ID,
            layout::INJECTED_AREA,
            layout::INJECTED_POTENTIAL,
        ],
        &[
            layout::TWIN_MEMORY_AREA,
            layout::TWIN_UPSTREAM_AREA,
            layout::TWIN_AREA,
        ],
        &[layout::VOXEL_X, layout::VOXEL_Y, layout::VOXEL_Z],
        &[
            layout::REPLAY_BURST,
            layout::REPLAY_AREA,
            layout::REPLAY_POTENTIAL,
            layout::REPLAY_X,
            layout::REPLAY_Y,
            layout::REPLAY_Z,
        ],
    ];
    for group in groups {
        sections.check_equal(group)?;
    }
    let ids = sections.u32s(layout::MEMORY_ID);
    let injected_ids = sections.u32s(layout::INJECTED_ID);
    let are_memory = |ids: &[u32]| ids.iter().all(|&id| is_memory(id));
    if !(ascends(&ids) && are_memory(&ids) && are_memory(&injected_ids)) {
        return refuse("its memory neurons do not ascend or have impossible ids");
    }
    let injected = sections
        .pairs(layout::INJECTED_AREA, layout::INJECTED_POTENTIAL)
        .into_iter()
        .zip(injected_ids)
        .map(|((area, potential), id)| (id, area, potential));
    let injected: Vec<_> = injected.collect();
    if sections.mode() & layout::MODE_STRICT == 0 && injected.iter().any(|one| !one.2.is_finite()) {
        return refuse("a memory injection is not finite");
    }
    let fired_areas = sections.u32s(layout::FIRED_MEMORY_AREA);
    if fired_areas.len() != fired.iter().filter(|one| is_memory(one.0)).count() {
        return refuse("memory neurons that fired have no area");
    }
    let upstream = sections.u32s(layout::TWIN_UPSTREAM_AREA);
    let keys: Vec<_> = sections
        .u32s(layout::TWIN_MEMORY_AREA)
        .into_iter()
        .zip(upstream)
        .collect();
    if !ascends(&keys) {
        return refuse("its twins do not ascend");
    }
    let mut memory = Memory {
        areas: ids
            .into_iter()
            .zip(sections.u32s(layout::MEMORY_AREA))
            .collect(),
        injected,
        twins: keys
            .into_iter()
            .zip(sections.u32s(layout::TWIN_AREA))
            .collect(),
        replay: read_replay(sections)?,
        fired_areas,
        ..Memory::default()
    };
    read_frames(sections, &mut memory)?;
    Ok(memory)
}

fn read_frames(sections: &Sections, memory: &mut Memory) -> Result<(), EngineError> {
    let count = sections.check_equal(&[
        layout::FRAME_NEURON,
        layout::FRAME_OFFSET,
        layout::FRAME_UPSTREAM_AREA,
        layout::FRAME_VOXELS,
    ])?;
    let neurons = sections.u32s(layout::FRAME_NEURON);
    if neurons.windows(2).any(|pair| pair[0] > pair[1]) || !neurons.iter().all(|&id| is_memory(id))
    {
        return refuse("its replay frames do not ascend or have impossible neurons");
    }
    let offsets = sections.u32s(layout::FRAME_OFFSET);
    let upstream = sections.u32s(layout::FRAME_UPSTREAM_AREA);
    let sizes = sections.u32s(layout::FRAME_VOXELS);
    let voxels = read_voxels(sections, layout::VOXEL_X);
    let mut voxels = &voxels[..];
    let kinds = optional_flags(sections, layout::FRAME_KIND, count)?;
    let potentials = sections.f32s(layout::FRAME_POTENTIAL);
    let mut potentials = &potentials[..];
    for at in 0..count {
        if offsets[at] > MAX_BURSTS {
            return refuse("a replay frame lies too far ahead");
        }
        let frame = ReplayFrame {
            offset: offsets[at],
            upstream: upstream[at],
            voxels: take(&mut voxels, sizes[at])?.to_vec(),
            potentials: if kinds[at] == 1 {
                Some(take(&mut potentials, sizes[at])?.to_vec())
            } else {
                None
            },
        };
        memory.frames.entry(neurons[at]).or_default().push(frame);
    }
    is_used_up(potentials)?;
    is_used_up(voxels)
}

/// A flag for each of so many rows; a section in which none is set is left out.
fn optional_flags(sections: &Sections, id: u32, count: usize) -> Result<Vec<u8>, EngineError> {
    let flags = sections.bytes(id);
    if flags.is_empty() {
        return Ok(vec![0; count]);
    }
    if flags.len() != count || flags.iter().any(|&flag| flag > 1) || !flags.contains(&1) {
        return refuse("a section of flags has the wrong length, sets none, or an unknown one");
    }
    Ok(flags.to_vec())
}

fn read_replay(sections: &Sections) -> Result<Vec<ReplayRow>, EngineError> {
    let bursts = sections.u32s(layout::REPLAY_BURST);
    if bursts.iter().any(|&burst| burst <= sections.burst()) {
        return refuse("a replay has an impossible burst");
    }
    let rows = sections
        .pairs(layout::REPLAY_AREA, layout::REPLAY_POTENTIAL)
        .into_iter()
        .zip(read_voxels(sections, layout::REPLAY_X));
    let kinds = optional_flags(sections, layout::REPLAY_KIND, bursts.len())?;
    let rows = bursts.into_iter().zip(rows).zip(kinds);
    let rows = rows.map(|((burst, ((area, potential), voxel)), kind)| ReplayRow {
        burst,
        area,
        potential,
        voxel,
        is_input: kind == 1,
    });
    Ok(rows.collect())
}

/// Coordinates from three sections that follow each other.
fn read_voxels(sections: &Sections, first: u32) -> Vec<[u32; 3]> {
    let [x, y, z] = [first, first + 1, first + 2].map(|id| sections.u32s(id));
    let yz = y.into_iter().zip(z);
    x.into_iter().zip(yz).map(|(x, (y, z))| [x, y, z]).collect()
}
