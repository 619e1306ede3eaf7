/**
 * Short messages for the person at the bench, newest last. The same sentence twice in a row is one notice, counted. One that was read
 * leaves the corner and stays in the list.
 */
import { createStore, type StoreApi } from "zustand/vanilla";

export interface Notice {
  id: number;
  severity: "info" | "warning" | "error";
  message: string;
  /** ms since 1970. */
  at: number;
  times: number;
  isRead: boolean;
}
interface NoticeState {
  notices: readonly Notice[];
  push(severity: Notice["severity"], message: string): void;
  /** Without an id: all of them. */
  read(id?: number): void;
  clear(): void;
}
export type NoticeStore = StoreApi<NoticeState>;

const mostNotices = 200;

export function createNoticeStore(): NoticeStore {
  let lastId = 0;
  return createStore<NoticeState>((set) => ({
    notices: [],
    push: (severity, message) =>
      set(({ notices }) => {
        const last = notices.at(-1);
        if (last && last.message === message && last.severity === severity) {
          return { notices: [...notices.slice(0, -1), { ...last, at: Date.now(), times: last.times + 1, isRead: false }] };
        }
        return {
          notices: [...notices.slice(1 - mostNotices), { id: ++lastId, severity, message, at: Date.now(), times: 1, isRead: false }],
        };
      }),
    read: (id) =>
      set(({ notices }) => ({
        notices: notices.map((notice) => (notice.isRead || (id !== undefined && notice.id !== id) ? notice : { ...notice, isRead: true })),
      })),
    clear: () => set({ notices: [] }),
  }));
}
