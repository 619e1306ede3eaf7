/**
 * Conditions as one flat program over one column of numbers: what is asked of the brain, constants and intermediate results lie side
 * by side. A burst leaves the caches full of the brain; two short arrays are back sooner than a tree of functions.
 */
import type { Condition } from "#contracts/conditions.ts";

/** A term that asks something of the brain or the host. */
export type Leaf = Exclude<Condition, { left: Condition } | { op: "not" } | { op: "number" }>;

const operators = ["and", "or", "+", "-", "*", "/", ">", ">=", "<", "<=", "==", "!=", "not"] as const;
type Operator = (typeof operators)[number];
/** Operator, places of both operands, place of the result. */
const STEP = 4;

/** Lays the column out; every number of it has its place before the first burst. */
export class Column {
  readonly #first: number[] = [];

  /** `count` places in a row, from the returned one on. */
  reserve(count: number, value = Number.NaN): number {
    for (let i = 0; i < count; i++) this.#first.push(value);
    return this.#first.length - count;
  }

  take(): Float64Array {
    return Float64Array.from(this.#first);
  }
}

export class Program {
  readonly #column: Column;
  readonly #placeOfLeaf: (leaf: Leaf) => number;
  readonly #steps: number[] = [];
  /** Equal parts of conditions are worked out once. */
  readonly #places = new Map<string, number>();

  /** `placeOfLeaf`: where the value of a term will stand. */
  constructor(column: Column, placeOfLeaf: (leaf: Leaf) => number) {
    this.#column = column;
    this.#placeOfLeaf = placeOfLeaf;
  }

  /** The place in which `run` leaves the value of a condition: a number, or 1 and 0. */
  add(condition: Condition): number {
    const key = JSON.stringify(condition);
    const place = this.#places.get(key) ?? this.#placeOf(condition);
    this.#places.set(key, place);
    return place;
  }

  /** Adds a step over values that have places. */
  step(operator: Operator, left: number, right: number): number {
    const place = this.#column.reserve(1);
    this.#steps.push(operators.indexOf(operator), left, right, place);
    return place;
  }

  take(): Int32Array {
    return Int32Array.from(this.#steps);
  }

  #placeOf(condition: Condition): number {
    if ("left" in condition) return this.step(condition.op, this.add(condition.left), this.add(condition.right));
    if (condition.op === "not") {
      const value = this.add(condition.value);
      return this.step("not", value, value);
    }
    return condition.op === "number" ? this.#column.reserve(1, condition.value) : this.#placeOfLeaf(condition);
  }
}

/** Works out every step of a program that was taken. */
export function run(steps: Int32Array, column: Float64Array): void {
  for (let at = 0; at < steps.length; at += STEP) {
    const value = joined(operators[steps[at]!]!, column[steps[at + 1]!]!, column[steps[at + 2]!]!);
    column[steps[at + 3]!] = value;
  }
}

/** 0 and what is not known are false. */
export function isTrue(value: number): boolean {
  return value !== 0 && !Number.isNaN(value);
}

/** What an operator makes of two values. A comparison with what is not known is false. */
function joined(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case "and":
      return isTrue(left) && isTrue(right) ? 1 : 0;
    case "or":
      return isTrue(left) || isTrue(right) ? 1 : 0;
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case ">":
      return left > right ? 1 : 0;
    case ">=":
      return left >= right ? 1 : 0;
    case "<":
      return left < right ? 1 : 0;
    case "<=":
      return left <= right ? 1 : 0;
    case "==":
      return left === right ? 1 : 0;
    case "!=":
      return left < right || left > right ? 1 : 0;
    case "not":
      return isTrue(left) ? 0 : 1;
  }
}
