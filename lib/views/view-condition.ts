import { Prisma } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { dayIn } from "#lib/day-in.ts";
import type { ViewName } from "./view-names.ts";

/** Who looks, and the organisation's own calendar: views speak of its today, wherever the reader is. */
export type ViewFrame = { timeZone: string; today: string; userId: string };

/** Orders somebody still works on. */
const OPEN = Prisma.sql`status IN ('pending', 'accepted', 'in_production')`;

export async function viewFrame(
  tx: TenantTransaction,
  { organisationId, userId }: Pick<Principal, "organisationId" | "userId">,
  now: Date,
): Promise<ViewFrame> {
  const { timeZone } = await tx.organisation.findUniqueOrThrow({
    where: { id: organisationId },
    select: { timeZone: true },
  });
  return { userId, timeZone, today: dayIn(now, timeZone) };
}

/** Which rows of `orders` belong to a view. Days are the organisation's; "soon" is today and the two days after it. */
export function viewCondition(view: ViewName, { timeZone, today, userId }: ViewFrame): Prisma.Sql {
  const day = Prisma.sql`${today}::date`;
  switch (view) {
    case "new_today":
      return Prisma.sql`received_at >= ${day}::timestamp AT TIME ZONE ${timeZone}`;
    case "needs_information":
      return Prisma.sql`info_request = 'requested' AND ${OPEN}`;
    case "due_soon":
      return Prisma.sql`due_on BETWEEN ${day} AND ${day} + 2 AND ${OPEN}`;
    case "late":
      return Prisma.sql`due_on < ${day} AND ${OPEN}`;
    case "accepted_not_downloaded":
      return Prisma.sql`status = 'accepted' AND downloaded_at IS NULL`;
    case "changed_after_acceptance":
      return Prisma.sql`changed_at IS NOT NULL AND ${OPEN}`;
    case "mine":
      return Prisma.sql`assignee_id = ${userId}::uuid AND ${OPEN}`;
    case "on_hold":
      return Prisma.sql`hold_until > ${day}`;
    case "closed":
      return Prisma.sql`status IN ('rejected', 'cancelled')`;
  }
}
