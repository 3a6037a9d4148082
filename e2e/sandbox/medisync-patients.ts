import type { Exchange, Reply } from "./exchange.ts";
import { checkQuery, done, MedisyncProblem, needSubscription, readBody } from "./medisync-checks.ts";
import type { MedisyncPractices } from "./medisync-practice.ts";
import type { MsUser } from "./medisync-records.ts";

/** One admitted call. */
export interface MsCall {
  practices: MedisyncPractices;
  exchange: Exchange;
  user: MsUser;
  /** The id in the path, or "". */
  id: string;
}

const PATIENT_FIELDS = [
  "firstName",
  "lastName",
  "dateOfBirth",
  "address",
  "insurance",
  "medicalHistory",
  "currentMedications",
  "contact",
];
const APPOINTMENT_FIELDS = [
  "name",
  "date",
  "time",
  "patient_id",
  "recording_id",
  "recording_url",
  "recording_key",
  "status",
  "notes",
  "language",
  "notes_type",
  "appointment_type",
];

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

export function subscription({ user }: MsCall): Reply {
  return done({ plan: user.plan, status: user.plan === "none" ? "inactive" : "active" });
}

export function listAppointments({ practices, user }: MsCall): Reply {
  return done(practices.state.appointments.filter((one) => one.doctor_id === user.uid));
}

export function getAppointment({ practices, user, id }: MsCall): Reply {
  const found = practices.appointment(id, user);
  if (!found) throw new MedisyncProblem(404, "Appointment not found");
  return done(found);
}

export async function addAppointment({ practices, exchange, user }: MsCall): Promise<Reply> {
  needSubscription(user);
  const body = await readBody(exchange, APPOINTMENT_FIELDS);
  const [name, date, time] = [text(body.name), text(body.date), text(body.time)];
  if (!name || !date || !time) throw new MedisyncProblem(400, "name, date and time are required");
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d$/.test(time))
    throw new MedisyncProblem(400, "Invalid date or time");
  const patient_id = text(body.patient_id) ?? null;
  if (patient_id && !practices.state.patients.some((one) => one._id === patient_id && one.doctor_id === user.uid))
    throw new MedisyncProblem(404, "Patient not found");
  const made = practices.addAppointment(user, {
    name,
    date,
    time,
    patient_id,
    status: body.status === "planned" ? "planned" : "recording",
    notes: text(body.notes) ?? "",
    ...(text(body.language) ? { language: text(body.language) } : {}),
    ...(text(body.appointment_type) ? { appointment_type: text(body.appointment_type) } : {}),
  });
  return done(made, 201);
}

export async function addPatient({ practices, exchange, user }: MsCall): Promise<Reply> {
  const body = await readBody(exchange, PATIENT_FIELDS);
  const [firstName, lastName] = [text(body.firstName), text(body.lastName)];
  if (!firstName || !lastName) throw new MedisyncProblem(400, "firstName and lastName are required");
  return done(practices.addPatient(user, { ...body, firstName, lastName }), 201);
}

export function searchPatients({ practices, exchange, user }: MsCall): Reply {
  checkQuery(exchange, ["query"]);
  const wanted = (exchange.url.searchParams.get("query") ?? "").toLowerCase().trim();
  if (wanted === "") {
    exchange.violations.push("The query parameter query is missing");
    throw new MedisyncProblem(400, "query is required");
  }
  const found = practices.state.patients.filter(
    (one) => one.doctor_id === user.uid && `${one.firstName} ${one.lastName}`.toLowerCase().includes(wanted),
  );
  return done(found);
}

export async function updatePatient({ practices, exchange, user, id }: MsCall): Promise<Reply> {
  const body = await readBody(exchange, PATIENT_FIELDS);
  const found = practices.state.patients.find((one) => one._id === id && one.doctor_id === user.uid);
  if (!found) throw new MedisyncProblem(404, "Patient not found");
  Object.assign(found, body);
  found.updatedAt = practices.stamp().updatedAt;
  return done(found);
}
