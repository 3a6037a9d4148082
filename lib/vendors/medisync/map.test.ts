import { expect, test } from "vitest";
import { allPages } from "#lib/vendors/medisync/all-pages.ts";
import { readTranscript, toAppointment, toNote } from "#lib/vendors/medisync/map.ts";
import { appointmentSchema, noteSchema, one, page, patientSchema, written } from "#lib/vendors/medisync/schemas.ts";

/** As the reference prints it. */
const APPOINTMENT = {
  _id: "65f8a1b2c3d4e5f6789012ef",
  name: "General Consultation",
  date: "2024-03-15",
  time: "14:30",
  recording_id: "rec_123",
  recording_url: "https://storage.example.com/recording.mp3",
  recording_key: "recordings/rec_123.mp3",
  status: "finished",
  doctor_id: "doctor_uid_123",
  patient_id: "65f8a1b2c3d4e5f6789012ab",
  notes: "Patient presented with symptoms...",
  language: "de",
  notes_type: "soap_clinical_notes_de",
  appointment_type: "in_person",
};
const appointment = (more: Record<string, unknown> = {}, zone = "Europe/Berlin") =>
  toAppointment(one(appointmentSchema).parse({ success: true, data: { ...APPOINTMENT, ...more } }), zone);

test("the reference's own appointment", () => {
  expect(appointment()).toEqual({
    key: "65f8a1b2c3d4e5f6789012ef",
    title: "General Consultation",
    kind: "other",
    day: "2024-03-15",
    time: "14:30",
    status: "finished",
    patientKey: "65f8a1b2c3d4e5f6789012ab",
    isRecorded: true,
    documentKey: undefined,
    transcription: null,
  });
});

test.each([
  ["Try-in crown 11", "try_in"],
  ["Tryin", "try_in"],
  ["Gerüstanprobe", "try_in"],
  ["Einprobe Brücke", "try_in"],
  ["Seating", "seating"],
  ["Crown insert", "seating"],
  ["Deliver veneers", "seating"],
  ["Krone einsetzen", "seating"],
  ["Eingliederung", "seating"],
  ["Seasonal check", "other"],
  ["", "other"],
] as const)("an appointment called %j is %s", (name, kind) => {
  expect(appointment({ name }).kind).toBe(kind);
});

test.each([
  [{ patient_id: { _id: "p1", firstName: "Jane" } }, { patientKey: "p1" }],
  [
    { patient_id: null, recording_id: null, document_id: null },
    { patientKey: null, isRecorded: false, documentKey: null },
  ],
  [
    { recording_id: undefined, document_id: "d1" },
    { isRecorded: null, documentKey: "d1" },
  ],
  [{ document_id: { _id: "d2" } }, { documentKey: "d2" }],
  [
    { name: null, status: 7, time: "soon" },
    { title: "", status: "7", time: null },
  ],
])("a record that drifted, %j, keeps what it has", (more, expected) => {
  expect(appointment(more)).toMatchObject(expected);
});

test.each([
  { data: { appointment: { id: "a1", title: "Seating", appointment_date: "2026-03-15", appointment_time: "14:30" } } },
  { id: "a1", reason: "Seating", scheduledAt: "2026-03-15T13:30:00Z" },
  { appointment: { _id: "a1", name: "Seating", date: "2026-03-15", start_time: "14:30" } },
])("an appointment whose fields have other names is read by what they mean: %j", (answer) => {
  const row = one(appointmentSchema).parse(answer);
  expect(toAppointment(row, "Europe/Berlin")).toMatchObject({
    key: "a1",
    title: "Seating",
    kind: "seating",
    day: "2026-03-15",
    time: "14:30",
    documentKey: undefined,
  });
});

test("what was written stays written, whatever the vendor answers", () => {
  for (const answer of [{}, { success: true }, { data: { id: 5 } }, null, "ok"])
    expect(written(appointmentSchema).safeParse(answer).success).toBe(true);
});

