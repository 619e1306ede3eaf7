/** A neuron by its area and number, and the way to select it. */
import { formatCount } from "../../ui/format.ts";
import { useAreaOf, useSelectNeuron } from "./area-of.ts";
import "./neuron-link.css";

export function NeuronLink({ neuron }: { neuron: number }) {
  const select = useSelectNeuron();
  const area = useAreaOf()(neuron);
  return (
    <button type="button" className="why-link num" onClick={() => select(neuron)}>
      {area && <span>{area.name}</span>} {formatCount(neuron)}
    </button>
  );
}
