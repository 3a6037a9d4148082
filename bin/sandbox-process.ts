import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Env } from "#lib/env.ts";
import { ROOT } from "./ensure-installed.mjs";
import type { SandboxAnnouncement } from "./runtime-settings.ts";
import { StartProblem } from "./start-problem.ts";
import { type SupervisedProcess, superviseProcess } from "./supervised-process.ts";

/** MeditLink's authorization server, API and storage; Cadmus' API and storage; the control port; Open Dental's and MediSync's API. */
const PORTS = 8;

/**
 * Starts the sandbox vendors on eight ports that stay the same over restarts of this data directory: a connection made yesterday
 * remembers its addresses.
 */
export async function startSandbox(
  settings: Env,
  say: { line: (line: string) => void; problem: (sentence: string) => void },
): Promise<{ process: SupervisedProcess; announcement: SandboxAnnouncement }> {
  const stateDir = join(settings.DATA_DIR, "sandbox");
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const port = await portBase(stateDir);
  let process_: SupervisedProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    const announcement = await new Promise<SandboxAnnouncement>((ready, fail) => {
      const failures: string[] = [];
      process_ = superviseProcess({
        name: "The sandbox",
        args: [join(ROOT, "e2e", "sandbox", "sandbox.ts")],
        env: {
          ...process.env,
          SANDBOX_PORT: String(port),
          SANDBOX_STATE_DIR: stateDir,
          SANDBOX_PORTAL_URL: settings.PORTAL_URL,
        },
        onLine: (line) => {
          const announced = parseAnnouncement(line);
          if (announced) ready(announced);
          else {
            failures.push(line);
            say.line(line);
          }
        },
        onProblem: (sentence) => {
          say.problem(sentence);
          // Failing at the start will not get better by trying; later, the supervisor tries for ever.
          fail(new StartProblem(`The sandbox vendors did not start.\n${failures.slice(-15).join("\n")}`));
        },
      });
      timer = setTimeout(() => fail(new StartProblem("The sandbox vendors were not ready within a minute.")), 60_000);
    });
    return { process: process_ as unknown as SupervisedProcess, announcement };
  } catch (error) {
    await process_?.stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function parseAnnouncement(line: string): SandboxAnnouncement | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value = JSON.parse(line) as SandboxAnnouncement;
    return value.ready ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The first of eight free consecutive ports: SANDBOX_PORT, else the remembered one, else a new choice, which is remembered. */
async function portBase(stateDir: string): Promise<number> {
  const given = process.env.SANDBOX_PORT;
  if (given) {
    if (!/^\d{2,5}$/.test(given) || Number(given) + PORTS > 65_535)
      throw new StartProblem(`SANDBOX_PORT: must be the first of ${PORTS} ports (example: SANDBOX_PORT=4010)`);
    if (await areFree(Number(given))) return Number(given);
    throw new StartProblem(
      `SANDBOX_PORT: one of the ports ${given} to ${Number(given) + PORTS - 1} is taken by another program.`,
    );
  }
  const file = join(stateDir, "port");
  const remembered = readNumber(file);
  if (remembered && (await areFree(remembered))) return remembered;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    // Below the range that the system gives to outgoing connections.
    const candidate = 20_000 + 10 * Math.floor(Math.random() * 1_200);
    if (!(await areFree(candidate))) continue;
    writeFileSync(file, String(candidate));
    return candidate;
  }
  throw new StartProblem(
    "No eight free ports were found for the sandbox vendors. Set SANDBOX_PORT to the first of eight.",
  );
}

async function areFree(first: number): Promise<boolean> {
  for (let port = first; port < first + PORTS; port += 1) if (!(await canListen(port, "127.0.0.1"))) return false;
  return true;
}

/** Whether a port can be listened on at this moment. */
export function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" || error.code === "EACCES" ? settle(false) : fail(error),
    );
    probe.listen(port, host, () => probe.close(() => settle(true)));
  });
}

function readNumber(path: string): number | undefined {
  try {
    return Number(readFileSync(path, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}
