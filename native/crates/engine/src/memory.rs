//! What an engine's state takes, counted by what is allocated, not by what is in use.

use gyrus_port::MemoryBytes;

use crate::column::Bytes;
use crate::engine::Engine;
use crate::partition::Partition;

impl Engine {
    #[must_use]
    pub fn memory_bytes(&self) -> MemoryBytes {
        let neurons = self.neurons.bytes();
        let rows = self.synapses.row_bytes();
        let synapses = self.synapses.bytes();
        let lists = 4 * (self.fired.capacity() + self.fired_potential.capacity());
        let tables = self.is_driven.capacity() + 4 * self.divisor.capacity();
        let per_neuron = self.order.bytes() + lists + tables;
        let partitions: usize = self.partitions.iter().map(Partition::bytes).sum();
        let ring: usize = self.partitions.iter().map(Partition::ring_bytes).sum();
        let Bytes { all, shared } = [neurons, rows, synapses].into_iter().sum();
        MemoryBytes {
            neurons: neurons.all + rows.all + per_neuron + partitions,
            synapses: synapses.all,
            ring,
            shared,
            total: all + per_neuron + partitions + ring,
        }
    }
}
