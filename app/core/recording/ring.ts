/**
 * The recording's store: segments, each a keyframe and the bursts after it, oldest first, in bounded memory and then on a bounded disk.
 *
 * The oldest segments in memory go to disk when memory gets full, the oldest on disk are dropped, each whole, so what is left is
 * always a stretch without gap that begins with a keyframe. Where nothing can be written, memory alone is the ring.
 */
import type { Engine } from "../engine/engine.ts";
import { joined } from "./joined.ts";
import { type Block, type OpenBlock, openBlock, type Packer, type Tape } from "./tape.ts";
import type { RecordingVault } from "./vault.ts";

/** Neuron settings and wiring, shared by all keyframes between two changes of it. */
export interface Build {
  /** An engine that has it, never run; null when it is on disk only. */
  engine: Engine | null;
  /** Bytes it takes beside the living brain, which shares it until it changes. */
  bytes: number;
  /** The living brain has it still. */
  isLiving: boolean;
  /** On disk, as a packed snapshot. */
  file: { name: string; bytes: number } | null;
  segments: number;
}

export interface Segment {
  /** The keyframe holds the state after this burst. */
  readonly start: number;
  /** The state was put in place of the one that burst had left: a structural edit. */
  readonly isReplaced: boolean;
  readonly build: Build;
  /** The build's engine stands in this very state. */
  readonly isOrigin: boolean;
  /** Hash that ends the moment. */
  readonly hash: bigint;
  moment: { raw: Uint8Array | null; packed: Uint8Array | null };
  /** The last bytes of the moment so many are the state of what lives beside the engine. */
  readonly besideBytes: number;
  readonly tape: Tape;
  /** Last burst that counts; what is on tape beyond it belongs to a future that was given up. */
  end: number;
  sealed: boolean;
  /** False once dropped. */
  isKept: boolean;
  /** What the totals of the ring hold of it. */
  counted: { ram: number; disk: number };
  /** On disk: length of the moment, then of each block, one after another. */
  file: { name: string; moment: number; blocks: number[]; bytes: number } | null;
}

export interface RingLimits {
  ramBytes: number;
  diskBytes: number;
}

export interface RingOptions {
  vault: RecordingVault;
  limits: RingLimits;
  /** Told once when the disk refuses; recording goes on in memory. */
  onDiskLost(error: unknown): void;
}

/** Memory fills to this share before segments move to disk, so that they have time to. */
const SPILL_AT = 0.75;
/** Blocks kept open for reading. */
const OPEN_BLOCKS = 4;

export class Ring {
  readonly #vault: RecordingVault;
  readonly #onDiskLost: RingOptions["onDiskLost"];
  limits: RingLimits;
  /** Oldest first. */
  segments: Segment[] = [];
  #work: Promise<void> = Promise.resolve();
  #spilling = false;
  #diskLost = false;
  #files = 0;
  /** Of the segments, as counted last; their builds come on top. */
  #ramBytes = 0;
  #diskBytes = 0;
  readonly #builds = new Set<Build>();
  readonly #open = new Map<Block, OpenBlock>();

  constructor({ vault, limits, onDiskLost }: RingOptions) {
    this.#vault = vault;
    this.limits = limits;
    this.#onDiskLost = onDiskLost;
  }

  get ramBytes(): number {
    let sum = this.#ramBytes;
    for (const { engine, isLiving, bytes } of this.#builds) if (engine !== null && !isLiving) sum += bytes;
    return sum;
  }

  get diskBytes(): number {
    let sum = this.#diskBytes;
    for (const { file } of this.#builds) sum += file?.bytes ?? 0;
    return sum;
  }

  /** Takes a new segment, the newest, and packs the one before it. */
  push(segment: Segment): void {
    const before = this.segments.at(-1);
    segment.build.segments++;
    this.#builds.add(segment.build);
    this.segments.push(segment);
    if (before) this.#seal(before);
    this.#queue(async () => {
      const { raw } = segment.moment;
      if (raw !== null) segment.moment = { raw: null, packed: await this.#vault.pack(raw) };
      this.#count(segment);
      this.tidy();
    });
    this.tidy();
  }

  /** Packs a block that is full. */
  full(segment: Segment, block: Block): void {
    this.#queue(async () => {
      await block.pack(this.#pack);
      this.#count(segment);
      this.tidy();
    });
    this.tidy();
  }

  /** Gives up the newest segments that satisfy the test. */
  dropNewest(isDropped: (segment: Segment) => boolean): void {
    while (this.segments.length > 0 && isDropped(this.segments.at(-1)!)) this.#forget(this.segments.pop()!);
  }

  clear(): void {
    this.dropNewest(() => true);
  }

