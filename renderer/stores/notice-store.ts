/** Short messages for the person at the bench, newest last. The same sentence twice in a row is one notice, counted. */
import { createStore, type StoreApi } from "zustand/vanilla";

interface Notice {
  id: number;
  severity: "info" | "warning" | "error";
  message: string;
  /** ms since 1970. */
  at: number;
  times: number;
}
interface NoticeState {
  notices: readonly Notice[];
  push(severity: Notice["severity"], message: string): void;
  dismiss(id: number): void;
}
export type NoticeStore = StoreApi<NoticeState>;

const mostNotices = 100;

export function createNoticeStore(): NoticeStore {
  let lastId = 0;
  return createStore<NoticeState>((set) => ({
    notices: [],
    push: (severity, message) =>
      set(({ notices }) => {
        const last = notices.at(-1);
        if (last && last.message === message && last.severity === severity) {
          return { notices: [...notices.slice(0, -1), { ...last, at: Date.now(), times: last.times + 1 }] };
        }
        return { notices: [...notices.slice(1 - mostNotices), { id: ++lastId, severity, message, at: Date.now(), times: 1 }] };
      }),
    dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  }));
}
