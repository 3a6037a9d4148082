import type { z } from "zod";
import type { Endpoint, VendorDialect } from "#lib/vendors/endpoint.ts";

/** One header, as in every example of the guide. */
const dialect: VendorDialect = {
  vendor: "cadmus",
  headers: (session) => ({ Authorization: `Bearer ${session.accessToken}` }),
};

export function cadmusEndpoint<R extends z.ZodType>(endpoint: Omit<Endpoint<R>, "dialect">): Endpoint<R> {
  return { dialect, ...endpoint };
}
