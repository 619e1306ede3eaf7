/** How a population fires as a whole: spread of its counts, synchrony and power spectrum of its firings per burst. */

/**
 * Variance over mean of the firings in consecutive windows of `window` bursts, from the first burst on; what is left over at the end is
 * not counted. 1 for a Poisson process. The variance is the mean square of the differences, divided by the number of windows. Source: Fano
 * 1947, Phys. Rev. 72:26. Null where there are fewer than two windows, or nothing fired.
 */
export function fanoFactor(firings: readonly number[], window: number): number | null {
  const windows = Math.floor(firings.length / window);
  if (windows < 2) return null;
  const counts = Array.from({ length: windows }, (_, at) => sumOf(firings.slice(at * window, (at + 1) * window)));
  const mean = sumOf(counts) / windows;
  return mean === 0 ? null : sumOf(counts.map((count) => (count - mean) ** 2)) / windows / mean;
}

/**
 * Variance over time of the population's mean activity, over the mean variance of its neurons, of which a neuron that fires in a share p
 * of the bursts has p(1 − p). Source: Golomb and Rinzel 1994, Physica D 72:259, eqs. 3.1 to 3.3. Null where no neuron varies.
 */
export function synchrony(firings: readonly number[], spikesByNeuron: Iterable<number>, neurons: number): number | null {
  const bursts = firings.length;
  if (bursts === 0 || neurons === 0) return null;
  const mean = sumOf(firings) / bursts / neurons;
  const ofPopulation = sumOf(firings.map((count) => (count / neurons - mean) ** 2)) / bursts;
  let ofNeurons = 0;
  for (const spikes of spikesByNeuron) ofNeurons += (spikes / bursts) * (1 - spikes / bursts);
  return ofNeurons === 0 ? null : ofPopulation / (ofNeurons / neurons);
}

export interface PowerSpectrum {
  segment: number;
  segments: number;
  /** power[k] at k / segment cycles per burst, k from 0 to segment / 2. */
  power: number[];
}

const LONGEST_SEGMENT = 256;
const SHORTEST_SEGMENT = 16;

/**
 * Welch's estimate: Hann windows over segments that overlap by half, the mean of the whole taken out, one-sided. Its sum over
 * frequencies, divided by the segment's length, is the variance. Source: Welch 1967, IEEE Trans. Audio 15:70. Null: too few bursts.
 */
export function powerSpectrum(firings: readonly number[]): PowerSpectrum | null {
  let segment = LONGEST_SEGMENT;
  while (segment > firings.length) segment /= 2;
  if (segment < SHORTEST_SEGMENT) return null;
  const mean = sumOf(firings) / firings.length;
  const hann = Array.from({ length: segment }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / segment));
  const weight = sumOf(hann.map((w) => w * w));
  const turn = Array.from(
    { length: segment },
    (_, n) => [Math.cos((2 * Math.PI * n) / segment), Math.sin((2 * Math.PI * n) / segment)] as const,
  );
  const power = new Array<number>(segment / 2 + 1).fill(0);
  let segments = 0;
  for (let start = 0; start + segment <= firings.length; start += segment / 2, segments++) {
    const windowed = hann.map((w, n) => w * (firings[start + n]! - mean));
    for (let k = 0; k < power.length; k++) {
      let [re, im] = [0, 0];
      for (let n = 0; n < segment; n++) {
        const [cos, sin] = turn[(k * n) % segment]!;
        re += windowed[n]! * cos;
        im -= windowed[n]! * sin;
      }
      const isDoubled = k > 0 && k < segment / 2;
      power[k]! += ((isDoubled ? 2 : 1) * (re * re + im * im)) / weight;
    }
  }
  return { segment, segments, power: power.map((sum) => sum / segments) };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
