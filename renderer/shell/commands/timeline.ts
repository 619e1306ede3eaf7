/** Moving along the recording; the keys work with the focus in the timeline. */
import { followModes } from "../../stores/timeline-store.ts";
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";
import { goLive, goToFiring, togglePlay } from "./debugging.ts";

export function timelineCommands(parts: CommandParts): WindowCommand[] {
  const { stores } = parts;
  const { own, has, runPause, shownBurst } = commandWords(parts);
  const inTimeline = (id: string, title: string, key: string, run: () => void) =>
    own(id, title, "debug", run, { shortcuts: [key], context: "timeline", when: has });
  return [
    inTimeline("timeline.toggle", t("command.runPause"), "Space", runPause),
    inTimeline("timeline.back", t("command.timelineBack"), "ArrowLeft", () => stores.timeline.move(-1)),
    inTimeline("timeline.on", t("command.timelineOn"), "ArrowRight", () => stores.timeline.move(1)),
    inTimeline("timeline.back10", t("command.timelineBack10"), "Shift+ArrowLeft", () => stores.timeline.move(-10)),
    inTimeline("timeline.on10", t("command.timelineOn10"), "Shift+ArrowRight", () => stores.timeline.move(10)),
    own("timeline.pinLanes", t("command.pinLanes"), "debug", () => stores.lanes.toggle(stores.selection.getState().areas), {
      when: () => has() && stores.selection.getState().areas.length > 0,
    }),
    own("timeline.firingBefore", t("command.firingBefore"), "debug", () => goToFiring(parts, -1), { when: has }),
    own("timeline.firingAfter", t("command.firingAfter"), "debug", () => goToFiring(parts, 1), { when: has }),
    inTimeline("timeline.start", t("command.timelineStart"), "Home", () => stores.timeline.seek(0)),
    inTimeline("timeline.live", t("command.live"), "End", () => goLive(stores)),
    inTimeline("timeline.loopIn", t("command.loopIn"), "[", () => stores.timeline.setLoop("from", shownBurst())),
    inTimeline("timeline.loopOut", t("command.loopOut"), "]", () => stores.timeline.setLoop("to", shownBurst())),
    inTimeline("timeline.loop", t("command.loop"), "l", () => togglePlay(parts)),
    inTimeline("timeline.marker", t("command.marker"), "m", () => stores.timeline.toggleMarker(shownBurst())),
    ...followModes.map((mode) =>
      own(`timeline.follow.${mode}`, t(`command.follow.${mode}`), "debug", () => stores.timeline.setFollow(mode), {
        when: () => has() && stores.timeline.store.getState().follow !== mode,
      }),
    ),
    own("timeline.verify", t("command.verify"), "debug", () => stores.timeline.verify(), {
      when: () => has() && stores.timeline.store.getState().verified !== "running",
    }),
    inTimeline("timeline.closer", t("command.zoomIn"), "+", () => stores.timeline.zoom(0.5)),
    inTimeline("timeline.farther", t("command.zoomOut"), "-", () => stores.timeline.zoom(2)),
  ];
}
