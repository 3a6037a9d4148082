import { changeMe, changeMeBodySchema, readMe } from "#lib/access/me.ts";
import { defineRoute } from "#lib/api/define-route.ts";

export const GET = defineRoute({ permission: "signed-in", handler: ({ principal }) => readMe(principal) });

export const PATCH = defineRoute({
  permission: "signed-in",
  body: changeMeBodySchema,
  handler: async ({ principal, body }) => {
    await changeMe(principal, body);
    return readMe({
      ...principal,
      locale: body.locale ?? principal.locale,
      toothNotation: body.toothNotation ?? principal.toothNotation,
    });
  },
});
