import { createHash, timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import ssh2, { type AuthContext, type Connection } from "ssh2";
import { log } from "#lib/log/log.ts";
import { AccountFolder } from "#lib/sftp-drop/account-folder.ts";
import type { DropAccount } from "#lib/sftp-drop/drop-accounts.ts";
import { hostKeyOf } from "#lib/sftp-drop/host-key.ts";
import { serveSftp } from "#lib/sftp-drop/serve-sftp.ts";

export type SftpDrop = { port: number; fingerprint: string; close(): Promise<void> };

/** The types of ssh2 leave it out on the server's side. */
type UndelayedConnection = Connection & { setNoDelay(on: boolean): void };

/** Sign-ins that one connection may try, and connections at once. */
const MOST_TRIES = 3;
const MOST_CONNECTIONS = 64;
/** ms without a signed-in session, and ms that any connection may last. */
const SIGN_IN_MS = 15_000;
const LONGEST_MS = 15 * 60_000;

/**
 * The SFTP site through which a practice's charts give and take files: password sign-in of throw-away accounts, no shell, no
 * forwarding, each account alone with its own files.
 * @param folder of the drop, absolute: the host key and the accounts' files
 * @param port 0 takes a free one
 */
export async function startSftpDrop(options: {
  folder: string;
  host: string;
  port: number;
  find(username: string): Promise<DropAccount | null>;
}): Promise<SftpDrop> {
  const { privateKey, fingerprint } = hostKeyOf(options.folder);
  const open = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [privateKey], ident: "SSH-2.0-drop" }, (connection) => {
    if (open.size >= MOST_CONNECTIONS) return void connection.end();
    open.add(connection);
    // Small answers one after another: waiting to fill a packet costs 40 ms each.
    (connection as UndelayedConnection).setNoDelay(true);
    connection.on("close", () => open.delete(connection));
    // Clients hang up in many ways; none is worth more than a line.
    connection.on("error", (error) => log.debug({ code: error.message.slice(0, 60) }, "sftp drop: connection ended"));
    serve(connection, options);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    fingerprint,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of open) connection.end();
      }),
  };
}

function serve(connection: Connection, options: Parameters<typeof startSftpDrop>[0]): void {
  let account: DropAccount | null = null;
  let tries = 0;
  const signIn = setTimeout(() => connection.end(), SIGN_IN_MS);
  const longest = setTimeout(() => connection.end(), LONGEST_MS);
  connection.on("close", () => {
    clearTimeout(signIn);
    clearTimeout(longest);
  });
  connection.on("authentication", (context) => {
    if (context.method !== "password") return context.reject(["password"]);
    if (++tries > MOST_TRIES) return void connection.end();
    admit(context, options.find).then(
      (found) => {
        account = found;
        if (found) context.accept();
        else context.reject(["password"]);
      },
      (err: unknown) => {
        log.warn({ err }, "sftp drop: account not read");
        context.reject(["password"]);
      },
    );
  });
  connection.on("ready", () => {
    clearTimeout(signIn);
    connection.on("session", (acceptSession) => {
      const session = acceptSession();
      session.on("sftp", (acceptSftp) => {
        if (account) serveSftp(acceptSftp(), new AccountFolder(options.folder, account.id), account.direction);
      });
    });
  });
}

/** Passwords are 256 random bits: their hash needs no slowness, comparing it needs constant time. */
async function admit(
  context: AuthContext & { password?: string },
  find: (username: string) => Promise<DropAccount | null>,
): Promise<DropAccount | null> {
  const account = /^[A-Za-z0-9_-]{8,64}$/.test(context.username) ? await find(context.username) : null;
  const given = createHash("sha256")
    .update(context.password ?? "")
    .digest();
  const isRight = timingSafeEqual(given, account?.passwordHash ?? Buffer.alloc(32));
  return account && isRight ? account : null;
}