test.each([
  ["2026-03-29", "02:30", "Europe/Berlin", "2026-03-29", "02:30"], // this half hour does not exist in Berlin
  ["2026-10-25", "02:30", "Europe/Berlin", "2026-10-25", "02:30"], // and this one twice
  ["2026-03-15", "00:00", "Pacific/Kiritimati", "2026-03-15", "00:00"],
  ["2026-03-15T00:00:00.000Z", "14:30", "America/Los_Angeles", "2026-03-15", "14:30"],
  ["2026-03-14T15:00:00Z", null, "Asia/Seoul", "2026-03-15", "00:00"],
  ["2026-03-15T06:30:00Z", null, "America/Los_Angeles", "2026-03-14", "23:30"],
  ["15.03.2026", "2:30 PM", "Europe/Berlin", "2026-03-15", "14:30"],
  ["2026-02-30", "25:00", "Europe/Berlin", null, null],
  ["", "12:00 AM", "Europe/Berlin", null, "00:00"],
  ["tomorrow", null, "Europe/Berlin", null, null],
])("F31: %s %s in %s is %s %s", (date, time, zone, day, clock) => {
  expect(appointment({ date, time }, zone)).toMatchObject({ day, time: clock });
});

test("F31: a day stays the day it was written as, in every zone and around every change of the clocks", () => {
  const days = ["2025-03-30", "2025-10-26", "2026-03-08", "2026-11-01", "2027-04-04", "2028-02-29"];
  for (const zone of Intl.supportedValuesOf("timeZone"))
    for (const date of days) expect(appointment({ date, time: "02:30" }, zone).day).toBe(date);
});

test.each([
  ["an array", (rows: unknown[]) => rows],
  ["data", (rows: unknown[]) => ({ success: true, data: rows })],
  ["a page", (rows: unknown[]) => ({ success: true, data: rows, page: 1, limit: 2, total: 5 })],
  ["a page in data", (rows: unknown[]) => ({ success: true, data: { patients: rows, page: 1, limit: 2, total: 5 } })],
])("lists come whole or in pages: %s", (name, wrap) => {
  const { rows, total } = page(patientSchema).parse(wrap([{ _id: "1", firstName: "A" }, { shoe: 1 }, { _id: 2 }]));
  expect(rows.map(({ _id }) => _id)).toEqual(["1", "2"]);
  expect(total).toBe(name.includes("page") ? 5 : null);
});

test("an empty list may be null, something else is no list", () => {
  expect(page(patientSchema).parse({ success: true, data: null })).toEqual({ rows: [], total: null });
  expect(page(patientSchema).safeParse({ success: true }).success).toBe(false);
});

test("further pages are read while there are more, and not one beyond", async () => {
  const asked: unknown[] = [];
  const rows = await allPages(async (query) => {
    asked.push(query);
    return { rows: asked.length < 3 ? [1, 2] : [3], total: 5 };
  });
  expect(rows).toEqual([1, 2, 1, 2, 3]);
  expect(asked).toEqual([{}, { page: 2 }, { page: 3 }]);
});

const note = (notes: unknown, summary: unknown = "") => toNote(noteSchema.parse({ _id: "n", notes, summary }));

test("a note is text, whatever it was written in", () => {
  expect(note('<p>Crown <b>11</b></p><script>alert("x")</script><br/>Shade &lt;A2&gt; &amp; light')?.text).toBe(
    "Crown 11\n\nShade <A2> & light",
  );
  expect(note("\u001b[31mred\u001b[0m \u202eabc\u0000")?.text).toBe("red abc");
  expect(note("tooth 11 < tooth 12, a<b")?.text).toBe("tooth 11 < tooth 12, a<b");
  expect(note("<scr<script>ipt>alert(1)")?.text).not.toContain("<script");
});

test("a note without a word is none; a date that cannot be read costs the date only", () => {
  expect(note("  ")).toBeNull();
  expect(toNote(noteSchema.parse({ _id: "n", notes: "x", updatedAt: "never" }))).toMatchObject({
    text: "x",
    updatedAt: null,
  });
});

test.each([
  ["Tooth 11.", "Tooth 11."],
  [{ success: true, data: { transcription: "Tooth 11." } }, "Tooth 11."],
  [{ data: [{ transcription: "Tooth 11." }] }, "Tooth 11."],
  [
    {
      data: {
        transcription: [
          { speaker: "Dr", text: "Open." },
          { speaker: 2, text: "Aah." },
        ],
      },
    },
    "Dr: Open.\n2: Aah.",
  ],
  [{ data: null }, null],
  [{ data: [] }, null],
  [7, null],
])("a transcription as %j reads %j", (value, expected) => {
  expect(readTranscript(value)).toBe(expected);
});
