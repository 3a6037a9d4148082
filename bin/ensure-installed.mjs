// Makes node_modules agree with package-lock.json before anything else is imported. Node core only: this runs on a fresh clone.
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { takeLock } from "./exclusive-lock.mjs";

export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * Installs with `npm ci` when the packages are missing or differ from the lock. Two starts at once: the second waits for the first.
 * @param {(line: string) => void} say receives the progress lines
 */
export async function ensureInstalled(say) {
  if (isInstalled()) return;
  for (;;) {
    const lock = await takeLock(`install:${ROOT}`, {});
    if (lock.held) {
      try {
        if (!isInstalled()) await install(say);
      } finally {
        await lock.release();
      }
      return;
    }
    say(`Another process (${lock.holder.pid ?? "unknown"}) is installing the packages; waiting for it …`);
    await new Promise((wake) => setTimeout(wake, 2000));
    if (isInstalled()) return;
  }
}

/**
 * npm writes node_modules/.package-lock.json last, so a killed install has none; comparing it with the lock also notices packages
 * changed by hand, and a look at each folder those that were deleted. Optional packages may be absent: most of them are for other platforms.
 */
export function isInstalled() {
  const wanted = readPackages(join(ROOT, "package-lock.json"));
  const present = readPackages(join(ROOT, "node_modules", ".package-lock.json"));
  if (!wanted || !present) return false;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "" || entry.link) continue;
    const here = present[path];
    if (here ? here.version !== entry.version : !entry.optional && !entry.devOptional) return false;
    if (here && !existsSync(join(ROOT, path, "package.json"))) return false;
  }
  return true;
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** @param {(line: string) => void} say */
async function install(say) {
  say("Installing the packages (npm ci; about a minute the first time) …");
  const started = Date.now();
  const paths = Object.entries(readPackages(join(ROOT, "package-lock.json")) ?? {})
    .filter(([path, entry]) => path !== "" && !entry.optional)
    .map(([path]) => join(ROOT, path, "package.json"));
  const progress = setInterval(() => {
    const there = paths.filter((path) => existsSync(path)).length;
    say(`  ${there} of ${paths.length} packages, ${Math.round((Date.now() - started) / 1000)} s`);
  }, 5000);
  try {
    await runNpm(["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"]);
  } finally {
    clearInterval(progress);
  }
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** @param {string[]} args */
function runNpm(args) {
  // Under `npm start` npm names its own script, which spares looking for npm (and npm.cmd on Windows).
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith(".js") ? [process.execPath, [script]] : ["npm", []];
  const child = spawn(command, [...first, ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32" && command === "npm",
    env: { ...process.env, NODE_ENV: "development", ...cacheSetting() },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output = `${output}${chunk}`.slice(-8000);
    });
  return /** @type {Promise<void>} */ (
    new Promise((done, fail) => {
      child.on("error", (error) => fail(new Error(`npm could not be run (${error.message}). Is npm installed?`)));
      child.on("exit", (code) =>
        code === 0 ? done(undefined) : fail(new Error(`npm ci failed (exit ${code}).\n${output.trim()}`)),
      );
    })
  );
}

/** A user without a writable home has nowhere for npm's cache. */
function cacheSetting() {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    return { npm_config_cache: join(tmpdir(), `casebench-npm-${process.getuid?.() ?? 0}`) };
  }
}
