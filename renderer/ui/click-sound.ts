/** Clicks out of the loudspeaker: a short tone each, made by WebAudio; no file is loaded. */

/** A way to the loudspeaker. */
export interface ClickSound {
  /** `volume`: 0..1. */
  click(pitchHz: number, volume: number): void;
  close(): void;
}

const lastsSeconds = 0.03;
/** So many at once stay below full scale. */
const atOnce = 4;

/** The browser may hold sound back until a person has done something in the page; what was not heard then is not heard later. */
export function openClickSound(): ClickSound {
  const context = new AudioContext({ latencyHint: "interactive" });
  return {
    click(pitchHz, volume) {
      if (context.state !== "running") void context.resume();
      if (volume <= 0 || context.state !== "running") return;
      const from = context.currentTime;
      const tone = new OscillatorNode(context, { frequency: pitchHz });
      const envelope = new GainNode(context, { gain: 0 });
      envelope.gain.setValueAtTime(volume / atOnce, from);
      envelope.gain.exponentialRampToValueAtTime(0.0001, from + lastsSeconds);
      tone.connect(envelope).connect(context.destination);
      tone.start(from);
      tone.stop(from + lastsSeconds);
    },
    close: () => void context.close(),
  };
}
