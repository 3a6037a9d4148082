import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";

/**
 * The secrets of a portal that was given none by its settings: made once under `dataDir/keys` (0600), the same ever after.
 * Two processes may call it at once: the first to link its file wins, the other reads that one.
 */
export function ensureSecrets(dataDir: string): { nextAuthSecret: string; sealingKeys: string } {
  const folder = join(dataDir, "keys");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    nextAuthSecret: once(join(folder, "nextauth-secret"), () => randomBytes(48).toString("base64url")),
    sealingKeys: once(join(folder, "sealing-keys"), () => `k1:${randomBytes(32).toString("base64")}`),
  };
}

function once(path: string, make: () => string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, "wx", 0o600);
  writeSync(file, `${make()}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(part, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(part);
  }
  return readFileSync(path, "utf8").trim();
}
