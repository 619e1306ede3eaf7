//! The workloads as a table. All neurons are leaky integrate-and-fire with delta synapses; one burst is one step of `step_ms`.

#[derive(Clone, Copy)]
pub enum Shape {
    /// Source and target uniform.
    Uniform { synapses: u32 },
    /// So many synapses from every neuron to uniform targets.
    FanOut { each: u32 },
    /// One out, one in.
    Permutation,
    /// The first two neurons send to all others in turn.
    FromTwo { synapses: u32 },
    /// Fixed in-degree from excitatory and inhibitory neurons (Brunel 2000).
    Brunel { excitatory: u32, inhibitory: u32 },
}

#[derive(Clone, Copy)]
pub struct Workload {
    pub name: &'static str,
    pub neurons: u32,
    pub shape: Shape,
    /// Every neuron is driven so that it fires every so many bursts, one after the other; 0: none is driven.
    pub period: u32,
    /// So many neurons, from the first, are stimulated over threshold in every burst.
    pub stimulated: u32,
    pub step_ms: f32,
    /// Bursts a spike takes.
    pub delay: u32,
    pub refractory_bursts: u16,
    /// Bursts run before anything is timed.
    pub settling_bursts: u32,
}

impl Workload {
    pub fn is_brunel(&self) -> bool {
        matches!(self.shape, Shape::Brunel { .. })
    }
}

const fn driven(name: &'static str, neurons: u32, shape: Shape, period: u32) -> Workload {
    Workload {
        name,
        neurons,
        shape,
        period,
        stimulated: 0,
        step_ms: 1.0,
        delay: 1,
        refractory_bursts: 0,
        settling_bursts: 20,
    }
}

/// `delay` (1.5 ms), `refractory_bursts` (2 ms) and `settling_bursts` in steps.
const fn brunel(
    name: &'static str,
    step_ms: f32,
    delay: u32,
    refractory_bursts: u16,
    settling_bursts: u32,
) -> Workload {
    let shape = Shape::Brunel {
        excitatory: 1000,
        inhibitory: 250,
    };
    Workload {
        step_ms,
        delay,
        refractory_bursts,
        settling_bursts,
        ..driven(name, 12_500, shape, 0)
    }
}

const WORKLOADS: [Workload; 8] = [
    Workload {
        stimulated: 2,
        ..driven("P2", 12_000, Shape::FromTwo { synapses: 13_000 }, 0)
    },
    driven("W1low", 12_000, Shape::Uniform { synapses: 13_000 }, 100),
    driven("W1full", 12_000, Shape::Uniform { synapses: 13_000 }, 1),
    driven("W2", 1_200_000, Shape::Permutation, 1),
    brunel("W3", 0.1, 15, 20, 1000),
    brunel("W3b", 1.0, 1, 2, 100),
    driven("W4", 200_000, Shape::FanOut { each: 100 }, 67),
    driven("C", 100_000, Shape::FanOut { each: 100 }, 100),
];

pub fn find(name: &str) -> Option<Workload> {
    WORKLOADS.into_iter().find(|workload| workload.name == name)
}

pub fn names() -> Vec<&'static str> {
    WORKLOADS.iter().map(|workload| workload.name).collect()
}
