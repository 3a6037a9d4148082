import { z } from "zod";
import { Prisma } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { calendarOf, viewCondition } from "./view-condition.ts";
import { VIEWS } from "./view-names.ts";

/** Counting stops here: "more than 999" is as good an answer as the exact number, and costs the same however many there are. */
export const MOST_COUNTED = 1_000;

export const viewSchema = z.object({
  name: z.enum(VIEWS),
  /** Orders in the view now, at most 1000: then there may be more. */
  count: z.number().int(),
});
export type ViewCount = z.infer<typeof viewSchema>;

/** The views of the inbox with how many orders each has now. `GET /api/orders?view=` lists them. @throws {AppError} forbidden */
export async function listViews(principal: Principal, clock: Clock = systemClock): Promise<{ items: ViewCount[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const calendar = await calendarOf(tx, organisationId, clock.now());
    const counts = VIEWS.map(
      (view) => Prisma.sql`SELECT ${view} AS name, (SELECT count(*)::int FROM (
        SELECT 1 FROM orders
        WHERE organisation_id = ${organisationId}::uuid AND twin_of IS NULL AND ${viewCondition(view, calendar)}
        LIMIT ${MOST_COUNTED}) AS found) AS count`,
    );
    return { items: await tx.$queryRaw<ViewCount[]>(Prisma.join(counts, " UNION ALL ")) };
  });
}
