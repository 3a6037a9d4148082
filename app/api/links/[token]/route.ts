import { z } from "zod";
import { defineRoute } from "#lib/api/define-route.ts";
import { respondObject } from "#lib/api/respond-object.ts";
import { openChartLink } from "#lib/documents/chart-links.ts";

/** A practice fetches a paper that was filed by link: whoever has the address has the paper, and nothing else. */
export const GET = defineRoute({
  permission: "public",
  params: z.object({ token: z.string().max(60) }),
  handler: async ({ params, request }) => {
    const { sha256, type } = await openChartLink(params.token);
    return respondObject(request, { sha256, type, disposition: "attachment" });
  },
});
