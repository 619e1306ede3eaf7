//! Refuses an image that no engine could run, with the place. What passes needs no check in a burst.

use gyrus_types::EngineError;
use gyrus_types::lif::{DECAY_STEPS, LifImage, LifParameters, StdpProjection};
use gyrus_types::network::check_columns;

/// The index of a parameter set is a u16.
const MAX_SETS: usize = 1 << 16;

pub fn check_image(image: &LifImage) -> Result<(), EngineError> {
    let refuse = |reason: String| Err(EngineError::Network(reason));
    let (n, s) = (&image.neurons, &image.synapses);
    let lengths = [
        ("neurons.area", n.area.len(), n.count),
        ("neurons.x", n.x.len(), n.count),
        ("neurons.y", n.y.len(), n.count),
        ("neurons.z", n.z.len(), n.count),
        ("neurons.potential", n.potential.len(), n.count),
        ("neurons.parameterSet", n.parameter_set.len(), n.count),
        ("synapses.source", s.source.len(), s.count),
        ("synapses.target", s.target.len(), s.count),
        ("synapses.weight", s.weight.len(), s.count),
        ("synapses.delay", s.delay.len(), s.count),
    ];
    check_columns(n.count, s.count, &lengths)?;
    if !(image.step_ms.is_finite() && image.step_ms > 0.0) {
        return refuse("stepMs is no positive time".into());
    }
    if image.parameters.len() > MAX_SETS {
        return refuse("it has more parameter sets than indexes".into());
    }
    for (at, set) in image.parameters.iter().enumerate() {
        if let Some(fault) = fault_of_parameters(set) {
            return refuse(format!("parameters[{at}]: {fault}"));
        }
    }
    if let Some(fault) = fault_of_projections(image.projections) {
        return refuse(format!("projections: {fault}"));
    }
    let sets = image.parameters.len();
    let faults = [
        (
            "neurons.potential",
            "is not finite",
            n.potential.iter().position(|v| !v.is_finite()),
        ),
        (
            "neurons.parameterSet",
            "is no parameter set",
            n.parameter_set
                .iter()
                .position(|&set| usize::from(set) >= sets),
        ),
        (
            "synapses.source",
            "is no neuron",
            s.source.iter().position(|&id| id as usize >= n.count),
        ),
        (
            "synapses.target",
            "is no neuron",
            s.target.iter().position(|&id| id as usize >= n.count),
        ),
        (
            "synapses.weight",
            "is not finite",
            s.weight.iter().position(|w| !w.is_finite()),
        ),
        (
            "synapses.delay",
            "is 0; a spike takes at least one burst",
            s.delay.iter().position(|&d| d == 0),
        ),
    ];
    for (name, fault, at) in faults {
        if let Some(at) = at {
            return refuse(format!("{name}[{at}] {fault}"));
        }
    }
    Ok(())
}

/// Why a parameter set is none.
pub fn fault_of_parameters(set: &LifParameters) -> Option<&'static str> {
    let numbers = [
        set.threshold,
        set.reset,
        set.decay,
        set.drive,
        set.poisson_weight,
        set.resting_potential,
    ];
    if !numbers.iter().all(|number| number.is_finite()) {
        return Some("a parameter is not finite");
    }
    if !(0.0..=1.0).contains(&set.decay) {
        return Some("a decay lies outside 0 to 1");
    }
    if set.reset >= set.threshold {
        return Some("a reset potential is not below its threshold");
    }
    (!set.poisson_table.is_sorted()).then_some("a Poisson table does not ascend")
}

/// Why projections cannot stand together.
pub fn fault_of_projections(projections: &[StdpProjection]) -> Option<&'static str> {
    for (at, one) in projections.iter().enumerate() {
        if ![one.lambda, one.alpha, one.max_weight]
            .iter()
            .all(|number| number.is_finite())
            || one.max_weight == 0.0
        {
            return Some("a learning parameter is not finite, or a maximum is 0");
        }
        if one.mu_plus > 1 || one.mu_minus > 1 {
            return Some("an exponent is neither 0 nor 1");
        }
        let tables = [one.plus_low, one.plus_high, one.minus_low, one.minus_high];
        if tables.iter().any(|table| {
            table.len() != DECAY_STEPS || !table.iter().all(|share| (0.0..=1.0).contains(share))
        }) {
            return Some("a decay table is not 1024 shares of 0 to 1");
        }
        for other in &projections[..at] {
            if other.target_area == one.target_area {
                if other.source_area == one.source_area {
                    return Some("two projections join the same areas");
                }
                if other.minus_low != one.minus_low || other.minus_high != one.minus_high {
                    return Some("two projections into one area let its trace decay differently");
                }
            }
        }
    }
    None
}
