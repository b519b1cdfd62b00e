import { invalid } from "./errors.ts";
import type { Tree } from "./form.ts";

/** Reads a request's parameters by name and refuses what nobody read, as Stripe does. */
export class Params {
  readonly #tree: Tree;
  readonly #path: string;
  readonly #read = new Set<string>();
  readonly #inner: Params[] = [];

  constructor(tree: Tree, path = "") {
    this.#tree = tree;
    this.#path = path;
  }

  nameOf(name: string): string {
    return this.#path ? `${this.#path}[${name}]` : name;
  }

  has(name: string): boolean {
    return name in this.#tree;
  }

  text(name: string, { max = 5000 } = {}): string | null {
    this.#read.add(name);
    const value = this.#tree[name];
    if (value === undefined) return null;
    const full = this.nameOf(name);
    if (typeof value !== "string") throw invalid(`Invalid string: ${JSON.stringify(value)}`, undefined, full);
    if (value === "") {
      throw invalid(
        `You passed an empty string for '${full}'. We assume empty values are an attempt to unset a parameter; however '${full}' cannot be unset. You should remove '${full}' from your request or supply a non-empty value.`,
        "parameter_invalid_empty",
        full,
      );
    }
    if (value.length > max) {
      throw invalid(`Invalid string: must be at most ${max} characters`, "parameter_invalid_string", full);
    }
    return value;
  }

  requiredText(name: string): string {
    return this.text(name) ?? this.missing(name);
  }

  integer(name: string): number | null {
    const value = this.text(name);
    if (value === null) return null;
    if (/^-?\d{1,15}$/.test(value)) return Number(value);
    throw invalid(`Invalid integer: ${value}`, "parameter_invalid_integer", this.nameOf(name));
  }

  requiredInteger(name: string): number {
    return this.integer(name) ?? this.missing(name);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | null {
    const value = this.text(name);
    if (value === null) return null;
    const found = allowed.find((candidate) => candidate === value);
    if (found) return found;
    throw invalid(
      `Invalid ${this.nameOf(name)}: must be one of ${allowed.join(", ")}`,
      undefined,
      this.nameOf(name),
    );
  }

  group(name: string): Params | null {
    this.#read.add(name);
    const value = this.#tree[name];
    if (value === undefined) return null;
    if (typeof value === "string")
      throw invalid("Invalid object", "parameter_invalid_empty", this.nameOf(name));
    const inner = new Params(value, this.nameOf(name));
    this.#inner.push(inner);
    return inner;
  }

  groups(name: string): Params[] {
    const list = this.group(name);
    if (!list) return [];
    return Object.keys(list.#tree).map((key) => list.group(key) ?? this.missing(name));
  }

  texts(name: string): string[] {
    const list = this.group(name);
    return list ? Object.keys(list.#tree).map((key) => list.requiredText(key)) : [];
  }

  /** At most 50 keys of 40 characters with values of 500. */
  metadata(name = "metadata"): Record<string, string> {
    const list = this.group(name);
    const keys = list ? Object.keys(list.#tree) : [];
    if (keys.length > 50) throw invalid("Metadata can have at most 50 keys.", undefined, this.nameOf(name));
    const long = keys.find((key) => key.length > 40);
    if (long) {
      throw invalid(
        `Metadata key names can be up to 40 characters long; '${long}' is ${long.length}.`,
        undefined,
        this.nameOf(name),
      );
    }
    return Object.fromEntries(keys.map((key) => [key, list?.text(key, { max: 500 }) ?? ""]));
  }

  /** What this simulator takes as it is and gives back. */
  echo(name: string): Tree | string | null {
    this.#read.add(name);
    return this.#tree[name] ?? null;
  }

  /** What exists at Stripe and not here: it says so, as loudly as for what is unknown. */
  absent(names: readonly string[]): void {
    for (const name of names) {
      this.#read.add(name);
      const full = this.nameOf(name);
      if (this.has(name)) throw invalid(`This simulator has no ${full}.`, "parameter_unsupported", full);
    }
  }

  missing(name: string): never {
    const full = this.nameOf(name);
    throw invalid(`Missing required param: ${full}.`, "parameter_missing", full);
  }

  /** Call when all is read. */
  done(): void {
    const unknown = Object.keys(this.#tree).find((name) => !this.#read.has(name));
    if (unknown) {
      const full = this.nameOf(unknown);
      throw invalid(`Received unknown parameter: ${full}`, "parameter_unknown", full);
    }
    for (const inner of this.#inner) inner.done();
  }
}
