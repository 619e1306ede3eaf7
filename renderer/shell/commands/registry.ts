/** Commands of the lab that change something and need no input: they enter by themselves. */
import { type CommandGroups, commandGroups } from "#contracts/commands.ts";
import type { CommandName } from "../../bridge/lab-bridge.ts";
import { t } from "../../ui/messages.ts";
import { type CommandGroup, type CommandParts, commandWords, hasBrain, type StatusCondition, type WindowCommand } from "./command.ts";
import { forkHere, reverseContinue } from "./debugging.ts";
import { keepRecording } from "./workspace.ts";

interface Binding {
  group: CommandGroup;
  shortcuts?: readonly string[];
  when?: StatusCondition;
}

/** What the registry cannot know: where a command belongs, its keys, and the states it makes sense in. */
const registryBindings: Partial<Record<CommandName, Binding>> = {
  "brain.run": { group: "brain", shortcuts: ["F5"], when: ({ state }) => state === "paused" },
  "brain.pause": { group: "brain", shortcuts: ["F6"], when: ({ state }) => state === "running" },
  "brain.step": { group: "brain", shortcuts: ["F10"], when: ({ state }) => state === "paused" },
  "time.stepBack": { group: "brain", shortcuts: ["Shift+F10"], when: hasBrain },
  "debug.reverseContinue": { group: "debug", shortcuts: ["Shift+F8"], when: hasBrain },
  "timeline.fork": { group: "debug", when: hasBrain },
  "time.keep": { group: "genome", when: hasBrain },
  "debug.clearHits": { group: "debug" },
  "brain.checkpoint": { group: "brain", when: hasBrain },
  "genome.cancel": { group: "genome", when: ({ state }) => state === "growing" },
  "connectome.undo": { group: "edit", shortcuts: ["$mod+z"], when: ({ canUndo }) => canUndo !== null },
  "connectome.redo": { group: "edit", shortcuts: ["$mod+Shift+z", "$mod+y"], when: ({ canRedo }) => canRedo !== null },
  "neo4j.sync": { group: "brain", when: hasBrain },
  "rollout.advance": { group: "rollout" },
  "rollout.rollback": { group: "rollout" },
  "rollout.enable": { group: "rollout" },
  "rollout.selftest": { group: "rollout", when: hasBrain },
};

/** Those whose answer is shown. */
const withAnswers: Partial<Record<CommandName, (parts: CommandParts) => void>> = {
  "debug.reverseContinue": reverseContinue,
  "timeline.fork": forkHere,
  "time.keep": (parts) => void keepRecording(parts),
};

export function registryCommands(parts: CommandParts): WindowCommand[] {
  const { own, call, connected, status } = commandWords(parts);
  const entering = Object.entries(commandGroups).flatMap(([group, table]) =>
    Object.entries(table as CommandGroups[keyof CommandGroups]).flatMap(([verb, command]) => {
      if (command.permission !== "write" || !command.input.safeParse({}).success) return [];
      const name = `${group}.${verb}` as CommandName;
      const { group: shown = "brain", shortcuts = [], when = () => true } = registryBindings[name] ?? {};
      const possible = () => {
        const now = status();
        return connected() && now !== null && when(now);
      };
      return [
        {
          id: name,
          title: command.title,
          group: shown,
          shortcuts,
          context: "window",
          when: possible,
          run: () => (withAnswers[name] ? withAnswers[name](parts) : call(name, {})),
        } as const,
      ];
    }),
  );

  return [
    ...entering,
    ...([0, 10, 100] as const).map((percent) =>
      own(`rollout.set.${percent}`, t("command.rolloutSet", { percent }), "rollout", () => call("rollout.set", { percent, reason: "" })),
    ),
  ];
}
