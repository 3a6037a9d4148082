import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { buildPortal, generateDatabaseClient } from "./build-portal.ts";
import { ROOT } from "./ensure-installed.mjs";

// `npm test`: every check in turn, each of them counted, the sum on the last line.
// `npm test -- --only unit,integration [file filter …]` runs a part of it.

type Count = { passed: number; failed: number };
type Phase = { name: string; run: () => Promise<Count> };

const reports = mkdtempSync(join(tmpdir(), "casebench-reports-"));
let running: ChildProcess | undefined;
let isStopped = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    isStopped = true;
    running?.kill(signal);
  });

const { values, positionals: filters } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" } },
});

const PHASES: Phase[] = [
  { name: "lint", run: () => check("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings") },
  { name: "types", run: () => check("node_modules/typescript/bin/tsc", "--noEmit", "-p", ".") },
  { name: "migrations", run: checkMigrations },
  { name: "unit", run: () => runVitest("unit") },
  { name: "integration", run: () => runVitest("integration") },
  { name: "build", run: () => counted(() => buildPortal(console.log)) },
  { name: "e2e", run: runPlaywright },
];

process.exit(await main());

async function main(): Promise<number> {
  const wanted = values.only?.split(",") ?? PHASES.map(({ name }) => name);
  const unknown = wanted.filter((name) => !PHASES.some((phase) => phase.name === name));
  if (unknown.length > 0) {
    console.error(`--only knows ${PHASES.map(({ name }) => name).join(", ")}; not ${unknown.join(", ")}.`);
    return 1;
  }
  const scans = join(ROOT, "..", "shared", "scans");
  if (!process.env.SANDBOX_SCANS_DIR && existsSync(scans)) process.env.SANDBOX_SCANS_DIR = scans;
  const total: Count = { passed: 0, failed: 0 };
  const add = ({ passed, failed }: Count) => {
    total.passed += passed;
    total.failed += failed;
  };
  const prepared = await timed({ name: "prepare", run: prepare });
  if (prepared.failed > 0) add(prepared);
  for (const phase of PHASES) if (wanted.includes(phase.name) && !isStopped) add(await timed(phase));
  rmSync(reports, { recursive: true, force: true });
  if (isStopped) console.log("Stopped before the end.");
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 && !isStopped ? 0 : 1;
}

async function timed(phase: Phase): Promise<Count> {
  console.log(`\n── ${phase.name} ${"─".repeat(70 - phase.name.length)}`);
  const startedAt = Date.now();
  const count = await phase.run();
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`── ${phase.name}: ${count.failed === 0 ? "passed" : "FAILED"} in ${seconds} s`);
  return count;
}

/** What the other phases read: the generated database client and the types of the routes. */
async function prepare(): Promise<Count> {
  const generated = await counted(() => generateDatabaseClient(console.log));
  const typed = await check("node_modules/next/dist/bin/next", "typegen");
  return { passed: 0, failed: generated.failed + typed.failed };
}

/** The committed migrations, applied one after the other, must lead to exactly the committed schema. */
async function checkMigrations(): Promise<Count> {
  const args = ["migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma"];
  const isClean = await run(["node_modules/prisma/build/index.js", ...args, "--exit-code"], {
    DATABASE_URL: "pglite:memory://",
  });
  return toCount(isClean);
}

async function check(...command: string[]): Promise<Count> {
  return toCount(await run(command));
}

async function counted(work: () => Promise<void>): Promise<Count> {
  try {
    await work();
    return toCount(true);
  } catch (error) {
    console.error((error as Error).message);
    return toCount(false);
  }
}

function toCount(isGood: boolean): Count {
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 };
}

async function runVitest(project: "unit" | "integration"): Promise<Count> {
  const report = join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const isGood = await run(["node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters, ...filters]);
  const result = readReport<{ numPassedTests: number; numFailedTests: number }>(report);
  return trusted(isGood, { passed: result?.numPassedTests ?? 0, failed: result?.numFailedTests ?? 0 });
}

async function runPlaywright(): Promise<Count> {
  const report = join(reports, "e2e.json");
  const isGood = await run(["node_modules/@playwright/test/cli.js", "test", ...filters], { E2E_REPORT: report });
  const stats = readReport<{ stats: { expected: number; unexpected: number; flaky: number } }>(report)?.stats;
  return trusted(isGood, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
  });
}

/** A runner that failed without a failed test (a file that does not load, no test at all) is a failure, too. */
function trusted(isGood: boolean, { passed, failed }: Count): Count {
  const hasNothing = passed + failed === 0 && filters.length === 0;
  return { passed, failed: failed === 0 && (!isGood || hasNothing) ? 1 : failed };
}

function readReport<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch {
    return undefined;
  }
}

/** Runs a tool of the project under this Node with our terminal. */
function run([script = "", ...args]: string[], environment: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: "inherit",
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: "1",
      // Tools that start "node" by name get the project's own.
      PATH: [join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter),
      ...environment,
    },
  });
  running = child;
  return new Promise((settle) => {
    child.on("error", (error) => {
      console.error(error.message);
      settle(false);
    });
    child.on("exit", (code) => settle(code === 0));
  });
}
