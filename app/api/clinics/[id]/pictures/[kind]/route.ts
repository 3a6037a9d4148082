import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondPicture } from "#lib/api/respond-picture.ts";
import { pictureKindSchema } from "#lib/groups/group-schema.ts";
import { openClinicPicture } from "#lib/groups/open-picture.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema.extend({ kind: pictureKindSchema }),
  handler: async ({ principal, params }) => respondPicture(await openClinicPicture(principal, params.id, params.kind)),
});
