import { defineRoute } from "#lib/api/define-route.ts";
import { listClinics } from "#lib/orders/list-clinics.ts";

/** What the inbox offers to filter by. */
export const GET = defineRoute({
  permission: "read",
  handler: ({ principal }) => listClinics(principal),
});
