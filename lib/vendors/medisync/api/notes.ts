import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { pageQuery } from "#lib/vendors/medisync/all-pages.ts";
import { idParam, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { noteSchema, noteTextsSchema, one, page, written } from "#lib/vendors/medisync/schemas.ts";
import { asIs, text } from "#lib/vendors/tolerant-fields.ts";
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
  response: written(noteSchema),
});

/** "Update notes": fields that are left out stay as they are. */
export const updateNoteEndpoint = writeEndpoint({
  name: "updateNote",
  method: "PUT",
  path: "/notes/{id}",
  section: "Notes, update notes",
  params,
  body: z.strictObject({
    appointment_id: idParam.optional(),
    notes: z.string().max(200_000).optional(),
    summary: z.string().max(20_000).optional(),
  }),
  response: written(noteSchema),
});

export const noteSummaryEndpoint = readEndpoint({
  name: "noteSummary",
  path: "/notes/summary/{id}",
  section: "Notes, get notes summary",
  params,
  response: one(z.looseObject({ summary: text() })),
});

const feedback = z.looseObject({ feedback_score: z.number().nullish() });

export const noteFeedbackEndpoint = readEndpoint({
  name: "noteFeedback",
  path: "/notes/feedback/{id}",
  section: "Notes, get feedback score",
  params,
  response: one(feedback),
});

export const updateFeedbackEndpoint = writeEndpoint({
  name: "updateFeedback",
  method: "PUT",
  path: "/notes/feedback/{id}",
  section: "Notes, update feedback score",
  params,
  body: z.strictObject({ feedback_score: z.number().optional() }),
  response: written(noteSchema),
});

/** "May be null if no AI analysis has been performed." */
const diagnosis = z.looseObject({ diagnosis_prediction: asIs() });

export const diagnosisOfEndpoint = readEndpoint({
  name: "diagnosisOf",
  path: "/notes/diagnosis/{id}",
  section: "Notes, get diagnosis prediction",
  params,
  response: one(diagnosis),
});

export const updateDiagnosisEndpoint = writeEndpoint({
  name: "updateDiagnosis",
  method: "PUT",
  path: "/notes/diagnosis/{id}",
  section: "Notes, update diagnosis prediction",
  params,
  body: z.strictObject({
    main_diagnosis: z.string().max(1_000).optional(),
    icd_code: z.string().max(20).optional(),
    reason: z.string().max(20_000).optional(),
  }),
  response: written(diagnosis),
});

export const predictDiagnosisEndpoint = writeEndpoint(
  {
    name: "predictDiagnosis",
    method: "POST",
    path: "/notes/diagnosis/{id}",
    section: "Notes, generate AI diagnosis",
    slow: true,
    params,
    response: written(noteSchema),
  },
  "subscription",
);

export const regenerateNotesEndpoint = writeEndpoint(
  {
    name: "regenerateNotes",
    method: "POST",
    path: "/notes/regenerate-notes/{id}",
    section: "Notes, regenerate notes",
    slow: true,
    params,
    body: z.strictObject({
      notes_template_type: z.string().min(1).max(60),
      language: z.string().min(2).max(10).optional(),
    }),
    response: written(noteTextsSchema),
  },
  "subscription",
);
