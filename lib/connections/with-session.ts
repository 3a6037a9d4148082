import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type HeldCredentials, readCredentials, takeLease } from "#lib/connections/credential-lease.ts";
import { budgetOf } from "#lib/connections/hourly-budget.ts";
import { recordExchange, writeExchanges } from "#lib/connections/record-exchange.ts";
import { renewCredentials } from "#lib/connections/renew-credentials.ts";
import { turnsOf } from "#lib/connections/vendor-turns.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log/log.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import type { Vendor } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** A token is renewed this long before it dies, ms, or in the last tenth of a shorter life. */
const MARGIN_MS = 5 * 60_000;
/** A renewed token that is refused at once is not renewed again before this, ms: refusals may come in swarms (F05). */
const RENEWAL_PAUSE_MS = 60_000;
/** How long a caller waits for somebody else's renewal, ms. */
const PATIENCE_MS = 45_000;

/**
 * The one way to speak with a vendor on behalf of a connection: `work` gets a session with a fresh token. When the vendor says
 * the token is not taken, it is renewed once and `work` is called once more; so `work` makes one call, or calls that may be
 * repeated. Any number of callers in any number of processes cause one renewal.
 *
 * @param options.held the connection's credentials when the caller has read them this moment
 * @throws {AppError} not_found; reconnect_needed when somebody has to sign in at the vendor again
 * @throws {VendorError} whatever the vendor's answer was
 */
export async function withSession<T>(
  connectionId: string,
  organisationId: string,
  work: (session: VendorSession, vendor: Vendor) => Promise<T>,
  options: { signal?: AbortSignal; held?: HeldCredentials } = {},
): Promise<T> {
  const held =
    options.held && isUsable(options.held) && isFresh(options.held, null)
      ? options.held
      : await freshCredentials(organisationId, connectionId, null);
  try {
    return await work(toSession(held, options.signal), vendorOf(held));
  } catch (error) {
    if (!(error instanceof VendorError) || error.kind !== "token") throw error;
    const renewed = await freshCredentials(organisationId, connectionId, held.epoch);
    return await work(toSession(renewed, options.signal), vendorOf(renewed));
  } finally {
    await writeExchanges(held);
  }
}

/** @param refused the epoch of credentials that the vendor has just refused */
async function freshCredentials(
  organisationId: string,
  connectionId: string,
  refused: bigint | null,
): Promise<HeldCredentials> {
  const deadline = performance.now() + PATIENCE_MS;
  while (true) {
    const held = await readUsable(organisationId, connectionId);
    if (isFresh(held, refused)) return held;
    if (held.cooling)
      throw new VendorError("unavailable", held.vendor, "renewing failed a moment ago", { noEffect: true });
    if (performance.now() > deadline)
      throw new VendorError("timeout", held.vendor, "waited too long for a renewal", { noEffect: true });
    await renewTogether(held, refused !== null);
  }
}

/** Reads under way in this process: hundreds of callers at one moment ask the database once. */
const reading = new Map<string, ReturnType<typeof readCredentials>>();

async function readUsable(organisationId: string, connectionId: string): Promise<HeldCredentials> {
  const key = `${organisationId}:${connectionId}`;
  let read = reading.get(key);
  if (!read) {
    read = readCredentials(organisationId, connectionId).finally(() => reading.delete(key));
    reading.set(key, read);
  }
  const held = await read;
  if (!held || held.state === "disconnected") throw new AppError("not_found");
  if (!isUsable(held)) throw new AppError("reconnect_needed");
  return held;
}

function isUsable({ state, credentials }: HeldCredentials): boolean {
  return state === "connected" && credentials !== null;
}

function isFresh({ credentials, epoch, remainingMs, cooling }: HeldCredentials, refused: bigint | null): boolean {
  if (!credentials) return false;
  const { lifetimeMs, renewed } = credentials;
  if (epoch === refused) return renewed && lifetimeMs - remainingMs < RENEWAL_PAUSE_MS && remainingMs > 0;
  return remainingMs > (cooling ? 0 : Math.min(MARGIN_MS, lifetimeMs / 10));
}

/** Renewals under way in this process: its callers wait for one of them, not each for the database. */
const underWay = new Map<string, Promise<void>>();

function renewTogether(held: HeldCredentials, wasRefused: boolean): Promise<void> {
  const key = `${held.connectionId}:${held.epoch}`;
  let renewal = underWay.get(key);
  if (!renewal) {
    renewal = renewOrWait(held, wasRefused).finally(() => underWay.delete(key));
    underWay.set(key, renewal);
  }
  return renewal;
}

/** Renews when the lease is free, else waits until whoever holds it is done. */
async function renewOrWait(held: HeldCredentials, wasRefused: boolean): Promise<void> {
  const owner = randomUUID();
  if (await takeLease(held, owner)) {
    try {
      await renewCredentials(held, vendorOf(held), owner);
    } catch (error) {
      // The token at hand lives on for a while: better used than nothing.
      if (!(error instanceof VendorError) || wasRefused || held.remainingMs <= 0) throw error;
      log.warn(
        { connectionId: held.connectionId, kind: error.kind },
        "connection: renewing failed, using the old token",
      );
    }
    return;
  }
  const deadline = performance.now() + PATIENCE_MS;
  for (let pause = 20; performance.now() < deadline; pause = Math.min(150, pause * 1.5)) {
    await sleep(pause * (0.5 + Math.random()));
    const now = await readUsable(held.organisationId, held.connectionId);
    if (now.epoch !== held.epoch || !now.leased) return;
  }
}

function vendorOf(held: HeldCredentials): Vendor {
  const vendor = findVendor(held.vendor);
  if (!vendor) throw new AppError("vendor_not_configured");
  return vendor;
}

function toSession(held: HeldCredentials, signal: AbortSignal | undefined): VendorSession {
  const { auth } = vendorOf(held);
  const baseUrl = baseUrlOf(auth, held);
  if (!baseUrl) throw new AppError("vendor_not_configured");
  return {
    connectionId: held.connectionId,
    organisationId: held.organisationId,
    baseUrl,
    accessToken: held.credentials?.accessToken ?? "",
    groupKey: held.groupKey,
    region: held.region,
    pausedUntil: held.pausedMs > 0 ? Date.now() + held.pausedMs : null,
    failingUntil: held.failingMs > 0 ? Date.now() + held.failingMs : null,
    report: (exchange) => recordExchange(held, exchange),
    ...(auth.kind === "key"
      ? {
          timeZone: held.credentials?.kind === "key" ? auth.timeZoneOf(held.credentials.values) : null,
          inTurn: turnsOf(
            held.vendor,
            auth.countedBy(held.credentials?.accessToken ?? ""),
            auth.pauseMs(held.grantedScopes),
          ),
        }
      : {}),
    ...(auth.kind === "password" && auth.perHour && held.credentials?.kind === "password"
      ? { spend: budgetOf(held.vendor, held.credentials.email.toLowerCase(), auth.perHour(held.grantedScopes)) }
      : {}),
    ...(signal ? { signal } : {}),
  };
}

function baseUrlOf(auth: Vendor["auth"], { region, credentials }: HeldCredentials): string | undefined {
  if (auth.kind === "oauth") return auth.servers().find((server) => server.region === region)?.apiUrl;
  if (auth.kind === "password") return auth.baseUrl();
  return auth.baseUrl(credentials?.kind === "key" ? credentials.values : {});
}
