/**
 * What a stretch of drawing costs: bytes handed to the graphics card, time of the window's thread, time until the card is done,
 * and, where the browser tells, the card's own time. Waiting for the card is a read-back of one texel: `finish` does not wait
 * in Chromium.
 */

export interface Cost {
  bytes: number;
  /** Time of the window's thread in ms. */
  threadMs: number;
  /** Until the card has done it, in ms. */
  wholeMs: number;
  /** Of `wholeMs`, handing over buffers, waited for; null where it was not measured apart. */
  uploadMs: number | null;
  /** The card's own clock in ms; null where the browser does not tell. */
  cardMs: number | null;
}

/** EXT_disjoint_timer_query_webgl2 */
interface TimerExtension {
  TIME_ELAPSED_EXT: number;
  GPU_DISJOINT_EXT: number;
}

export class GlMeter {
  readonly #gl: WebGL2RenderingContext;
  readonly #timer: TimerExtension | null;
  readonly #target: WebGLFramebuffer;
  readonly #texel = new Uint8Array(4);
  #bytes = 0;
  #uploadMs = 0;
  #apart = false;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#timer = gl.getExtension("EXT_disjoint_timer_query_webgl2") as TimerExtension | null;
    this.#target = gl.createFramebuffer();
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, 1, 1);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#target);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.bindTexture(gl.TEXTURE_2D, null);
    this.#watch("bufferData");
    this.#watch("bufferSubData");
  }

  get hasClock(): boolean {
    return this.#timer !== null;
  }

  /** Returns when the card has done all it was told. */
  wait(): void {
    const gl = this.#gl;
    const before = gl.getParameter(gl.READ_FRAMEBUFFER_BINDING) as WebGLFramebuffer | null;
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, this.#target);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, this.#texel);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, before);
  }

  /** `apart` waits around every hand-over too: `uploadMs` is then right and `wholeMs` a little long. */
  async measure(work: () => void, apart: boolean): Promise<Cost> {
    const gl = this.#gl;
    const query = this.#timer && !apart ? gl.createQuery() : null;
    this.wait();
    this.#bytes = 0;
    this.#uploadMs = 0;
    this.#apart = apart;
    if (this.#timer && query) gl.beginQuery(this.#timer.TIME_ELAPSED_EXT, query);
    const startedAt = performance.now();
    work();
    const threadMs = performance.now() - startedAt;
    if (this.#timer && query) gl.endQuery(this.#timer.TIME_ELAPSED_EXT);
    this.wait();
    const wholeMs = performance.now() - startedAt;
    this.#apart = false;
    return { bytes: this.#bytes, threadMs, wholeMs, uploadMs: apart ? this.#uploadMs : null, cardMs: query && (await this.#read(query)) };
  }

  async #read(query: WebGLQuery): Promise<number | null> {
    const gl = this.#gl;
    for (let turn = 0; turn < 200; turn++) {
      if (gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE)) {
        const nanoseconds = gl.getQueryParameter(query, gl.QUERY_RESULT) as number;
        gl.deleteQuery(query);
        return gl.getParameter(this.#timer!.GPU_DISJOINT_EXT) ? null : nanoseconds / 1e6;
      }
      await new Promise((next) => setTimeout(next));
    }
    return null;
  }

  #watch(name: "bufferData" | "bufferSubData"): void {
    const gl = this.#gl;
    const original = gl[name].bind(gl) as (...given: unknown[]) => void;
    const watched = (...given: unknown[]) => {
      this.#bytes += bytesOf(name, given);
      if (!this.#apart) return original(...given);
      this.wait();
      const startedAt = performance.now();
      original(...given);
      this.wait();
      this.#uploadMs += performance.now() - startedAt;
    };
    Object.assign(gl, { [name]: watched });
  }
}

/** bufferData(target, size | source, usage), bufferSubData(target, offset, source, from?, length?) in elements of the source. */
function bytesOf(name: "bufferData" | "bufferSubData", given: unknown[]): number {
  const source = name === "bufferData" ? given[1] : given[2];
  // A bare size reserves memory and hands nothing over.
  if (!ArrayBuffer.isView(source)) return 0;
  const [from = 0, length = 0] = given.slice(3) as number[];
  if (name === "bufferData" || given.length < 4) return source.byteLength;
  const each = "BYTES_PER_ELEMENT" in source ? (source.BYTES_PER_ELEMENT as number) : 1;
  return length > 0 ? length * each : source.byteLength - from * each;
}
