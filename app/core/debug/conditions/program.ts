/**
 * Conditions as one flat program over a column of inputs. A burst leaves the caches full of the brain; what lies in two arrays is
 * back sooner than a tree of functions.
 */
import type { Condition } from "#contracts/conditions.ts";

/** A term that asks something of the brain or the host. */
export type Leaf = Exclude<Condition, { left: Condition } | { op: "not" } | { op: "number" }>;

const operators = ["and", "or", "+", "-", "*", "/", ">", ">=", "<", "<=", "==", "!="] as const;
const INPUT = operators.length;
const NUMBER = INPUT + 1;
const NOT = INPUT + 2;

export class Program {
  /** Where each condition's code begins, and the end of the last. */
  readonly #start: Int32Array;
  /** Pairs of an operation and its argument, operands first. */
  readonly #code: Int32Array;
  readonly #numbers: Float64Array;
  readonly #stack: Float64Array;

  /** `inputOf`: where the value of a term will stand. */
  constructor(conditions: readonly Condition[], inputOf: (leaf: Leaf) => number) {
    const start = [0];
    const code: number[] = [];
    const numbers: number[] = [];
    const visit = (condition: Condition): number => {
      if ("left" in condition) {
        const depth = Math.max(visit(condition.left), 1 + visit(condition.right));
        code.push(operators.indexOf(condition.op), 0);
        return depth;
      }
      if (condition.op === "not") {
        const depth = visit(condition.value);
        code.push(NOT, 0);
        return depth;
      }
      if (condition.op === "number") code.push(NUMBER, numbers.push(condition.value) - 1);
      else code.push(INPUT, inputOf(condition));
      return 1;
    };
    let deepest = 0;
    for (const condition of conditions) {
      deepest = Math.max(deepest, visit(condition));
      start.push(code.length);
    }
    this.#start = Int32Array.from(start);
    this.#code = Int32Array.from(code);
    this.#numbers = Float64Array.from(numbers);
    this.#stack = new Float64Array(deepest);
  }

  /** The value of a condition: a number, or 1 and 0. */
  run(condition: number, inputs: Float64Array): number {
    const stack = this.#stack;
    const code = this.#code;
    let top = -1;
    for (let at = this.#start[condition]!; at < this.#start[condition + 1]!; at += 2) {
      const op = code[at]!;
      if (op === INPUT) stack[++top] = inputs[code[at + 1]!]!;
      else if (op === NUMBER) stack[++top] = this.#numbers[code[at + 1]!]!;
      else if (op === NOT) stack[top] = isTrue(stack[top]!) ? 0 : 1;
      else {
        const right = stack[top--]!;
        stack[top] = joined(operators[op]!, stack[top]!, right);
      }
    }
    return stack[0]!;
  }
}

/** 0 and what is not known are false. */
export function isTrue(value: number): boolean {
  return value !== 0 && !Number.isNaN(value);
}

/** What an operator makes of two values. A comparison with what is not known is false. */
function joined(op: (typeof operators)[number], left: number, right: number): number {
  switch (op) {
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
  }
}
