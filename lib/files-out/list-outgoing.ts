import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import type { DownloadFormat } from "#lib/scans/download-scan.ts";
import { readOutgoing } from "./download-order.ts";
import { folderOf, nameFiles } from "./outgoing-files.ts";
import type { OutgoingList } from "./outgoing-schema.ts";

const SETTLED = ["ready", "failed"];

/** What an order's files are called on their way out, and where each is: for a folder instead of a zip. @throws {AppError} */
export async function listOutgoing(
  principal: Principal,
  orderId: string,
  format: DownloadFormat,
): Promise<OutgoingList> {
  requirePermission(principal, "download");
  const { order, template } = await readOutgoing(principal, orderId);
  const names = nameFiles(order, format, template);
  return {
    folder: folderOf(order, new Set()),
    isWhole: order.detailFetchedAt !== null && order.files.every(({ scan }) => !scan || SETTLED.includes(scan.state)),
    files: order.files.map((file) => ({
      id: file.id,
      name: names.get(file.id)!,
      url:
        file.kind === "order_form"
          ? `/api/orders/${orderId}/order-form`
          : file.kind === "attachment"
            ? `/api/orders/${orderId}/files/${file.id}`
            : file.scan?.sha256
              ? `/api/scans/${file.scan.id}/download?format=${format}`
              : null,
    })),
  };
}
