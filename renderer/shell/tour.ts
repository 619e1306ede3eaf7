/**
 * The tour: seven steps, each done by the person on the brain that is open, not shown to them. A step is over when what it asks for has
 * happened, by whatever way. Where it was left is kept, so that it can be taken up again.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { LabStores } from "../stores/lab-stores.ts";
import { downloads } from "../ui/download.ts";
import type { PanelId } from "./panels.ts";

export const tourSteps = ["run", "select", "stimulate", "stepBack", "breakpoint", "why", "export"] as const;
export type TourStep = (typeof tourSteps)[number];

/** The view that a step needs open. */
export const tourPanels: Partial<Record<TourStep, PanelId>> = {
  select: "explorer",
  stimulate: "stimulate",
  breakpoint: "breakpoints",
  why: "inspector",
};

interface TourState {
  /** Null while no tour is under way. */
  step: TourStep | null;
  /** Where the next tour begins. */
  from: TourStep;
  /** Ended by doing or skipping the last step. */
  isDone: boolean;
}
export interface Tour {
  store: StoreApi<TourState>;
  /** Begins, or goes on where it was left. */
  start(): void;
  skip(): void;
  /** Leaves it; `start` goes on from the same step. */
  leave(): void;
}

const storageKey = "gyrus.tour";

export function createTour(stores: LabStores, storage: Storage): Tour {
  const kept = tourSteps.find((step) => step === storage.getItem(storageKey));
  const store = createStore<TourState>(() => ({ step: null, from: kept ?? "run", isDone: false }));
  let isMet: () => boolean = () => false;
  const enter = (step: TourStep) => {
    isMet = wait[step](stores);
    storage.setItem(storageKey, step);
    store.setState({ step, from: step, isDone: false });
  };
  const next = () => {
    const { step } = store.getState();
    const following = step === null ? undefined : tourSteps[tourSteps.indexOf(step) + 1];
    if (following) enter(following);
    else {
      storage.removeItem(storageKey);
      store.setState({ step: null, from: "run", isDone: true });
    }
  };
  const look = () => {
    if (store.getState().step !== null && isMet()) next();
  };
  for (const watched of [
    stores.brain,
    stores.selection,
    stores.stimuli,
    stores.debug.store,
    stores.why.store,
    stores.jobs.store,
    downloads,
  ])
    (watched as StoreApi<unknown>).subscribe(look);
  return {
    store,
    start: () => enter(store.getState().from),
    skip: next,
    leave: () => store.setState({ step: null }),
  };
}

/** What each step waits for, seen from the moment it begins. */
const wait: Record<TourStep, (stores: LabStores) => () => boolean> = {
  run:
    ({ brain }) =>
    () =>
      brain.getState().status?.state === "running",
  select:
    ({ selection }) =>
    () =>
      selection.getState().area !== null,
  stimulate({ stimuli }) {
    const before = new Set(stimuli.getState().stimuli.map(({ id }) => id));
    return () => stimuli.getState().stimuli.some(({ id }) => !before.has(id));
  },
  stepBack({ brain }) {
    let most = 0;
    return () => {
      const status = brain.getState().status;
      most = Math.max(most, status?.burst ?? 0);
      return status?.state === "paused" && status.burst < most;
    };
  },
  breakpoint({ debug }) {
    const before = new Set(debug.store.getState().breakpoints.map(({ id }) => id));
    return () => debug.store.getState().breakpoints.some(({ id }) => !before.has(id));
  },
  why({ why }) {
    const before = why.store.getState().question;
    return () => {
      const { question } = why.store.getState();
      return question !== null && question !== before;
    };
  },
  export({ jobs }) {
    const done = () => jobs.store.getState().jobs.filter(({ kind, state }) => kind === "export" && state === "done").length;
    const before = { exports: done(), files: downloads.getState().count };
    return () => done() > before.exports || downloads.getState().count > before.files;
  },
};
