import { StartProblem } from "../start-problem.ts";

export type CommandValues = Record<string, string | boolean | undefined>;

/** One command of `npm run portal -- …`. Services are imported inside `run`: they read the settings when they load. */
export type Command = {
  /** As typed, for example `user add`. */
  name: string;
  summary: string;
  /** `--name` → what it takes; `true` marks the ones that must be given. */
  options: Record<string, { takes: string; required?: true }>;
  /** What `--json` prints. A result with `ok: false` ends with exit code 1. */
  run: (values: CommandValues) => Promise<Record<string, unknown>>;
  /** The same for people, a line each. */
  describe: (result: Record<string, unknown>) => string[];
  /** False for what must work while the database does not. */
  needsDatabase?: false;
};

/** The option as given. @throws {StartProblem} when it is one of several words and this is another */
export function oneOf<T extends string>(values: CommandValues, option: string, words: readonly T[]): T {
  const given = values[option];
  const word = words.find((candidate) => candidate === given);
  if (!word) throw new StartProblem(`--${option} must be one of ${words.join(", ")}; it is "${given}".`);
  return word;
}

/** The option's text; a required option is never absent here. */
export function textOf(values: CommandValues, option: string): string {
  return String(values[option] ?? "");
}
