import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import { orderKeys } from "#components/orders/orders-queries.ts";
import type {
  ChartCategoryView,
  ChartMatchView,
  ChartPicture,
  FilingDetails,
  FilingView,
  LabCaseChoices,
  PatientCandidate,
} from "#lib/documents/document-schema.ts";

/** What is kept here moves with the order; what the practice is asked for is asked for when somebody looks, and no more. */
export const chartKeys = {
  match: (orderId: string) => [...orderKeys.one(orderId), "chart-match"] as const,
  filings: (orderId: string) => [...orderKeys.one(orderId), "chart-filings"] as const,
  candidates: (orderId: string, connection: string, search: PatientSearch | null) =>
    ["charts", orderId, "candidates", connection, search] as const,
  categories: (orderId: string) => ["charts", orderId, "categories"] as const,
  pictures: (orderId: string) => ["charts", orderId, "pictures"] as const,
  labCase: (orderId: string) => ["charts", orderId, "lab-case"] as const,
};

/** A practice's API lets few calls through: an answer is good for a while, and a refusal is not asked for again at once. */
const ASKED_OF_PRACTICE = { staleTime: 60_000, retry: false, refetchOnWindowFocus: false } as const;

export type PatientSearch = { lastName: string; firstName?: string; birthDate?: string };

const pathOf = (orderId: string, what: string) => `/api/orders/${orderId}/chart/${what}`;

export const matchQuery = (orderId: string) =>
  queryOptions({
    queryKey: chartKeys.match(orderId),
    queryFn: ({ signal }) => fetchApi<{ match: ChartMatchView | null }>(pathOf(orderId, "match"), { signal }),
  });

export const filingsQuery = (orderId: string) =>
  queryOptions({
    queryKey: chartKeys.filings(orderId),
    queryFn: ({ signal }) => fetchApi<{ items: FilingView[] }>(pathOf(orderId, "filings"), { signal }),
  });

/** Without a search: the patient whom the order itself names, if it does. */
export const candidatesQuery = (orderId: string, connection: string, search: PatientSearch | null) =>
  queryOptions({
    queryKey: chartKeys.candidates(orderId, connection, search),
    queryFn: ({ signal }) =>
      fetchApi<{ items: PatientCandidate[] }>(pathOf(orderId, "patients"), {
        method: "POST",
        body: { connection, ...search },
        signal,
      }),
    ...ASKED_OF_PRACTICE,
  });

export const categoriesQuery = (orderId: string) =>
  queryOptions({
    queryKey: chartKeys.categories(orderId),
    queryFn: ({ signal }) => fetchApi<{ items: ChartCategoryView[] }>(pathOf(orderId, "categories"), { signal }),
    ...ASKED_OF_PRACTICE,
  });

export const picturesQuery = (orderId: string) =>
  queryOptions({
    queryKey: chartKeys.pictures(orderId),
    queryFn: ({ signal }) => fetchApi<{ items: ChartPicture[] }>(pathOf(orderId, "pictures"), { signal }),
    ...ASKED_OF_PRACTICE,
  });

export const labCaseQuery = (orderId: string) =>
  queryOptions({
    queryKey: chartKeys.labCase(orderId),
    queryFn: ({ signal }) => fetchApi<LabCaseChoices>(pathOf(orderId, "lab-case"), { signal }),
    ...ASKED_OF_PRACTICE,
  });

export type SecondIdentifier = { birthDate: string } | { chartNumber: string };

export function confirmPatient(
  orderId: string,
  input: { connection: string; patientKey: string; secondIdentifier: SecondIdentifier },
) {
  return fetchApi<ChartMatchView>(pathOf(orderId, "match"), { method: "POST", body: { ...input, confirmed: true } });
}

export function undoMatch(orderId: string) {
  return fetchApi<unknown>(pathOf(orderId, "match"), { method: "DELETE" });
}

/** @param file absent for papers that the portal has or makes itself */
export function fileIntoChart(orderId: string, details: FilingDetails, file: File | null) {
  if (!file) return fetchApi<FilingView>(pathOf(orderId, "filings"), { method: "POST", body: details });
  const form = new FormData();
  form.set("details", JSON.stringify(details));
  form.set("file", file);
  return fetchApi<FilingView>(pathOf(orderId, "filings"), { method: "POST", form });
}

export function bringPictures(orderId: string, pictures: Pick<ChartPicture, "kind" | "key">[]) {
  return fetchApi<unknown>(pathOf(orderId, "pictures"), { method: "POST", body: { pictures } });
}

export function saveLabCase(orderId: string, input: { lab: string; provider: string; appointment: string | null }) {
  return fetchApi<{ key: string }>(pathOf(orderId, "lab-case"), { method: "PUT", body: input });
}
