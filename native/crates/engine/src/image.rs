//! Checks a network image before anything of it is copied.

use gyrus_types::network::MAX_NEURONS;
use gyrus_types::{Dynamics, EngineError, NetworkImage};

/// Refuses an image whose columns disagree or, in the standard dynamics, hold numbers that are not finite.
pub fn check_image(image: &NetworkImage) -> Result<(), EngineError> {
    let refuse = |reason: String| Err(EngineError::Network(reason));
    let (n, s) = (&image.neurons, &image.synapses);
    if n.count > MAX_NEURONS {
        return refuse(format!("{} neurons are more than {MAX_NEURONS}", n.count));
    }
    if u32::try_from(s.count).is_err() {
        return refuse(format!("{} synapses are too many", s.count));
    }
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
        ("synapses.weight", s.weight.len(), s.count),
        ("synapses.psp", s.psp.len(), s.count),
        ("synapses.kind", s.kind.len(), s.count),
        ("synapses.delay", s.delay.len(), s.count),
        ("synapses.flags", s.flags.len(), s.count),
    ];
    for (name, length, count) in lengths {
        if length != count {
            return refuse(format!("{name} has {length} values, not {count}"));
        }
    }
    if let Some(slot) = s.delay.iter().position(|&delay| delay == 0) {
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
        if let Some(at) = column.iter().position(|value| !value.is_finite()) {
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
