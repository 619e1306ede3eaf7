//! Checks a network image before anything of it is copied.

use gyrus_types::network::check_columns;
use gyrus_types::{Dynamics, EngineError, NetworkImage};

/// Refuses an image whose columns disagree or, in the standard dynamics, hold numbers that are not finite.
pub fn check_image(image: &NetworkImage) -> Result<(), EngineError> {
    let refuse = |reason: String| Err(EngineError::Network(reason));
    let (n, s) = (&image.neurons, &image.synapses);
    let lengths = [
        ("neurons.area", n.area.len(), n.count),
        ("neurons.x", n.x.len(), n.count),
        ("neurons.y", n.y.len(), n.count),
        ("neurons.z", n.z.len(), n.count),
        ("neurons.threshold", n.threshold.len(), n.count),
        ("neurons.thresholdLimit", n.threshold_limit.len(), n.count),
        ("neurons.leak", n.leak.len(), n.count),
        ("neurons.excitability", n.excitability.len(), n.count),
        (
            "neurons.refractoryPeriod",
            n.refractory_period.len(),
            n.count,
        ),
        (
            "neurons.consecutiveFireLimit",
            n.consecutive_fire_limit.len(),
            n.count,
        ),
        ("neurons.snoozePeriod", n.snooze_period.len(), n.count),
        ("neurons.accumulates", n.accumulates.len(), n.count),
        ("synapses.source", s.source.len(), s.count),
        ("synapses.target", s.target.len(), s.count),
    ];
    check_columns(n.count, s.count, &lengths)?;
    let one_or_each = [
        ("synapses.weight", s.weight.len()),
        ("synapses.psp", s.psp.len()),
        ("synapses.kind", s.kind.len()),
        ("synapses.delay", s.delay.len()),
        ("synapses.flags", s.flags.len()),
    ];
    for (name, length) in one_or_each {
        if length != s.count && length != 1 {
            let count = s.count;
            return refuse(format!("{name} has {length} values, not 1 or {count}"));
        }
    }
    if let Some(slot) = position(s.delay, |delay| delay == 0) {
        return refuse(format!(
            "synapses.delay[{slot}] is 0; a spike takes at least one burst"
        ));
    }
    let mut indices: Vec<u32> = image.areas.iter().map(|area| area.index).collect();
    indices.sort_unstable();
    if let Some(twice) = indices
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
    {
        return refuse(format!("area {twice} has settings twice"));
    }
    if let Some(area) = image
        .areas
        .iter()
        .find(|area| area.baseline_psp.is_some_and(f32::is_nan))
    {
        return refuse(format!(
            "the baseline of area {} is not a number",
            area.index
        ));
    }
    if image.dynamics == Dynamics::Standard {
        check_finite(image)?;
    }
    Ok(())
}

/// Position of the first value that is found at fault; by chunks, so that each is one plain loop without a way out.
fn position<T: Copy>(values: &[T], is_bad: impl Fn(T) -> bool) -> Option<usize> {
    const CHUNK: usize = 4096;
    let is_any = |chunk: &[T]| chunk.iter().fold(false, |any, &value| any | is_bad(value));
    let chunk = values.chunks(CHUNK).position(is_any)?;
    let rest = &values[chunk * CHUNK..];
    let at = rest.iter().position(|&value| is_bad(value))?;
    Some(chunk * CHUNK + at)
}

fn check_finite(image: &NetworkImage) -> Result<(), EngineError> {
    let columns = [
        ("neurons.threshold", image.neurons.threshold),
        ("neurons.thresholdLimit", image.neurons.threshold_limit),
        ("neurons.leak", image.neurons.leak),
        ("neurons.excitability", image.neurons.excitability),
        ("synapses.weight", image.synapses.weight),
        ("synapses.psp", image.synapses.psp),
    ];
    for (name, column) in columns {
        if let Some(at) = position(column, |value: f32| !value.is_finite()) {
            return Err(EngineError::Network(format!("{name}[{at}] is not finite")));
        }
    }
    let areas_are_finite = image
        .areas
        .iter()
        .all(|a| a.degeneration.is_finite() && a.baseline_psp.is_none_or(f32::is_finite));
    if !(image.power_amount.is_finite() && areas_are_finite) {
        return Err(EngineError::Network(
            "a power amount or area setting is not finite".into(),
        ));
    }
    Ok(())
}
