import { createHash } from "node:crypto";
import { listAppointmentsEndpoint, listProvidersEndpoint } from "#lib/vendors/open-dental/api/appointments.ts";
import {
  createDefinitionEndpoint,
  listDefinitions,
  listDefinitionsEndpoint,
} from "#lib/vendors/open-dental/api/definitions.ts";
import {
  createThumbnailsEndpoint,
  deleteDocumentEndpoint,
  downloadDocumentSftpEndpoint,
  downloadMountEndpoint,
  getDocumentEndpoint,
  listDocumentsEndpoint,
  setDocumentByUrlEndpoint,
  updateDocumentEndpoint,
  uploadDocumentEndpoint,
  uploadDocumentSftpEndpoint,
} from "#lib/vendors/open-dental/api/documents.ts";
import {
  createLabCaseEndpoint,
  deleteLabCaseEndpoint,
  getLabCaseEndpoint,
  listLabCasesEndpoint,
  updateLabCaseEndpoint,
} from "#lib/vendors/open-dental/api/lab-cases.ts";
import {
  createLaboratoryEndpoint,
  createLabTurnaroundEndpoint,
  getLaboratoryEndpoint,
  getLabTurnaroundEndpoint,
  listLaboratoriesEndpoint,
  listLabTurnaroundsEndpoint,
  updateLaboratoryEndpoint,
  updateLabTurnaroundEndpoint,
} from "#lib/vendors/open-dental/api/laboratories.ts";
import {
  createPatientEndpoint,
  getPatientEndpoint,
  listPatientsSimpleEndpoint,
  searchPatientsEndpoint,
  updatePatientEndpoint,
} from "#lib/vendors/open-dental/api/patients.ts";
import { accessToken, baseUrlOf, credentials, customerKeyOf, fields } from "#lib/vendors/open-dental/credentials.ts";
import { documents } from "#lib/vendors/open-dental/documents.ts";
import { findPermissions, PERMISSIONS, pauseMs, statedPermissions } from "#lib/vendors/open-dental/permissions.ts";
import type { Vendor, VendorAccount } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Open Dental keeps a clinic's charts. It has no orders of its own. See README.md in this folder. */
export const openDental: Vendor = {
  id: "open-dental",
  name: "Open Dental",
  auth: {
    kind: "key",
    baseUrl: baseUrlOf,
    credentials,
    fields,
    missingSettings: () => [],
    accessToken,
    timeZoneOf: ({ timeZone }) => timeZone ?? null,
    countedBy: customerKeyOf,
    statedPermissions,
    permissions: PERMISSIONS,
    findPermissions,
    pauseMs,
  },
  capabilities: {
    decisions: { lab: [], clinic: [] },
    decisionMode: "recorded",
    files: false,
    attachments: { lab: false, clinic: false },
    orderForm: false,
  },
  endpoints: [
    listDocumentsEndpoint,
    getDocumentEndpoint,
    uploadDocumentEndpoint,
    setDocumentByUrlEndpoint,
    uploadDocumentSftpEndpoint,
    downloadDocumentSftpEndpoint,
    createThumbnailsEndpoint,
    downloadMountEndpoint,
    updateDocumentEndpoint,
    deleteDocumentEndpoint,
    searchPatientsEndpoint,
    listPatientsSimpleEndpoint,
    getPatientEndpoint,
    createPatientEndpoint,
    updatePatientEndpoint,
    listDefinitionsEndpoint,
    createDefinitionEndpoint,
    listLabCasesEndpoint,
    getLabCaseEndpoint,
    createLabCaseEndpoint,
    updateLabCaseEndpoint,
    deleteLabCaseEndpoint,
    listLaboratoriesEndpoint,
    getLaboratoryEndpoint,
    createLaboratoryEndpoint,
    updateLaboratoryEndpoint,
    listLabTurnaroundsEndpoint,
    getLabTurnaroundEndpoint,
    createLabTurnaroundEndpoint,
    updateLabTurnaroundEndpoint,
    listAppointmentsEndpoint,
    listProvidersEndpoint,
  ],
  identify,
  documents,
};

/** The API does not say whose office it is: a key belongs to one office, so its hash is the account. */
async function identify(session: VendorSession): Promise<VendorAccount> {
  await listDefinitions(session);
  const key = customerKeyOf(session.accessToken);
  const accountKey = createHash("sha256").update(`open-dental customer key ${key}`).digest("hex").slice(0, 32);
  return { accountKey, account: `Open Dental …${key.slice(-4)}`, groupKey: null, groupName: null, side: "clinic" };
}
