import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";
import { type SupervisedProcess, superviseProcess } from "./supervised-process.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Supervises a process that says its pid; `lines` is all it and its supervisor have said. */
function supervise(): { lines: string[]; supervised: SupervisedProcess } {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const supervised = superviseProcess({
    name: "The child",
    args: [join(import.meta.dirname, "fixtures", "say-pid-until-stopped.ts")],
    env: process.env,
    onLine: say,
    onProblem: say,
  });
  cleanups.push(() => supervised.stop());
  return { lines, supervised };
}

function pidsIn(lines: string[]): number[] {
  return lines.filter((line) => line.startsWith("pid ")).map((line) => Number(line.slice(4)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("a process that is killed is started again, and the pause is told", async () => {
  const { lines } = supervise();
  for (const times of [1, 2]) {
    await expect.poll(() => pidsIn(lines).length, { timeout: 10_000 }).toBe(times);
    process.kill(pidsIn(lines).at(-1) ?? 0, "SIGKILL");
  }
  await expect.poll(() => pidsIn(lines).length, { timeout: 10_000 }).toBe(3);
  expect(new Set(pidsIn(lines)).size).toBe(3);
  expect(lines).toContain("The child stopped unexpectedly (SIGKILL); starting it again in 200 ms.");
});

test("stopping lets the process finish in order and does not start it again", async () => {
  const { lines, supervised } = supervise();
  await expect.poll(() => pidsIn(lines).length, { timeout: 10_000 }).toBe(1);
  await supervised.stop();
  expect(lines.at(-1)).toBe("stopped in order");
  expect(pidsIn(lines).map(isAlive)).toEqual([false]);
});

test("a process does not outlive a supervisor that is killed with -9", async () => {
  const lines: string[] = [];
  const supervisor: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, "fixtures", "supervise-until-killed.ts")],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  cleanups.push(() => supervisor.kill("SIGKILL"));
  if (supervisor.stdout) createInterface({ input: supervisor.stdout }).on("line", (line) => lines.push(line));
  await expect.poll(() => pidsIn(lines).length, { timeout: 10_000 }).toBe(1);
  supervisor.kill("SIGKILL");
  await expect.poll(() => pidsIn(lines).some(isAlive), { timeout: 10_000 }).toBe(false);
});
