import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { allPages } from "#lib/vendors/open-dental/all-pages.ts";
import { readEndpoint } from "#lib/vendors/open-dental/config.ts";
import { localDayText, localTimeText, numQuery, pageQuery } from "#lib/vendors/open-dental/fields.ts";
import { appointmentListSchema, providerListSchema } from "#lib/vendors/open-dental/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

export const listAppointmentsEndpoint = readEndpoint({
  name: "listAppointments",
  path: "/appointments",
  section: "Appointments GET (multiple)",
  query: z.strictObject({
    PatNum: numQuery,
    AptStatus: z.string().max(40).optional(),
    date: localDayText.optional(),
    dateStart: localDayText.optional(),
    dateEnd: localDayText.optional(),
    ClinicNum: numQuery,
    DateTStamp: localTimeText.optional(),
    ...pageQuery,
  }),
  response: appointmentListSchema,
});

export async function listAppointments(session: VendorSession, PatNum: string) {
  return allPages(
    async (page) => (await vendorFetch(session, listAppointmentsEndpoint, { query: { PatNum, ...page } })).value,
  );
}

export const listProvidersEndpoint = readEndpoint({
  name: "listProviders",
  path: "/providers",
  section: "Providers GET (multiple)",
  query: z.strictObject({ ClinicNum: numQuery, DateTStamp: localTimeText.optional(), ...pageQuery }),
  response: providerListSchema,
});

export async function listProviders(session: VendorSession) {
  return allPages(async (query) => (await vendorFetch(session, listProvidersEndpoint, { query })).value);
}
