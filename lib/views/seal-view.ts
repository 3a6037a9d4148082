import { type SealedPlace, sealJson, unsealJson } from "#lib/crypto/seal.ts";
import { type SaveViewBody, saveViewBodySchema } from "./saved-view-schema.ts";

/** What is sealed of a view: its name and its search may be a patient's. */
export type ViewContent = Pick<SaveViewBody, "name" | "filters" | "columns">;

const place = (organisationId: string, viewId: string): SealedPlace => ({
  organisationId,
  table: "saved_views",
  column: "content_sealed",
  row: viewId,
});

export function sealView(organisationId: string, id: string, content: ViewContent): Uint8Array<ArrayBuffer> {
  return sealJson(content, place(organisationId, id));
}

/**
 * What an older version saved and this one does not understand any more is left out, never an error.
 * @throws {SealError}
 */
export function openView(organisationId: string, id: string, sealed: Uint8Array): ViewContent {
  const stored = unsealJson(sealed, place(organisationId, id)) as ViewContent;
  const parsed = saveViewBodySchema.safeParse(stored);
  return parsed.success
    ? parsed.data
    : { name: stored.name, filters: saveViewBodySchema.shape.filters.parse({}), columns: null };
}
