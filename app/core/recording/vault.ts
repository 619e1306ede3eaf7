/** What a recording needs of the machine: packing off the hot path, and a place for what memory has no room for. */
export interface RecordingVault {
  /** Packs without blocking the caller's thread. */
  pack(bytes: Uint8Array): Promise<Uint8Array>;
  unpack(packed: Uint8Array): Promise<Uint8Array>;
  /** Null where nothing can be written: the recording then has memory alone. */
  disk: RecordingDisk | null;
}

export interface RecordingDisk {
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Part of what was written. */
  read(name: string, from: number, length: number): Promise<Uint8Array>;
  remove(name: string): Promise<void>;
  /** Removes everything: a recording begins. */
  clear(): Promise<void>;
}