  /** Waits until all packing and writing has been done. */
  async settled(): Promise<void> {
    let work: Promise<void>;
    do {
      work = this.#work;
      await work;
    } while (work !== this.#work);
  }

  /** The moment of a keyframe, from wherever it lies. */
  async momentOf({ moment, file }: Segment): Promise<Uint8Array> {
    if (moment.raw !== null) return moment.raw;
    const packed = moment.packed ?? (await this.#vault.disk!.read(file!.name, 0, file!.moment));
    return this.#vault.unpack(packed);
  }

  /** The snapshot of a build that is on disk only. */
  async buildSnapshot({ file }: Build): Promise<Uint8Array> {
    return this.#vault.unpack(await this.#vault.disk!.read(file!.name, 0, file!.bytes));
  }

  /** The block of a burst, at once where it is in memory and open. */
  blockOf(segment: Segment, burst: number): OpenBlock | Promise<OpenBlock> {
    const block = segment.tape.blockOf(burst);
    if (block.words !== null) return { first: block.first, words: block.words, offsets: block.offsets };
    const known = this.#open.get(block);
    if (known) return known;
    return this.#unpacked(segment, block);
  }

  /** Moves the oldest segments out of memory, and drops the oldest of all, as the limits ask. */
  tidy(): void {
    const { ramBytes, diskBytes } = this.limits;
    const newest = this.segments.at(-1);
    if (newest) this.#count(newest);
    // Where there is a disk, builds are on their way to it; if the rest is over the limit, the disk does not keep up.
    const ram = () => (this.#canWrite ? this.#ramBytes : this.ramBytes);
    const isOver = () => this.diskBytes > diskBytes || ram() > ramBytes;
    while (isOver() && this.segments.length > 1) this.#dropOldest();
    if (!this.#canWrite || this.#spilling || this.ramBytes <= SPILL_AT * ramBytes) return;
    const oldest = this.segments.find(({ file, sealed }) => file === null && sealed);
    if (!oldest) return;
    this.#spilling = true;
    this.#queue(async () => {
      try {
        await this.#spill(oldest);
      } catch (error) {
        this.#diskLost = true;
        this.#onDiskLost(error);
      } finally {
        this.#spilling = false;
      }
      this.tidy();
    });
  }

  get #canWrite(): boolean {
    return this.#vault.disk !== null && !this.#diskLost && this.limits.diskBytes > 0;
  }

  #seal(segment: Segment): void {
    const last = segment.tape.blocks.at(-1);
    this.#queue(async () => {
      await last?.pack(this.#pack);
      segment.sealed = true;
      this.#count(segment);
      this.tidy();
    });
  }

  async #spill(segment: Segment): Promise<void> {
    const disk = this.#vault.disk!;
    const { build, moment, tape } = segment;
    if (!segment.isKept) return;
    if (build.file === null && build.engine !== null) {
      const bytes = await this.#vault.pack(build.engine.snapshot());
      const name = `build-${++this.#files}`;
      await disk.write(name, bytes);
      build.file = { name, bytes: bytes.length };
    }
    const parts = [moment.packed!, ...tape.blocks.map(({ packed }) => packed!)];
    const name = `bursts-${++this.#files}`;
    await disk.write(name, joined(parts));
    const [head, ...blocks] = parts.map(({ length }) => length);
    segment.file = { name, moment: head!, blocks, bytes: parts.reduce((sum, { length }) => sum + length, 0) };
    segment.moment = { raw: null, packed: null };
    for (const block of tape.blocks) block.packed = null;
    this.#count(segment);
    if (!segment.isKept) return this.#removeFiles(segment);
    const isHeld = this.segments.some((other) => other.build === build && other.file === null);
    if (!isHeld && !build.isLiving) this.#releaseEngine(build);
  }

  async #unpacked(segment: Segment, block: Block): Promise<OpenBlock> {
    let { packed } = block;
    if (packed === null) {
      const { name, moment, blocks } = segment.file!;
      const index = segment.tape.blocks.indexOf(block);
      const from = blocks.slice(0, index).reduce((sum, length) => sum + length, moment);
      packed = await this.#vault.disk!.read(name, from, blocks[index]!);
    }
    const opened = openBlock(block.first, await this.#vault.unpack(packed));
    this.#open.set(block, opened);
    if (this.#open.size > OPEN_BLOCKS) this.#open.delete(this.#open.keys().next().value!);
    return opened;
  }

  #dropOldest(): void {
    this.#forget(this.segments.shift()!);
  }

  #forget(segment: Segment): void {
    const { build, tape } = segment;
    for (const block of tape.blocks) this.#open.delete(block);
    this.#ramBytes -= segment.counted.ram;
    this.#diskBytes -= segment.counted.disk;
    segment.counted = { ram: 0, disk: 0 };
    segment.isKept = false;
    this.#removeFiles(segment);
    if (--build.segments > 0) return;
    this.#builds.delete(build);
    this.#releaseEngine(build);
    const { file } = build;
    if (file !== null) this.#queue(() => this.#vault.disk!.remove(file.name));
  }

  #removeFiles({ file }: Segment): void {
    if (file !== null) this.#queue(() => this.#vault.disk!.remove(file.name));
  }

  #releaseEngine(build: Build): void {
    build.engine?.dispose();
    build.engine = null;
  }

  /** Brings the totals up to what a segment takes now; one that was dropped takes nothing. */
  #count(segment: Segment): void {
    if (!segment.isKept) return;
    const { moment, tape, file, counted } = segment;
    const ram = ((moment.packed ?? moment.raw)?.length ?? 0) + tape.blocks.reduce((sum, { bytes }) => sum + bytes, 0);
    const disk = file?.bytes ?? 0;
    this.#ramBytes += ram - counted.ram;
    this.#diskBytes += disk - counted.disk;
    segment.counted = { ram, disk };
  }

  readonly #pack: Packer = (bytes) => this.#vault.pack(bytes);

  /** One piece of work after another, so that nothing is written before it is packed. */
  #queue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error) => {
      this.#diskLost = true;
      this.#onDiskLost(error);
    });
  }
}
