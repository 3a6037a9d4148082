import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { fileIntoChart, listFilings } from "#lib/documents/file-into-chart.ts";
import { readFilingRequest } from "#lib/documents/read-filing-request.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: ({ principal, params }) => listFilings(principal, params.id),
});

export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: async ({ principal, params, request }) => {
    const { details, file } = await readFilingRequest(request);
    return respond(await fileIntoChart(principal, params.id, details, file), { status: 201 });
  },
});
