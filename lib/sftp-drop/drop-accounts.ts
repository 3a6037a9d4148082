import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { newId } from "#lib/database/new-id.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { AccountFolder } from "#lib/sftp-drop/account-folder.ts";
import type { DropDirection } from "#lib/sftp-drop/serve-sftp.ts";
import type { SftpAddress } from "#lib/vendors/document-store.ts";

export type DropAccount = { id: string; passwordHash: Buffer; direction: DropDirection };

/** How long an account is good for, ms: a transfer takes seconds, a slow office minutes. */
const LIFE_MS = 10 * 60_000;

export function dropFolder(): string {
  return join(env().DATA_DIR, "sftp-drop");
}

/** @returns null for an account that is not there or no longer good */
export async function findDropAccount(username: string): Promise<DropAccount | null> {
  const row = await database().sftpAccount.findFirst({ where: { username, expiresAt: { gt: new Date() } } });
  if (!row) return null;
  return { id: row.id, passwordHash: Buffer.from(row.passwordHash), direction: row.direction as DropDirection };
}

/** A folder of one transfer, and where the practice finds it. */
export type OpenDrop = {
  folder: AccountFolder;
  /** The address of a file, or of a folder for several; names are random. */
  addressOf(name: string): SftpAddress;
};

/**
 * Makes an account for one transfer and removes it with all its files afterwards, however the transfer ends.
 * @param direction "fetch": the practice takes what `work` puts there; "bring": it brings files
 * @throws {AppError} action_not_available where the portal has no SFTP site
 */
export async function withDropAccount<T>(
  principal: Pick<Principal, "organisationId">,
  connectionId: string,
  direction: DropDirection,
  work: (drop: OpenDrop) => Promise<T>,
): Promise<T> {
  const { SFTP_DROP_HOST: host, SFTP_DROP_PORT: port } = env();
  if (!host) throw new AppError("action_not_available", "no SFTP site: SFTP_DROP_HOST is not set");
  const id = newId();
  const username = `d${randomBytes(12).toString("hex")}`;
  const password = randomBytes(32).toString("base64url");
  const place = randomBytes(12).toString("hex");
  const folder = new AccountFolder(dropFolder(), id);
  await database().sftpAccount.create({
    data: {
      id,
      organisationId: principal.organisationId,
      connectionId,
      username,
      passwordHash: createHash("sha256").update(password).digest(),
      direction,
      expiresAt: new Date(Date.now() + LIFE_MS),
    },
  });
  try {
    await folder.make();
    return await work({ folder, addressOf: (name) => ({ host, port, path: `/${place}/${name}`, username, password }) });
  } finally {
    await database().sftpAccount.deleteMany({ where: { id } });
    await folder.removeAll();
  }
}

/** Removes accounts whose time is over, and folders that a killed process left behind. @returns how many of each */
export async function purgeDrops(now: Date): Promise<{ accounts: number; folders: number }> {
  const gone = await database().sftpAccount.deleteMany({ where: { expiresAt: { lte: now } } });
  const root = dropFolder();
  const all = await readdir(join(root, "accounts")).catch(() => [] as string[]);
  const names = all.filter((name) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name));
  const living = await database().sftpAccount.findMany({ where: { id: { in: names } }, select: { id: true } });
  const left = names.filter((name) => !living.some(({ id }) => id === name));
  for (const name of left) await new AccountFolder(root, name).removeAll();
  return { accounts: gone.count, folders: left.length };
}
