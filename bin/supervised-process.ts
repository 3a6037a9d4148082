import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { ROOT } from "./ensure-installed.mjs";

/** Makes a child leave when its supervisor is gone; it needs a piped stdin and CASEBENCH_SUPERVISOR. */
export const PRELOAD = pathToFileURL(join(ROOT, "bin", "exit-with-supervisor.mjs")).href;
/** A process that lived this long had started well: the next failure counts as the first again. */
const HEALTHY_AFTER_MS = 30_000;
const LONGEST_BACKOFF_MS = 10_000;

export type SupervisedProcess = {
  /** Asks with SIGTERM, then kills; resolves when the process is gone. */
  stop: (patienceMs?: number) => Promise<void>;
};

/**
 * Runs a Node program and starts it again whenever it ends, with growing pauses. It leaves by itself when this process dies.
 * @param args script first, then its arguments
 * @param onLine one line of its output, without the newline
 * @param onProblem a sentence about an unexpected end
 */
export function superviseProcess(options: {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  onLine: (line: string) => void;
  onProblem: (sentence: string) => void;
}): SupervisedProcess {
  let stopping = false;
  let child: ChildProcessByStdio<Writable, Readable, Readable> | undefined;
  let failures = 0;

  const run = (): Promise<string> => {
    const process_ = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "--import", PRELOAD, ...options.args],
      {
        cwd: ROOT,
        env: { ...options.env, CASEBENCH_SUPERVISOR: String(process.pid) },
        stdio: ["pipe", "pipe", "pipe"],
        // Ctrl-C in the terminal is for the supervisor, which stops its processes in order.
        detached: true,
      },
    );
    child = process_;
    process_.stdin.on("error", () => {});
    for (const stream of [process_.stdout, process_.stderr])
      createInterface({ input: stream }).on("line", options.onLine);
    return new Promise((settle) => {
      process_.once("error", (error) => settle(error.message));
      process_.once("exit", (code, signal) => settle(signal ?? `exit code ${code}`));
    });
  };

  const ended = (async () => {
    while (!stopping) {
      const startedAt = Date.now();
      const end = await run();
      if (stopping) return;
      failures = Date.now() - startedAt > HEALTHY_AFTER_MS ? 0 : failures + 1;
      const waitMs = Math.min(100 * 2 ** failures, LONGEST_BACKOFF_MS);
      options.onProblem(`${options.name} stopped unexpectedly (${end}); starting it again in ${waitMs} ms.`);
      await delay(waitMs);
    }
  })();

  return {
    stop: async (patienceMs = 8_000) => {
      stopping = true;
      const signal = (name: NodeJS.Signals) =>
        child?.exitCode === null && child.signalCode === null && child.kill(name);
      signal("SIGTERM");
      const timer = setTimeout(() => signal("SIGKILL"), patienceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
