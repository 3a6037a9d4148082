import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { locateSevenZip } from "./locate-seven-zip.ts";
import { ScanError } from "./scan-error.ts";

/** Limits of a 7-Zip process. */
export interface ProcessLimits {
  /** Processor time, seconds. */
  cpuSeconds: number;
  /** Address space, bytes. */
  memoryBytes: number;
  /** From start to end, ms. */
  deadlineMs: number;
}

export const DEFAULT_PROCESS_LIMITS: ProcessLimits = {
  cpuSeconds: 60,
  memoryBytes: 512 * 1024 * 1024,
  deadlineMs: 120_000,
};

/** Of what 7-Zip says on its error output, this much is kept to tell why it failed. */
const KEPT_ERROR_BYTES = 4096;

/**
 * Sets the limits, then becomes 7-Zip. Limits that a system does not know (macOS has none for address space) are
 * skipped; `-f 0` forbids writing to files altogether, for everything we take comes through the pipe.
 */
const LIMITED_START =
  'ulimit -c 0 2>/dev/null; ulimit -f 0 2>/dev/null; ulimit -t "$1" 2>/dev/null; ulimit -v "$2" 2>/dev/null; shift 2; exec "$@"';

/**
 * Runs 7-Zip in a process of its own and hands its output to `consume`. The process is gone when this returns, whatever
 * happened: an error thrown by `consume`, the deadline and `signal` kill it.
 * @returns what `consume` returned, when 7-Zip also ended well
 * @throws ScanError `archive_unreadable`, `archive_refused` (encrypted, too much memory), `timed_out`, `cancelled`,
 * `converter_failed`, or whatever `consume` throws
 */
export async function runSevenZip<T>(
  args: string[],
  consume: (output: Readable) => Promise<T>,
  { limits = DEFAULT_PROCESS_LIMITS, signal }: { limits?: ProcessLimits; signal?: AbortSignal } = {},
): Promise<T> {
  if (signal?.aborted) throw new ScanError("cancelled", "Cancelled before it began.");
  const { path } = await locateSevenZip();
  const child = start(path, args, limits);
  const ending = waitForEnd(child);
  let interruption: ScanError | null = null;
  const interrupt = (error: ScanError) => {
    interruption ??= error;
    child.kill("SIGKILL");
  };
  const onAbort = () => interrupt(new ScanError("cancelled", "Cancelled while 7-Zip was running."));
  signal?.addEventListener("abort", onAbort, { once: true });
  const deadline = setTimeout(
    () => interrupt(new ScanError("timed_out", `7-Zip took longer than ${limits.deadlineMs} ms.`)),
    limits.deadlineMs,
  );
  try {
    const result = await consume(child.stdout!);
    const end = await ending;
    if (interruption) throw interruption;
    if (end.code !== 0) throw explain(end);
    return result;
  } catch (error) {
    child.kill("SIGKILL");
    await ending;
    throw interruption ?? error;
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener("abort", onAbort);
  }
}

function start(path: string, args: string[], limits: ProcessLimits): ChildProcess {
  if (process.platform === "win32") return spawn(path, args, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  const kibibytes = String(Math.floor(limits.memoryBytes / 1024));
  const limited = ["-c", LIMITED_START, "sh", String(limits.cpuSeconds), kibibytes, path, ...args];
  // Nothing of our environment, but UTF-8 for the names.
  const env: Partial<NodeJS.ProcessEnv> = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C.UTF-8" };
  return spawn("/bin/sh", limited, { stdio: ["ignore", "pipe", "pipe"], env: env as NodeJS.ProcessEnv });
}

interface ProcessEnd {
  code: number | null;
  signal: string | null;
  errors: string;
}

function waitForEnd(child: ChildProcess): Promise<ProcessEnd> {
  let errors = "";
  child.stderr!.setEncoding("utf8");
  child.stderr!.on("data", (text: string) => {
    if (errors.length < KEPT_ERROR_BYTES) errors += text.slice(0, KEPT_ERROR_BYTES - errors.length);
  });
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, signal: null, errors: String(error) }));
    child.on("close", (code, signal) => resolve({ code, signal, errors }));
  });
}

/** 7-Zip's exit codes: 1 warning, 2 fatal, 7 command line, 8 memory, 255 stopped. Its texts may name files: never passed on. */
function explain({ code, signal, errors }: ProcessEnd): ScanError {
  if (/encrypted|wrong password/i.test(errors)) return new ScanError("archive_refused", "The archive is encrypted.");
  if (code === 8 || /can't allocate|not enough memory/i.test(errors)) {
    return new ScanError("archive_refused", "The archive needs more memory than it may have.");
  }
  if (signal === "SIGXCPU" || signal === "SIGKILL" || code === 137 || code === 152) {
    return new ScanError("timed_out", "7-Zip used up its processor time.");
  }
  if (code === null || code === 7 || code === 126 || code === 127) {
    return new ScanError("converter_failed", `7-Zip did not run (code ${code}, signal ${signal}).`);
  }
  return new ScanError("archive_unreadable", `The archive is damaged or not 7z (7-Zip ended with ${code ?? signal}).`);
}
