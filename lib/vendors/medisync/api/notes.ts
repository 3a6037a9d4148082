import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { pageQuery } from "#lib/vendors/medisync/all-pages.ts";
import { idParam, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { noteSchema, one, page, writtenSchema } from "#lib/vendors/medisync/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const params = z.strictObject({ id: idParam });

export const listNotesEndpoint = readEndpoint({
  name: "listNotes",
  path: "/notes",
  section: "Notes, list all notes",
  query: pageQuery,
  response: page(noteSchema),
});

export const notesOfEndpoint = readEndpoint({
  name: "notesOf",
  path: "/notes/{id}",
  section: "Notes, get clinical notes",
  params,
  response: page(noteSchema),
});

/** "Returns all notes for the specified appointment", often none. */
export async function notesOf(session: VendorSession, id: string) {
  return (await vendorFetch(session, notesOfEndpoint, { params: { id } })).value.rows;
}

/** "Create or update notes"; without a summary the one that is there stays. */
export const saveNoteEndpoint = writeEndpoint({
  name: "saveNote",
  method: "POST",
  path: "/notes/add/{id}",
  section: "Notes, create or update notes",
  params,
  body: z.strictObject({ notes: z.string().max(200_000), summary: z.string().max(20_000).optional() }),
  response: one(noteSchema),
});

export const predictDiagnosisEndpoint = writeEndpoint(
  {
    name: "predictDiagnosis",
    method: "POST",
    path: "/notes/diagnosis/{id}",
    section: "Notes, generate AI diagnosis",
    params,
    response: one(z.unknown()),
  },
  "subscription",
);

export const regenerateNotesEndpoint = writeEndpoint(
  {
    name: "regenerateNotes",
    method: "POST",
    path: "/notes/regenerate-notes/{id}",
    section: "Notes, regenerate notes",
    params,
    body: z.strictObject({
      notes_template_type: z.string().min(1).max(60),
      language: z.string().min(2).max(10).optional(),
    }),
    response: one(writtenSchema),
  },
  "subscription",
);
