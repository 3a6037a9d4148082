import { z } from "zod";
import { items, type Operation } from "#lib/api/operation.ts";
import { casePageSchema, searchCasesQuerySchema, wholeCaseSchema } from "#lib/cases/case-schema.ts";
import {
  connectionListSchema,
  connectionPortalSchema,
  connectionSchema,
  createConnectionBodySchema,
} from "#lib/connections/connection-schema.ts";
import { clinicSchema, findPersonBodySchema, groupProfileSchema, personSchema } from "#lib/groups/group-schema.ts";

/** Accounts at vendors, the groups and cases behind them. */
export const CONNECTION_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/connections",
    summary: "Connections and what can be connected",
    permission: "read",
    response: connectionListSchema,
  },
  {
    method: "POST",
    path: "/api/connections",
    summary: "Connect an account with password or keys",
    permission: "connect",
    body: createConnectionBodySchema,
    response: connectionSchema,
    status: 201,
  },
  {
    method: "GET",
    path: "/api/connections/{id}",
    summary: "One connection",
    permission: "read",
    response: connectionSchema,
  },
  {
    method: "DELETE",
    path: "/api/connections/{id}",
    summary: "Disconnect an account; its orders stay readable",
    permission: "connect",
    status: 204,
  },
  { method: "POST", path: "/api/connections/{id}/sync", summary: "Sync now", permission: "sync", status: 202 },
  {
    method: "POST",
    path: "/api/connections/{id}/check",
    summary: "Ask the vendor now whether it takes the sign-in",
    permission: "sync",
    response: connectionSchema,
  },
  {
    method: "GET",
    path: "/api/connections/{id}/group",
    summary: "How the organisation presents itself at the vendor",
    permission: "read",
    response: groupProfileSchema,
  },
  {
    method: "GET",
    path: "/api/connections/{id}/pictures/{kind}",
    summary: "Its logo, cover or photo",
    permission: "read",
    media: "image/*",
  },
  {
    method: "GET",
    path: "/api/connections/{id}/portals",
    summary: "Scanner portals behind a collector's account",
    permission: "read",
    response: items(connectionPortalSchema),
  },
  {
    method: "POST",
    path: "/api/connections/{id}/people",
    summary: "Who has an e-mail address at the vendor",
    permission: "decide",
    body: findPersonBodySchema,
    response: z.object({ person: personSchema.nullable() }),
  },
  {
    method: "GET",
    path: "/api/connections/{id}/cases",
    summary: "Search the vendor's cases, ordered for or not",
    permission: "read",
    query: searchCasesQuerySchema,
    response: casePageSchema,
  },
  {
    method: "GET",
    path: "/api/connections/{id}/cases/{key}",
    summary: "One case with its form and files",
    permission: "read",
    response: wholeCaseSchema,
  },
  {
    method: "GET",
    path: "/api/clinics/{id}",
    summary: "A clinic or lab: how to reach it, and how many orders there are",
    permission: "read",
    response: clinicSchema,
  },
  {
    method: "GET",
    path: "/api/clinics/{id}/pictures/{kind}",
    summary: "Its logo, cover or photo",
    permission: "read",
    media: "image/*",
  },
  {
    method: "GET",
    path: "/api/oauth/{vendor}/authorize",
    summary: "Begin connecting an account (redirects to the vendor)",
    permission: "connect",
    query: z.object({ connection: z.uuid().optional() }),
    status: 302,
  },
  {
    method: "GET",
    path: "/api/oauth/{vendor}/callback",
    summary: "The OAuth callback",
    permission: "public",
    status: 302,
  },
  {
    method: "GET",
    path: "/api/sftp-drop",
    summary: "Where practices give and take files, and the host key's fingerprint",
    permission: "connect",
  },
];
