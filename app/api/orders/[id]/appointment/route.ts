import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { linkAppointmentBodySchema } from "#lib/appointments/appointment-schema.ts";
import { linkAppointment, unlinkAppointment } from "#lib/appointments/link-appointment.ts";
import { readAppointment } from "#lib/appointments/read-appointment.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: ({ principal, params }) => readAppointment(principal, params.id),
});

export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: linkAppointmentBodySchema,
  handler: async ({ principal, params, body }) =>
    respond(await linkAppointment(principal, params.id, body), { status: 201 }),
});

export const DELETE = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: async ({ principal, params }) => {
    await unlinkAppointment(principal, params.id);
    return new Response(null, { status: 204 });
  },
});
