import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondVendorFile } from "#lib/api/respond-vendor-file.ts";
import { deleteRecordingBodySchema } from "#lib/appointments/appointment-schema.ts";
import { deleteRecording, playRecording } from "#lib/appointments/play-recording.ts";

export const GET = defineRoute({
  permission: "download",
  params: idParamsSchema,
  handler: async ({ principal, params, request }) =>
    respondVendorFile(request, await playRecording(principal, params.id, request.headers.get("range"))),
});

export const DELETE = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: deleteRecordingBodySchema,
  handler: async ({ principal, params, body }) => {
    await deleteRecording(principal, params.id, body);
    return new Response(null, { status: 204 });
  },
});
