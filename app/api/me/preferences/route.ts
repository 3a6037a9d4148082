import { defineRoute } from "#lib/api/define-route.ts";
import { changePreferences } from "#lib/preferences/change-preferences.ts";
import { changePreferencesBodySchema } from "#lib/preferences/preferences-schema.ts";
import { readPreferences } from "#lib/preferences/read-preferences.ts";

export const GET = defineRoute({
  permission: "signed-in",
  handler: ({ principal }) => readPreferences(principal),
});

export const PUT = defineRoute({
  permission: "signed-in",
  body: changePreferencesBodySchema,
  handler: ({ principal, body }) => changePreferences(principal, body),
});
