import { env } from "#lib/env.ts";
import { log } from "#lib/log/log.ts";
import { rememberFingerprint } from "#lib/sftp-drop/describe-drop.ts";
import { dropFolder, findDropAccount } from "#lib/sftp-drop/drop-accounts.ts";
import { type SftpDrop, startSftpDrop } from "#lib/sftp-drop/start-sftp-drop.ts";

/**
 * The portal's SFTP site, where the settings ask for one. One worker of a machine has it; another one's port is taken, and it works
 * without: the accounts are in the database and the files in the data directory that both share.
 */
export async function startDropOfPortal(): Promise<SftpDrop | null> {
  const { HOST: host, SFTP_DROP_HOST: name, SFTP_DROP_PORT: port } = env();
  if (!name) return null;
  try {
    const drop = await startSftpDrop({ folder: dropFolder(), host, port, find: findDropAccount });
    rememberFingerprint(drop.fingerprint);
    log.info({ port, fingerprint: drop.fingerprint }, "sftp drop ready");
    return drop;
  } catch (err) {
    log.warn({ port, err }, "sftp drop not started");
    return null;
  }
}
