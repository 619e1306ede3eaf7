/** The debugger: breakpoints, conditions over the recording, running to one and back to one. */
import type { z } from "zod";
import type { CallContext, ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import type { Condition } from "#contracts/conditions.ts";
import { type Account, type ConditionInput, type Hit, real } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import { effectsOf } from "#core/debug/causes/effects.ts";
import { causalTree } from "#core/debug/causes/tree.ts";
import { accountsOf } from "#core/debug/causes/why.ts";
import { without } from "#core/debug/causes/without.ts";
import { bindCondition, bindSynapses, isReplayable } from "#core/debug/conditions/bind.ts";
import { parseCondition } from "#core/debug/conditions/parse.ts";
import { isTrue } from "#core/debug/conditions/program.ts";
import { lastHit, warmUp, watchThrough } from "#core/debug/conditions/search.ts";
import { conditionText } from "#core/debug/conditions/text.ts";
import { Watch } from "#core/debug/conditions/watch.ts";
import { heldNeurons } from "#core/sensory/sensory-patch.ts";
import { hostTerms, namesOf, realTerms } from "./breakpoints.ts";
import type { Checkpointer } from "./checkpointer.ts";
import type { Editor } from "./editor.ts";
import type { LabState } from "./lab-state.ts";
import { goTo } from "./time-travel.ts";

/** Bursts that an evaluation lists. */
const LISTED_HITS = 100;
/** Times a condition is evaluated to tell what it costs. */
const TIMED_RUNS = 200;

export function createDebugService(
  state: LabState,
  editor: Editor,
  checkpointer: Checkpointer,
): ServiceOf<(typeof commandGroups)["debug"]> {
  const { breakpoints, ports } = state;
  const recorder = () => state.recording.recorder;
  const searching = ({ signal }: CallContext) => ({ signal, breathe: () => ports.clock.breathe() });
  /** The same, for who asks for causes. */
  const asking = (context: CallContext) => ({ ...searching(context), held: heldAt });
  const heldAt = (burst: number) => {
    const { input, connectome } = state.recording.contextOf(burst);
    return heldNeurons(input.sensory, burst, connectome);
  };

  /** The condition of this brain that was meant, and as it was written. */
  const meant = async (input: z.infer<typeof ConditionInput>): Promise<{ condition: Condition; text: string }> => {
    const parsed = typeof input === "string" ? parseCondition(input) : input;
    const names = namesOf(state.living.connectome);
    const named = bindCondition(parsed, names);
    const condition = await state.turns.take(async () => bindSynapses(named, state.living.runner.engine));
    return { condition, text: conditionText(condition, (area) => names.area(area)?.name ?? area) };
  };
  const watching = (conditions: Condition[]) => new Watch(conditions, namesOf(state.living.connectome), hostTerms(state));
  const armed = <T>(change: () => T): Promise<T> =>
    state.turns.take(async () => {
      const result = change();
      if (state.brain) await breakpoints.arm(state.brain);
      return result;
    });
  const noted = (what: string, source: string, data: Record<string, unknown>) =>
    state.record(`debug.${what}`, source, { brainId: state.brain?.id, ...data });

  return {
    async add({ condition: input, ...settings }, { source }) {
      const { condition, text } = await meant(input);
      const breakpoint = await armed(() => breakpoints.add(condition, text, settings));
      await noted("breakpoint_added", source, { id: breakpoint.id, text, ...settings });
      return breakpoint;
    },
    list: async () => breakpoints.list(),
    async update({ id, condition: input, ...settings }, { source }) {
      const change = { ...settings, ...(input === undefined ? {} : await meant(input)) };
      const breakpoint = await armed(() => breakpoints.update(id, change));
      await noted("breakpoint_changed", source, { id, text: breakpoint.text, ...settings });
      return breakpoint;
    },
    async remove({ id }, { source }) {
      await armed(() => breakpoints.remove(id));
      await noted("breakpoint_removed", source, { id });
      return breakpoints.list();
    },
    hits: async ({ limit }) => breakpoints.hits(limit),
    noteHit: async ({ id, note }) => breakpoints.noteHit(id, note.trim()),
    async clearHits() {
      breakpoints.clearHits();
      return [];
    },

    async evaluate({ condition: input, bursts }, context) {
      const { condition, text } = await meant(input);
      const { first, last } = recorder();
      const [from, to] = [Math.max(first, last - bursts + 1), last];
      const hits: number[] = [];
      if (bursts > 0 && from <= to) {
        const watch = watching([condition]);
        await watchThrough(watch, recorder(), [from, to], (burst) => watch.holds(0) && hits.push(burst), searching(context));
      }
      const now = await state.turns.take(() => valueNow(watching([condition])));
      return {
        text,
        condition,
        replayable: isReplayable(condition),
        value: real(now.value),
        holds: isTrue(now.value),
        terms: now.terms.map((term) => ({ text: term.text, value: real(term.value) })),
        recorded: { from, to, hits: hits.length, last: hits.slice(-LISTED_HITS) },
        microseconds: now.microseconds,
      };
    },

    async runTo({ condition: input, most }, { source, signal }) {
      const { condition, text } = await meant(input);
      if (state.clock.running || state.clock.stepping) throw new LabError("E_CONFLICT", "The brain is running", {}, "Pause it first.");
      state.failure = null;
      await noted("run_to", source, { text });
      const goal = breakpoints.aim(condition, text);
      try {
        await state.clock.step(most, signal);
      } finally {
        breakpoints.dropAim();
      }
      state.announceStatus();
      return { reached: goal.reached, status: state.status() };
    },

    async reverseContinue({ condition: input }, context) {
      await state.clock.pause();
      const sought = input === undefined ? enabledBreakpoints() : [{ id: "", ...(await meant(input)) }];
      const conditions = sought.map(({ condition }) => condition);
      const { at } = recorder();
      const found = await lastHit(() => watching(conditions), conditions.length, recorder(), at, searching(context));
      if (!found) return { reached: null, status: state.status() };
      const { burst, condition, terms } = found;
      await goTo({ state, editor, checkpointer }, burst, context);
      const { id, text } = sought[condition]!;
      const reached: Hit = {
        breakpoint: id,
        text,
        burst,
        timeline: state.timeline,
        action: "pause",
        terms: realTerms(terms),
      };
      return { reached, status: state.status() };
    },

    async why({ neuron, burst }, context) {
      const account = await accountOf(neuron, burst, context);
      if (account.fired) return account;
      throw new LabError("E_CONFLICT", account.sentence, { neuron, burst }, "debug.whyNot tells what was missing.");
    },
    async whyNot({ neuron, burst }, context) {
      const account = await accountOf(neuron, burst, context);
      if (!account.fired) return account;
      throw new LabError("E_CONFLICT", account.sentence, { neuron, burst }, "debug.why tells what made it fire.");
    },
    async effects(question, context) {
      void state.living;
      return effectsOf(recorder(), question, searching(context));
    },
    async tree(question, context) {
      void state.living;
      return causalTree(recorder(), question, asking(context));
    },
    async without(question, context) {
      void state.living;
      return without(recorder(), question, searching(context));
    },
  };

  async function accountOf(neuron: number, burst: number, context: CallContext): Promise<Account> {
    void state.living;
    return (await accountsOf(recorder(), [neuron], burst, asking(context))).get(neuron)!;
  }

  function enabledBreakpoints() {
    const pausing = breakpoints.list().filter(({ enabled, action, problem }) => enabled && action === "pause" && problem === null);
    const replayable = pausing.filter((one) => one.replayable);
    if (replayable.length > 0) return replayable;
    const reason = pausing.length > 0 ? "no enabled breakpoint looks at the brain alone" : "no breakpoint that pauses is enabled";
    throw new LabError("E_CONFLICT", `There is nothing to go back to: ${reason}`, {}, "Set one with debug.add, or give a condition.");
  }

  /** As the living brain stands; what no frame tells is read from its engine. */
  async function valueNow(watch: Watch) {
    const { runner } = state.living;
    const { burst, engine } = runner;
    const isRecorded = burst >= recorder().first && burst <= recorder().last;
    await warmUp(watch, recorder(), isRecorded ? burst - 1 : burst, { breathe: () => ports.clock.breathe() });
    watch.prime(engine);
    if (!isRecorded) return { value: watch.value(0), terms: watch.terms(0), microseconds: 0 };
    const { frame } = await recorder().recorded(burst);
    watch.observe(frame, engine);
    const now = { value: watch.value(0), terms: watch.terms(0) };
    const start = ports.clock.nowMs();
    for (let run = 0; run < TIMED_RUNS; run++) {
      watch.observe(frame, engine);
      watch.value(0);
    }
    return { ...now, microseconds: ((ports.clock.nowMs() - start) * 1000) / TIMED_RUNS };
  }
}
