import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { env } from "#lib/env.ts";
import { dropFolder } from "#lib/sftp-drop/drop-accounts.ts";

const pathOf = () => join(dropFolder(), "fingerprint");

/** Written by the worker that has the host key; the web processes have no need of the key itself. */
export function rememberFingerprint(fingerprint: string): void {
  writeFileSync(pathOf(), fingerprint, { mode: 0o600 });
}

/**
 * What an office that pins host keys needs to know of the portal's SFTP site; null where there is none.
 * @throws {AppError} forbidden
 */
export async function describeDrop(
  principal: Principal,
): Promise<{ host: string; port: number; fingerprint: string | null } | null> {
  requirePermission(principal, "connect");
  const { SFTP_DROP_HOST: host, SFTP_DROP_PORT: port } = env();
  return host ? { host, port, fingerprint: readFingerprint() } : null;
}

/** Null until a worker has started the site once. */
function readFingerprint(): string | null {
  try {
    return readFileSync(pathOf(), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
