/** Secrets that are known until the session ends: where this computer has no key store, and above one. */
import type { SecretStore } from "#services/ports.ts";

export interface KeyStore {
  find(name: string): Promise<string | null>;
  /** False where it could not be kept. */
  put(name: string, secret: string): Promise<boolean>;
  forget(name: string): Promise<void>;
}

/** `given`: what came with the environment. A secret of this session goes before a kept one. */
export function createSecrets(keyStore: KeyStore | null, given: Readonly<Record<string, string>> = {}): SecretStore {
  const session = new Map(Object.entries(given));
  return {
    hasKeyStore: keyStore !== null,
    async find(name) {
      const known = session.get(name);
      if (known !== undefined) return { secret: known, isKept: false };
      const kept = (await keyStore?.find(name)) ?? null;
      return kept === null ? null : { secret: kept, isKept: true };
    },
    async put(name, secret, isToBeKept) {
      const isKept = isToBeKept && ((await keyStore?.put(name, secret)) ?? false);
      if (isKept) session.delete(name);
      else {
        session.set(name, secret);
        await keyStore?.forget(name);
      }
      return { isKept };
    },
    async forget(name) {
      session.delete(name);
      await keyStore?.forget(name);
    },
  };
}
