import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import type { ListOrdersQuery } from "#lib/orders/order-schema.ts";

/** Where a page ended: the sort value of its last order (text; null sorts last) and that order's id. */
export type OrderCursor = { key: string | null; id: string };

const cursorSchema = z.object({ k: z.string().max(100).nullable(), i: z.uuid(), f: z.string() });

/** Opaque to clients, and only good for the very list it came from. */
export function writeCursor(cursor: OrderCursor, query: ListOrdersQuery): string {
  const text = JSON.stringify({ k: cursor.key, i: cursor.id, f: fingerprint(query) });
  return Buffer.from(text, "utf8").toString("base64url");
}

/** @throws {AppError} invalid_parameter for a cursor of another list, or none of ours */
export function readCursor(text: string, query: ListOrdersQuery): OrderCursor {
  const parsed = cursorSchema.safeParse(parse(text));
  if (!parsed.success || parsed.data.f !== fingerprint(query) || !fits(parsed.data.k, query.sort))
    throw new AppError("invalid_parameter", "cursor does not belong to this list", {
      invalidParams: [{ name: "cursor", reason: "does not belong to this list" }],
      facts: { name: "cursor" },
    });
  return { key: parsed.data.k, id: parsed.data.i };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

/** A key is what the sorted column can hold, so that the database never has to refuse it. */
function fits(key: string | null, sort: ListOrdersQuery["sort"]): boolean {
  const column = sort.replace("-", "");
  if (key === null) return column === "dueOn" || column === "vendorUpdatedAt";
  if (column === "clinic") return fitsClinic(key);
  if (column === "number") return !key.includes("\0");
  return (column === "dueOn" ? z.iso.date() : z.iso.datetime()).safeParse(key).success;
}

/** When the order came, and its clinic or "-". */
function fitsClinic(key: string): boolean {
  const [receivedAt, clinicId, ...more] = key.split(" ");
  return (
    more.length === 0 &&
    z.iso.datetime().safeParse(receivedAt).success &&
    (clinicId === "-" || z.uuid().safeParse(clinicId).success)
  );
}

/** What a list is made of: everything but how far and how much is read. */
function fingerprint({ cursor: _, limit: __, ...list }: ListOrdersQuery): string {
  const entries = Object.entries(list)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(entries)).digest("base64url").slice(0, 16);
}
