import type { z } from "zod";
import type { DecisionKind } from "#lib/orders/order-schema.ts";
import type { VendorErrorKind } from "#lib/vendors/error.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** How a vendor is spoken with: what is the same in all of its calls. */
export type VendorDialect = {
  /** The vendor's id, for errors. */
  vendor: string;
  /** Exactly the headers the vendor documents; nothing else is sent but what HTTP itself needs. */
  headers(session: VendorSession, endpoint: Endpoint): Record<string, string>;
  /** What a status means here; undefined for the general meaning of HTTP. */
  kindOf?: (status: number, body: Uint8Array) => VendorErrorKind | undefined;
  /** A refusal that comes with a status of success, and what it means; undefined for an answer. */
  refusal?: (raw: unknown) => VendorErrorKind | undefined;
  /** Sent with every call beside its own query. */
  query?: (session: VendorSession) => Record<string, string>;
  /** Reads a body that is no plain JSON, where the vendor sends such. Throws for what is unreadable. */
  parse?: (bytes: Uint8Array) => unknown;
  /** A documented limit; a vendor without one is sent as much as it takes until it answers 429. */
  limit?: { calls: number; perMs: number };
};

/** One documented operation: the typed client, the proxy route and the API documentation are all made from it. */
export type Endpoint<R extends z.ZodType = z.ZodType> = {
  dialect: VendorDialect;
  /** "getOrder" */
  name: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path with {parameters}, as the vendor documents it: "/v1/orders/{orderNumber}". */
  path: string;
  /** Section of the vendor's document. */
  section: string;
  /** What the path's parameters must be, beyond being there. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Sent with every call, not the caller's to choose: `schema=latest`. */
  fixedQuery?: Record<string, string>;
  body?: z.ZodType;
  /** The largest JSON body, where it may hold a file. */
  mostBodyBytes?: number;
  /** A file sent as multipart form instead of a body. */
  upload?: { field: string; types: readonly string[]; mostBytes: number };
  /** The vendor may work on it for a minute before it answers. */
  slow?: true;
  /** The answer is a file of this media type, passed on as it arrives; `response` is not used. */
  streams?: string;
  /** Tolerant to what may drift; what does not fit it is `bad_content`. */
  response: R;
  /** What an answer without a usable body stands for, by status: 204 is an empty page. */
  standIns?: Partial<Record<number, unknown>>;
  /** Scope the vendor asks for, as far as known. */
  scope?: string;
  /** What the scope's name looks like, where the vendor's document does not say it. See lacks-scope.ts. */
  scopeLike?: RegExp;
  /** "read" may be called again; "keyed" may because the vendor recognises the repetition; "once" may not. */
  repeat: "read" | "keyed" | "once";
  /** Sent with the account's group. */
  group?: boolean;
  /** Decides an order: refused by the proxy with a hint to /api/orders. */
  decides?: DecisionKind;
  /** What a connection is there for that stands or falls with this operation. */
  feature?: "orders" | "files" | "cases" | "group" | "people";
  /** Announces a file that is to be attached to a case: what attaching needs. */
  attaches?: true;
  permission: "read" | "decide" | "download";
};
