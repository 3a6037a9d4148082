import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { bringPictures, listChartPictures } from "#lib/documents/chart-pictures.ts";
import { bringPicturesBodySchema } from "#lib/documents/document-schema.ts";

export const GET = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: ({ principal, params }) => listChartPictures(principal, params.id),
});

export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: bringPicturesBodySchema,
  handler: async ({ principal, params, body }) =>
    respond(await bringPictures(principal, params.id, body), { status: 202 }),
});
