import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { Principal } from "#lib/access/principal.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { database } from "#lib/database/database.ts";
import { newId } from "#lib/database/new-id.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";

/** A practice fetches a paper when somebody first opens it there: days later, or weeks, ms. */
export const LINK_LIFE_MS = 90 * 86_400_000;

const TYPES: Record<string, string> = { ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg" };

/** Good for one paper, for everybody who has it: 256 random bits, kept as a hash. */
const TOKEN = /^([A-Za-z0-9_-]{43})(\.[a-z]{3})$/;

/**
 * Makes an address under which a practice can fetch a paper, and keeps the paper that long. Audited.
 * @returns an address of this portal; it ends like the file, which practices tell kinds of files by
 */
export async function makeChartLink(
  principal: Principal,
  orderId: string,
  { bytes, extension }: { bytes: Buffer; extension: string },
  clock: Clock = systemClock,
): Promise<string> {
  const { organisationId, userId } = principal;
  const { sha256 } = await objectStore().putStream(Readable.from([bytes]));
  const token = randomBytes(32).toString("base64url");
  const id = newId();
  await withOrganisation(organisationId, async (tx) => {
    const expiresAt = new Date(clock.now().getTime() + LINK_LIFE_MS);
    const row = {
      id,
      organisationId,
      orderId,
      tokenHash: hashOf(token),
      sha256,
      extension,
      createdBy: userId,
      expiresAt,
    };
    await tx.chartLink.create({ data: row });
    await appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "chart.link_made",
      subjectType: "order",
      subjectId: orderId,
      facts: { linkId: id, sha256 },
    });
  });
  return `${env().PORTAL_URL}/api/links/${token}${extension}`;
}

/**
 * The paper behind a link. Every opening is audited: whoever has the link is let in, and nobody knows who that is.
 * @param name the last part of the address
 * @throws {AppError} not_found for a link that is nobody's, withdrawn or too old
 */
export async function openChartLink(
  name: string,
  clock: Clock = systemClock,
): Promise<{ sha256: string; type: string }> {
  const [, token = "", extension = ""] = TOKEN.exec(name) ?? [];
  const row = await database().chartLink.findFirst({
    where: { tokenHash: hashOf(token), extension, expiresAt: { gt: clock.now() } },
  });
  if (!row) throw new AppError("not_found");
  const { organisationId, orderId, sha256, id } = row;
  await withOrganisation(organisationId, (tx) =>
    appendAudit(tx, {
      organisationId,
      actorId: null,
      action: "chart.link_opened",
      subjectType: "order",
      subjectId: orderId,
      facts: { linkId: id },
    }),
  );
  return { sha256, type: TYPES[extension] ?? "application/octet-stream" };
}

/** Nothing of the order can be fetched any more: its patient was taken back. */
export async function withdrawChartLinks({ organisationId }: Principal, orderId: string): Promise<void> {
  await withOrganisation(organisationId, (tx) => tx.chartLink.deleteMany({ where: { organisationId, orderId } }));
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
