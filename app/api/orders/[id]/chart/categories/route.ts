import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { listChartCategories } from "#lib/documents/list-chart-categories.ts";

export const GET = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: ({ principal, params }) => listChartCategories(principal, params.id),
});
