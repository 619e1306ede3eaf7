/**
 * Text to condition. The grammar, loosest first:
 *   or := and { "or" and } ;  and := not { "and" not } ;  not := [ "not" ] cmp ;  cmp := sum [ (">"|">="|"<"|"<="|"=="|"!=") sum ]
 *   sum := product { ("+"|"-") product } ;  product := operand { ("*"|"/") operand } ;  operand := number | term | "(" or ")"
 * Ids are `N#4812`, `S#88121` or plain numbers. A name with blanks, commas, brackets or quotes in it stands in double quotes.
 */
import { type Condition, comparisons, conditionTerms, MAX_WINDOW } from "#contracts/conditions.ts";
import { LabError } from "#contracts/errors.ts";

const MAX_TEXT = 4000;
/** Brackets and `not` within each other. */
const MAX_DEPTH = 60;
const MAX_ID = 0xffffffff;
const example = "for example fires(V1) > 500";

export function parseCondition(text: string): Condition {
  if (text.length > MAX_TEXT) throw refusal(text, MAX_TEXT, `a condition has at most ${MAX_TEXT} characters`);
  const reader = new Reader(text);
  const condition = or(reader, 0);
  if (!reader.atEnd) reader.fail("and, or, a comparison or the end was expected");
  return condition;
}

function or(reader: Reader, depth: number): Condition {
  let left = and(reader, depth);
  while (reader.word("or")) left = { op: "or", left, right: and(reader, depth) };
  return left;
}

function and(reader: Reader, depth: number): Condition {
  let left = not(reader, depth);
  while (reader.word("and")) left = { op: "and", left, right: not(reader, depth) };
  return left;
}

function not(reader: Reader, depth: number): Condition {
  return reader.word("not") ? { op: "not", value: compared(reader, depth) } : compared(reader, depth);
}

function compared(reader: Reader, depth: number): Condition {
  const left = sum(reader, depth);
  const op = reader.symbol(comparisons);
  return op === null ? left : { op, left, right: sum(reader, depth) };
}

function sum(reader: Reader, depth: number): Condition {
  let left = product(reader, depth);
  for (let op = reader.symbol(["+", "-"]); op !== null; op = reader.symbol(["+", "-"])) left = { op, left, right: product(reader, depth) };
  return left;
}

function product(reader: Reader, depth: number): Condition {
  let left = operand(reader, depth);
  for (let op = reader.symbol(["*", "/"]); op !== null; op = reader.symbol(["*", "/"])) left = { op, left, right: operand(reader, depth) };
  return left;
}

function operand(reader: Reader, depth: number): Condition {
  const value = reader.number();
  if (value !== null) return { op: "number", value };
  if (reader.symbol(["("]) !== null) {
    if (depth >= MAX_DEPTH) reader.fail(`brackets go ${MAX_DEPTH} deep at most`);
    const inner = or(reader, depth + 1);
    reader.expect(")");
    return inner;
  }
  const start = reader.at;
  const name = reader.identifier();
  if (name === null) reader.fail("a number, a term or ( was expected");
  return term(reader, name, start);
}

function term(reader: Reader, name: string, start: number): Condition {
  const { areaTerms, windowTerms, neuronTerms, synapseTerms, hostTerms, namedTerms } = conditionTerms;
  const known = oneOf(name, [...areaTerms, ...windowTerms, ...neuronTerms, ...synapseTerms, ...hostTerms, ...namedTerms]);
  if (known === null) {
    const all = Object.values(conditionTerms).flat().join(", ");
    throw refusal(reader.text, start, `there is no term ${name}`, `Terms are ${all}.`);
  }
  reader.expect("(");
  const condition = ((): Condition => {
    const area = oneOf(name, areaTerms);
    if (area) return { op: area, area: reader.name("the name or id of an area") };
    const neuron = oneOf(name, neuronTerms);
    if (neuron) return { op: neuron, neuron: reader.id("N") };
    const synapse = oneOf(name, synapseTerms);
    if (synapse) return { op: synapse, synapse: reader.id("S") };
    const host = oneOf(name, hostTerms);
    if (host) return { op: host };
    const named = oneOf(name, namedTerms);
    if (named) return { op: named, name: reader.name("a name") };
    const window = oneOf(name, windowTerms)!;
    const of = reader.name("the name or id of an area");
    reader.expect(",");
    return { op: window, area: of, bursts: reader.whole("a number of bursts", 1, MAX_WINDOW) };
  })();
  reader.expect(")");
  return condition;
}

function oneOf<T extends string>(name: string, names: readonly T[]): T | null {
  return names.find((one) => one === name) ?? null;
}

class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
    this.#skip();
  }

  get atEnd(): boolean {
    return this.at === this.text.length;
  }

  /** A word of the grammar, when it stands here. */
  word(word: string): boolean {
    return this.#take(new RegExp(`${word}(?![A-Za-z0-9_])`, "y")) !== null;
  }

  /** The longest of the symbols that stands here. */
  symbol<T extends string>(symbols: readonly T[]): T | null {
    const found = symbols.filter((one) => this.text.startsWith(one, this.at)).sort((a, b) => b.length - a.length)[0];
    if (found === undefined) return null;
    this.at += found.length;
    this.#skip();
    return found;
  }

  expect(symbol: string): void {
    if (this.symbol([symbol]) === null) this.fail(`${symbol} was expected`);
  }

  identifier(): string | null {
    return this.#take(/[A-Za-z_]\w*/y);
  }

  number(): number | null {
    const found = this.#take(/-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (found === null) return null;
    const value = Number(found);
    if (!Number.isFinite(value)) this.fail("a finite number was expected before here");
    return value;
  }

  whole(what: string, least: number, most: number): number {
    const start = this.at;
    const found = this.#take(/\d+(?![\w.])/y);
    const value = Number(found);
    if (found === null || value < least || value > most) throw refusal(this.text, start, `${what} from ${least} to ${most} was expected`);
    return value;
  }

  /** An id, plain or with its letter. */
  id(letter: string): number {
    this.#take(new RegExp(`${letter}#`, "y"));
    return this.whole(`an id such as ${letter}#4812`, 0, MAX_ID);
  }

  name(what: string): string {
    const start = this.at;
    const quoted = this.#take(/"(?:[^"\\]|\\.)*"/y);
    const name = quoted === null ? this.#take(/[^\s,()"]+/y) : quoted.slice(1, -1).replace(/\\(.)/g, "$1");
    if (name === null || name === "") throw refusal(this.text, start, `${what} was expected`);
    return name;
  }

  fail(problem: string): never {
    throw refusal(this.text, this.at, problem);
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.at += found.length;
    this.#skip();
    return found;
  }

  #skip(): void {
    while (/\s/.test(this.text[this.at] ?? "")) this.at++;
  }
}

function refusal(text: string, at: number, problem: string, advice = `Write a condition such as ${example.slice(12)}.`): LabError {
  const found = text.slice(at).match(/^(?:[A-Za-z_0-9]+|.)/s)?.[0];
  const where = found === undefined ? "at the end" : `at character ${at + 1}, before ${found}`;
  return new LabError(
    "E_INVALID",
    `The condition was not understood ${where}: ${problem}`,
    { at: at + 1, found: found ?? "", text },
    advice,
  );
}
