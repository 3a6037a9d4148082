import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { findAppointmentsBodySchema } from "#lib/appointments/appointment-schema.ts";
import { findAppointments } from "#lib/appointments/find-appointments.ts";

/** Which appointment it may be: a search by POST, because names do not belong into addresses. */
export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: findAppointmentsBodySchema,
  handler: ({ principal, params, body }) => findAppointments(principal, params.id, body),
});
