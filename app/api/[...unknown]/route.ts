import { defineRoute } from "#lib/api/define-route.ts";
import { AppError } from "#lib/errors.ts";

/** Where the API has nothing, its own answer says so: programs read problem+json, no page. */
const nothing = defineRoute({
  permission: "public",
  handler: async () => {
    throw new AppError("not_found");
  },
});

export const GET = nothing;
export const POST = nothing;
export const PUT = nothing;
export const PATCH = nothing;
export const DELETE = nothing;
