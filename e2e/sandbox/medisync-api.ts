import { type Exchange, type Handler, json, type Reply } from "./exchange.ts";
import { admit, checkId, checkQuery, MedisyncProblem, readBody, refuse } from "./medisync-checks.ts";
import {
  addDocument,
  addNote,
  addRecording,
  addTranscription,
  deleteDocument,
  deleteRecording,
  diagnosisOf,
  documentsOf,
  downloadDocument,
  listNotes,
  listRecordings,
  noteFeedback,
  noteSummary,
  notesOf,
  predictDiagnosis,
  recordingsOf,
  regenerateNote,
  streamRecording,
  transcriptionOf,
  updateDiagnosis,
  updateFeedback,
  updateNote,
  updateTranscription,
} from "./medisync-clinical.ts";
import {
  addAppointment,
  addPatient,
  getAppointment,
  listAppointments,
  type MsCall,
  searchPatients,
  subscription,
  updatePatient,
} from "./medisync-patients.ts";
import { issueMedisyncToken } from "./medisync-tokens.ts";
import type { World } from "./world.ts";

type Route = [method: string, path: RegExp, handle: (call: MsCall) => Reply | Promise<Reply>, kind?: "upload"];

const ROUTES: Route[] = [
  ["GET", /^\/settings\/subscription$/, subscription],
  ["GET", /^\/appointments\/doctors$/, listAppointments],
  ["POST", /^\/appointments\/add$/, addAppointment],
  ["GET", /^\/appointments\/get\/([^/]+)$/, getAppointment],
  ["GET", /^\/recordings$/, listRecordings],
  ["POST", /^\/recordings\/add\/([^/]+)$/, addRecording, "upload"],
  ["GET", /^\/recordings\/get\/([^/]+)$/, streamRecording],
  ["GET", /^\/recordings\/([^/]+)$/, recordingsOf],
  ["DELETE", /^\/recordings\/([^/]+)$/, deleteRecording],
  ["POST", /^\/transcriptions\/add\/([^/]+)$/, addTranscription],
  ["PUT", /^\/transcriptions\/update\/([^/]+)$/, updateTranscription],
  ["GET", /^\/transcriptions\/([^/]+)$/, transcriptionOf],
  ["GET", /^\/notes$/, listNotes],
  ["POST", /^\/notes\/add\/([^/]+)$/, addNote],
  ["POST", /^\/notes\/diagnosis\/([^/]+)$/, predictDiagnosis],
  ["POST", /^\/notes\/regenerate-notes\/([^/]+)$/, regenerateNote],
  ["GET", /^\/notes\/summary\/([^/]+)$/, noteSummary],
  ["GET", /^\/notes\/feedback\/([^/]+)$/, noteFeedback],
  ["PUT", /^\/notes\/feedback\/([^/]+)$/, updateFeedback],
  ["GET", /^\/notes\/diagnosis\/([^/]+)$/, diagnosisOf],
  ["PUT", /^\/notes\/diagnosis\/([^/]+)$/, updateDiagnosis],
  ["GET", /^\/notes\/([^/]+)$/, notesOf],
  ["PUT", /^\/notes\/([^/]+)$/, updateNote],
  ["POST", /^\/documents\/add\/([^/]+)$/, addDocument, "upload"],
  ["GET", /^\/documents\/get\/([^/]+)$/, downloadDocument],
  ["GET", /^\/documents\/([^/]+)$/, documentsOf],
  ["DELETE", /^\/documents\/([^/]+)$/, deleteDocument],
  ["POST", /^\/patients\/add$/, addPatient],
  ["GET", /^\/patients\/search$/, searchPatients],
  ["PUT", /^\/patients\/([^/]+)$/, updatePatient],
];

/** MediSync's API as its documents describe it; paths begin after /api. */
export function medisyncApi(world: World): Handler {
  return async (exchange) => {
    try {
      return await answer(world, exchange);
    } catch (error) {
      if (!(error instanceof MedisyncProblem)) throw error;
      return refuse(world, error);
    }
  };
}

async function answer(world: World, exchange: Exchange): Promise<Reply> {
  const path = /^\/api(\/.*)$/.exec(exchange.url.pathname)?.[1] ?? "";
  if (exchange.method === "POST" && path === "/login") return logIn(world, exchange);
  const route = ROUTES.find(([method, pattern]) => method === exchange.method && pattern.test(path));
  const { user, headers } = admit(world, exchange, route?.[3] === "upload");
  if (route === undefined) {
    exchange.violations.push(`${exchange.method} ${path} is not an operation of MediSync's API`);
    throw new MedisyncProblem(404, "Not found");
  }
  const id = route[1].exec(path)?.[1] ?? "";
  if (id !== "") checkId(id, exchange);
  if (path !== "/patients/search") checkQuery(exchange, []);
  const reply = await route[2]({ practices: world.medisync, exchange, user, id });
  if (exchange.method !== "GET") world.remember();
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

async function logIn(world: World, exchange: Exchange): Promise<Reply> {
  const body = await readBody(exchange, ["email", "password", "remember"]);
  const email = typeof body.email === "string" ? body.email : "";
  const user = world.medisync.signIn(email, typeof body.password === "string" ? body.password : "");
  world.calls.addTokenCall({
    at: new Date(world.now()).toISOString(),
    vendor: "medisync",
    grant: "login",
    account: email.toLowerCase(),
    status: user ? 200 : 401,
    outcome: user ? "issued" : "refused",
  });
  if (!user) return json(401, { success: false, error: "Invalid email or password", code: "INVALID_CREDENTIALS" });
  const { uid, userTitle, firstName, lastName } = user;
  const token = issueMedisyncToken(world, user, body.remember === true);
  return json(200, { success: true, token, uid, userTitle, firstName, lastName });
}
