import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import { orderKeys } from "#components/orders/orders-queries.ts";
import type {
  AppointmentCandidate,
  AppointmentLinkView,
  DOCUMENT_KINDS,
  OrderAppointment,
  VisitNote,
} from "#lib/appointments/appointment-schema.ts";

export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** The practice is asked again after this long, ms: it counts its calls. */
const NOTE_STALE_MS = 5 * 60_000;

const base = (orderId: string) => `/api/orders/${orderId}/appointment`;

export const appointmentKeys = {
  one: (orderId: string) => [...orderKeys.one(orderId), "appointment"] as const,
  notes: (orderId: string) => ["visit-note", orderId] as const,
};

/** What is kept here of an order's appointment. */
export const appointmentQuery = (orderId: string) =>
  queryOptions({
    queryKey: appointmentKeys.one(orderId),
    queryFn: ({ signal }) => fetchApi<OrderAppointment>(base(orderId), { signal }),
  });

/** Note, transcription and dates as the practice has them now. */
export const visitNoteQuery = (orderId: string, linkId: string) =>
  queryOptions({
    queryKey: [...appointmentKeys.notes(orderId), linkId],
    queryFn: ({ signal }) => fetchApi<VisitNote>(`${base(orderId)}/note`, { signal }),
    staleTime: NOTE_STALE_MS,
    refetchOnWindowFocus: false,
    retry: false,
  });

/** Appointments that may be the order's; `name` is what somebody typed, "" for the order's own patient. */
export const candidatesQuery = (orderId: string, connection: string, name: string) =>
  queryOptions({
    queryKey: ["appointment-candidates", orderId, connection, name],
    queryFn: ({ signal }) =>
      fetchApi<{ items: AppointmentCandidate[]; searchedFor: string | null }>(`${base(orderId)}/candidates`, {
        method: "POST",
        body: { connection, ...(name ? { name } : {}) },
        signal,
      }),
    staleTime: 60_000,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  });

export function linkAppointment(orderId: string, connection: string, appointmentKey: string) {
  const body = { connection, appointmentKey, confirmed: true };
  return fetchApi<AppointmentLinkView>(base(orderId), { method: "POST", body });
}

export function unlinkAppointment(orderId: string) {
  return fetchApi<unknown>(base(orderId), { method: "DELETE" });
}

export function sendDocument(orderId: string, kind: DocumentKind) {
  return fetchApi<{ name: string }>(`${base(orderId)}/document`, { method: "POST", body: { kind } });
}

export function recordingAddress(orderId: string): string {
  return `${base(orderId)}/recording`;
}

export function deleteRecording(orderId: string) {
  return fetchApi<unknown>(recordingAddress(orderId), { method: "DELETE", body: { confirmed: true } });
}
