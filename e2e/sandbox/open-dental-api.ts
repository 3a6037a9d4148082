import type { Exchange, Handler, Reply } from "./exchange.ts";
import { admit, OpenDentalProblem, text } from "./open-dental-checks.ts";
import {
  type Call,
  deleteDocument,
  downloadMount,
  downloadSftp,
  getDocument,
  listDocuments,
  setByUrl,
  thumbnails,
  updateDocument,
  uploadDocument,
  uploadSftp,
} from "./open-dental-documents.ts";
import {
  createLabCase,
  deleteLabCase,
  getLabCase,
  getPatient,
  listAppointments,
  listDefinitions,
  listLabCases,
  listPatientsSimple,
  listProviders,
  searchPatients,
  updateLabCase,
} from "./open-dental-neighbours.ts";
import type { OdPermission } from "./open-dental-office.ts";
import {
  createDefinition,
  createLaboratory,
  createLabTurnaround,
  createPatient,
  getLaboratory,
  getLabTurnaround,
  listLaboratories,
  listLabTurnarounds,
  updateLaboratory,
  updateLabTurnaround,
  updatePatient,
} from "./open-dental-setup.ts";
import type { World } from "./world.ts";

type Route = [method: string, path: RegExp, needs: OdPermission, handle: (call: Call) => Reply | Promise<Reply>];

/** "newer" marks what versions before 24.2 do not have. */
const ROUTES: (Route | [...Route, "newer"])[] = [
  ["GET", /^\/documents$/, "ReadAll", listDocuments],
  ["GET", /^\/documents\/(\d+)$/, "ReadAll", getDocument, "newer"],
  ["POST", /^\/documents\/Upload$/, "Documents", uploadDocument],
  ["POST", /^\/documents\/SetByUrl$/, "AllOthers", setByUrl],
  ["POST", /^\/documents\/UploadSftp$/, "AllOthers", uploadSftp],
  ["POST", /^\/documents\/DownloadSftp$/, "AllOthers", downloadSftp],
  ["POST", /^\/documents\/Thumbnails$/, "AllOthers", thumbnails],
  ["POST", /^\/documents\/DownloadMount$/, "AllOthers", downloadMount],
  ["PUT", /^\/documents\/(\d+)$/, "AllOthers", updateDocument, "newer"],
  ["DELETE", /^\/documents\/(\d+)$/, "AllOthers", deleteDocument, "newer"],
  ["GET", /^\/patients$/, "ReadAll", searchPatients],
  ["GET", /^\/patients\/Simple$/, "ReadAll", listPatientsSimple],
  ["GET", /^\/patients\/(\d+)$/, "ReadAll", getPatient],
  ["POST", /^\/patients$/, "Patients", createPatient],
  ["PUT", /^\/patients\/(\d+)$/, "Patients", updatePatient],
  ["GET", /^\/definitions$/, "ReadAll", listDefinitions],
  ["POST", /^\/definitions$/, "Setup", createDefinition, "newer"],
  ["GET", /^\/labcases$/, "ReadAll", listLabCases, "newer"],
  ["GET", /^\/labcases\/(\d+)$/, "ReadAll", getLabCase, "newer"],
  ["POST", /^\/labcases$/, "AllOthers", createLabCase, "newer"],
  ["PUT", /^\/labcases\/(\d+)$/, "AllOthers", updateLabCase, "newer"],
  ["DELETE", /^\/labcases\/(\d+)$/, "AllOthers", deleteLabCase, "newer"],
  ["GET", /^\/laboratories$/, "ReadAll", listLaboratories, "newer"],
  ["GET", /^\/laboratories\/(\d+)$/, "ReadAll", getLaboratory, "newer"],
  ["POST", /^\/laboratories$/, "AllOthers", createLaboratory, "newer"],
  ["PUT", /^\/laboratories\/(\d+)$/, "AllOthers", updateLaboratory, "newer"],
  ["GET", /^\/labturnarounds$/, "ReadAll", listLabTurnarounds, "newer"],
  ["GET", /^\/labturnarounds\/(\d+)$/, "ReadAll", getLabTurnaround, "newer"],
  ["POST", /^\/labturnarounds$/, "AllOthers", createLabTurnaround, "newer"],
  ["PUT", /^\/labturnarounds\/(\d+)$/, "AllOthers", updateLabTurnaround, "newer"],
  ["GET", /^\/appointments$/, "ReadAll", listAppointments],
  ["GET", /^\/providers$/, "ReadAll", listProviders],
];

/** Open Dental's API as its documents describe it, for one office; paths begin after /api/v1. */
export function openDentalApi(world: World): Handler {
  return async (exchange) => {
    try {
      return await answer(world, exchange);
    } catch (error) {
      if (!(error instanceof OpenDentalProblem)) throw error;
      return text(error.status, error.message);
    }
  };
}

async function answer(world: World, exchange: Exchange): Promise<Reply> {
  const path = /^\/api\/v1(\/.*)$/.exec(exchange.url.pathname)?.[1] ?? "";
  const isOlder = world.live.openDentalGeneration === "older";
  const route = ROUTES.find(([method, pattern]) => method === exchange.method && pattern.test(path));
  admit(world, exchange, world.openDental, route?.[2] ?? "ReadAll");
  if (route === undefined || (isOlder && route[4] === "newer")) {
    if (route === undefined)
      exchange.violations.push(`${exchange.method} ${path} is not an operation of Open Dental's API`);
    throw new OpenDentalProblem(route === undefined ? 404 : 400, "Not available in this version");
  }
  const id = Number(route[1].exec(path)?.[1] ?? 0);
  return await route[3]({ world, office: world.openDental, exchange, id });
}
