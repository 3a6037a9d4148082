import { z } from "zod";
import type { Operation } from "#lib/api/operation.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import { listVendors } from "#lib/vendors/registry.ts";
import type { Vendor } from "#lib/vendors/vendor.ts";

const connection = z.uuid().optional();

/** The vendors' documented operations as the proxy answers them, from the table that the proxy itself goes by. */
export function vendorOperations(): Operation[] {
  return listVendors().flatMap((vendor) => vendor.endpoints.map((endpoint) => describeEndpoint(vendor, endpoint)));
}

function describeEndpoint(vendor: Vendor, endpoint: Endpoint): Operation {
  const { method, name, section, permission, body, response, decides, streams, upload } = endpoint;
  const path = `/api/vendors/${vendor.id}${endpoint.path}`;
  const query = (endpoint.query ?? z.strictObject({})).extend({ connection });
  const summary = `${vendor.name}, ${name} (${section})`;
  if (decides)
    return {
      method,
      path,
      permission,
      query,
      status: 409,
      summary: `${summary}: refused, use /api/orders/{id}/${decides}`,
    };
  const answer = streams ? { media: streams } : { response };
  const given = { ...(body ? { body } : {}), ...(upload ? { form: upload.field } : {}) };
  return { method, path, permission, query, summary, ...answer, ...given };
}
