import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { readEndpoint, writeEndpoint } from "#lib/vendors/open-dental/config.ts";
import { numQuery, pageQuery } from "#lib/vendors/open-dental/fields.ts";
import { definitionListSchema, definitionSchema } from "#lib/vendors/open-dental/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

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

const createBodySchema = z.strictObject({
  /** Name of the kind of definition, as the vendor writes it: "ImageCats". */
  category: z.string().min(1).max(60),
  ItemName: z.string().min(1).max(255),
  ItemValue: z.string().max(255).optional(),
});

export const createDefinitionEndpoint = writeEndpoint({
  name: "createDefinition",
  method: "POST",
  path: "/definitions",
  section: "Definitions POST",
  body: createBodySchema,
  response: definitionSchema,
  scope: "Setup",
  repeat: "once",
});

/** "Definitions POST": a folder more, for example one marked for lab cases. */
export async function createDefinition(session: VendorSession, body: z.input<typeof createBodySchema>) {
  return (await vendorFetch(session, createDefinitionEndpoint, { body })).value;
}
