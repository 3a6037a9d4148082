import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { readEndpoint } from "#lib/vendors/open-dental/config.ts";
import { numQuery, pageQuery } from "#lib/vendors/open-dental/fields.ts";
import { definitionListSchema } from "#lib/vendors/open-dental/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor.ts";

/** Definitions of this category are the image categories. */
const IMAGE_CATEGORIES = 18;

export const listDefinitionsEndpoint = readEndpoint({
  name: "listDefinitions",
  path: "/definitions",
  section: "Definitions GET",
  query: z.strictObject({ Category: numQuery, includeHidden: z.enum(["true", "false"]).optional(), ...pageQuery }),
  response: definitionListSchema,
});

/** "Definitions GET", category 18: the image categories that are shown, in the practice's order. */
export async function listDefinitions(session: VendorSession) {
  const query = { Category: IMAGE_CATEGORIES };
  return (await vendorFetch(session, listDefinitionsEndpoint, { query })).value;
}
