/** A place in a parsed JSON document that knows its path, so that a refusal says where. */
import { LabError } from "#contracts/errors.ts";

export class JsonPlace {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  get isAbsent(): boolean {
    return this.value === undefined;
  }

  get isNull(): boolean {
    return this.value === null;
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  /** Absent or an empty list. */
  get isEmpty(): boolean {
    return this.value === undefined || this.value === null || (Array.isArray(this.value) && this.value.length === 0);
  }

  refuse(message: string): never {
    const where = this.path === "" ? "the document" : this.path;
    throw new LabError("E_NETWORK", `The network file was refused: ${where} ${message}`, { issues: [{ path: this.path, message }] });
  }

  unsupported(what: string): never {
    throw new LabError("E_UNSUPPORTED", `The network file needs ${what}: ${this.path}`, { field: this.path });
  }

  /** A member of an object, present or not. */
  at(name: string): JsonPlace {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) this.refuse("is not an object");
    const value = Object.hasOwn(this.value, name) ? (this.value as Record<string, unknown>)[name] : undefined;
    return new JsonPlace(value, this.path === "" ? name : `${this.path}.${name}`);
  }

  members(): [string, JsonPlace][] {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) this.refuse("is not an object");
    return Object.keys(this.value).map((name) => [name, this.at(name)]);
  }

  /** The elements of a list. */
  list(): JsonPlace[] {
    if (!Array.isArray(this.value)) this.refuse("is not a list");
    return this.value.map((value, i) => new JsonPlace(value, `${this.path}[${i}]`));
  }

  /** A list of exactly `length` elements. */
  tuple(length: number): JsonPlace[] {
    const places = this.list();
    if (places.length !== length) this.refuse(`has ${places.length} elements where ${length} belong`);
    return places;
  }

  string(): string {
    if (typeof this.value !== "string") this.refuse("is not a text");
    return this.value;
  }

  bool(): boolean {
    if (typeof this.value !== "boolean") this.refuse("is neither true nor false");
    return this.value;
  }

  number(): number {
    if (typeof this.value !== "number" || !Number.isFinite(this.value)) this.refuse("is not a finite number");
    return this.value;
  }

  /** A real number, rounded to f32. */
  f32(): number {
    const rounded = Math.fround(this.number());
    if (!Number.isFinite(rounded)) this.refuse("does not fit a single-precision number");
    return rounded;
  }

  int(least: number, most: number): number {
    if (typeof this.value !== "number" || !Number.isInteger(this.value)) this.refuse("is not a whole number");
    if (this.value < least || this.value > most) this.refuse(`lies outside ${least}..${most}`);
    return this.value;
  }

  u32(): number {
    return this.int(0, 0xffffffff);
  }
}
