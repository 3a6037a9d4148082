import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ROOT } from "./ensure-installed.mjs";
import { takeLock } from "./exclusive-lock.mjs";
import { StartProblem } from "./start-problem.ts";
import { PRELOAD } from "./supervised-process.ts";

const CLIENT_STAMP = join(ROOT, "generated", ".made-from");
const BUILD_STAMP = join(ROOT, ".next", "made-from");
/** Everything `next build` reads. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

type Say = (line: string) => void;

/** Generates the database client and builds the pages, each only when its sources differ from those it was last made from. */
export async function buildPortal(say: Say): Promise<void> {
  await generateDatabaseClient(say);
  const wanted = hashOf(SOURCES);
  const missing = !existsSync(join(ROOT, ".next", "BUILD_ID"));
  await makeOnce(BUILD_STAMP, wanted, missing, say, async () => {
    say(
      missing ? "Building (about half a minute the first time) …" : "Building (the sources are newer than the build) …",
    );
    await runNode("next build", ["node_modules/next/dist/bin/next", "build"]);
  });
}

/** `prisma generate`, when the schema changed. */
export async function generateDatabaseClient(say: Say): Promise<void> {
  const wanted = hashOf(["prisma/schema.prisma", "node_modules/prisma/package.json"]);
  const missing = !existsSync(join(ROOT, "generated", "prisma", "client.ts"));
  await makeOnce(CLIENT_STAMP, wanted, missing, say, async () => {
    say("Generating the database client …");
    await runNode("prisma generate", ["node_modules/prisma/build/index.js", "generate"]);
  });
}

/**
 * Runs `make` unless the stamp says that its result is there already. The stamp is removed first and written last, so a killed or
 * failed make is never taken for a good one; two processes at once take turns, and the second finds the work done.
 */
async function makeOnce(
  stamp: string,
  wanted: string,
  missing: boolean,
  say: Say,
  make: () => Promise<void>,
): Promise<void> {
  if (!missing && readStamp(stamp) === wanted) return;
  for (let waited = false; ; waited = true) {
    const lock = await takeLock(`make:${stamp}`, {});
    if (!lock.held) {
      if (!waited) say(`Another process (${lock.holder.pid ?? "unknown"}) is building this already; waiting for it …`);
      await delay(500);
      continue;
    }
    try {
      if (waited && readStamp(stamp) === wanted) return;
      rmSync(stamp, { force: true });
      const startedAt = Date.now();
      await make();
      mkdirSync(join(stamp, ".."), { recursive: true });
      writeFileSync(stamp, wanted);
      say(`  done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
      return;
    } finally {
      await lock.release();
    }
  }
}

function readStamp(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Contents, not times: a checkout or a copy of the clone changes every time stamp and nothing else. */
function hashOf(paths: string[]): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of paths.flatMap(filesOf).sort()) {
    hash.update(`\0${relative(ROOT, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  const absolute = join(ROOT, path);
  if (!existsSync(absolute)) return [];
  if (/\.\w+$/.test(path)) return [absolute];
  return readdirSync(absolute, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Runs a command line tool of the project; its output is shown only when it fails. */
function runNode(name: string, args: string[]): Promise<void> {
  // Preloaded so that a build whose starter was killed stops writing: the next start would be building into the same folder.
  const child = spawn(process.execPath, ["--import", PRELOAD, ...args], {
    cwd: ROOT,
    // Prisma starts bin/schema-engine.mjs by its first line, `env node`: that must be the project's own Node.
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      CASEBENCH_SUPERVISOR: String(process.pid),
      PATH: [join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter),
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => output.push(chunk));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      if (code === 0) done();
      else
        fail(new StartProblem(`${name} failed (exit code ${code}).\n${Buffer.concat(output).toString("utf8").trim()}`));
    });
  });
}
