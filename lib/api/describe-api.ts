import type { z } from "zod";
import type { Operation } from "#lib/api/operation.ts";
import { OPERATIONS } from "#lib/api/operations.ts";
import { problemSchema } from "#lib/api/problem.ts";
import { vendorOperations } from "#lib/api/vendor-operations.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import { describeSchema } from "#lib/vendors/tolerant-fields.ts";

/** The HTTP surface as an OpenAPI 3.1 document. */
export function describeApi(portalUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of [...OPERATIONS, ...vendorOperations()]) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method.toLowerCase()] = describeOperation(operation);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Casebench",
      version: "1",
      description: "Orders, scans, decisions and connections of one organisation.",
    },
    servers: [{ url: portalUrl }],
    security: [{ session: [] }, { apiKey: [] }],
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
        apiKey: { type: "http", scheme: "bearer", description: "An API key: cbk_…" },
      },
      schemas: { Problem: describeSchema(problemSchema, "output") },
    },
    paths,
  };
}

function describeOperation(operation: Operation): Record<string, unknown> {
  const status = String(operation.status ?? 200);
  return {
    operationId: operationIdOf(operation),
    summary: operation.summary,
    tags: [tagOf(operation.path)],
    "x-permission": operation.permission,
    ...(operation.permission === "public" ? { security: [] } : {}),
    parameters: [...pathParameters(operation.path), ...queryParameters(operation.query)],
    ...(operation.body
      ? { requestBody: { content: { "application/json": { schema: describeSchema(operation.body, "input") } } } }
      : {}),
    ...(operation.form
      ? { requestBody: { content: { "multipart/form-data": { schema: formSchema(operation.form) } } } }
      : {}),
    responses: {
      [status]: { description: operation.summary, ...content(operation) },
      default: {
        description: "A refusal",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

/** "GET-api-orders-id": stable, and good in an address. */
function operationIdOf({ method, path }: Operation): string {
  return `${method}${path.replace(/[{}]/g, "").replaceAll(/[^\w]+/g, "-")}`;
}

/** The noun after /api; a vendor's operations stand under the vendor's name. */
function tagOf(path: string): string {
  const [, , noun = "", vendor = ""] = path.split("/");
  return noun === "vendors" ? (findVendor(vendor)?.name ?? vendor) : noun.replaceAll("-", " ");
}

function formSchema(field: string): Record<string, unknown> {
  return { type: "object", required: [field], properties: { [field]: { type: "string", format: "binary" } } };
}

function content(operation: Operation): Record<string, unknown> {
  if (operation.media) return { content: { [operation.media]: {} } };
  return operation.response
    ? { content: { "application/json": { schema: describeSchema(operation.response, "output") } } }
    : {};
}

function pathParameters(path: string): Record<string, unknown>[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodType | undefined): Record<string, unknown>[] {
  if (!query) return [];
  const { properties = {}, required = [] } = describeSchema(query, "input") as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}
