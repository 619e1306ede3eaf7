/** What is worth telling somebody who looks elsewhere: work that ended, and which file is open now. Read off the host's announcements. */
import { z } from "zod";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { Announcement } from "#contracts/wire.ts";

/** What a page wants told. */
export const Notice = z.strictObject({ title: z.string().min(1).max(120), body: z.string().max(400) });

export interface News {
  /** For the system's notifications, while no window has the focus. */
  notice?: { title: string; body: string };
  /** For the system's list of recent files. */
  opened?: string;
}

export function createNews(): (announcement: Announcement) => News {
  let before: BrainStatus | null = null;
  return (announcement) => {
    switch (announcement.type) {
      case "brain.status": {
        const { status } = announcement;
        const grown = before?.state === "growing" && status.brainId !== null && status.state !== "growing";
        const file = fileOf(status);
        const opened = file !== null && file !== fileOf(before) ? file : undefined;
        before = status;
        return {
          ...(grown && {
            notice: { title: "The brain has grown", body: `${status.title}: ${status.neurons} neurons, ${status.synapses} synapses` },
          }),
          ...(opened !== undefined && { opened }),
        };
      }
      case "growth.failed":
        return { notice: { title: "The genome was not loaded", body: `${announcement.name}: ${announcement.problems[0]?.message ?? ""}` } };
      case "evolution.progress": {
        const { name, state } = announcement;
        if (state === "finished") return { notice: { title: "The experiment has ended", body: name } };
        if (state === "failed") return { notice: { title: "The experiment failed", body: name } };
        return {};
      }
      default:
        return {};
    }
  };
}

/** Of the brain on the bench, a recording's included. */
const fileOf = (status: BrainStatus | null): string | null => status?.genomePath ?? status?.kept?.path ?? null;
