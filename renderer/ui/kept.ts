/** What is kept in this origin's storage is read again when another window of it has written it. */

export interface Kept {
  key: string;
  reread(): void;
}

export function followStorage(window: Pick<Window, "addEventListener" | "localStorage">, kept: readonly Kept[]): void {
  window.addEventListener("storage", ({ key, storageArea }) => {
    if (storageArea !== window.localStorage) return;
    for (const one of kept) if (one.key === key) one.reread();
  });
}
