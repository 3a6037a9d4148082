"use client";
import { useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { AttachFile, FilesOnTheirWay } from "./attach-file.tsx";
import { DownloadMenu } from "./download-menu.tsx";
import { FileRow } from "./file-row.tsx";
import { RemoveFile } from "./remove-file.tsx";
import { useAttachable } from "./use-attachable.ts";

/** Everything the vendor lists for the case, what is on its way there, and all of it as one download. */
export function OrderFiles({ order }: { order: OrderDetailView }) {
  const t = useTranslations("orders");
  const mayDownload = useMay("download");
  const attachable = useAttachable(order);
  return (
    <section aria-labelledby="files-title">
      <header className="mb-1 flex items-center gap-2">
        <h2 id="files-title" className="flex-1 font-semibold">
          {t("files")}
        </h2>
        <AttachFile order={order} />
        {mayDownload && order.files.length > 0 && <DownloadMenu orderId={order.id} />}
      </header>
      {order.files.length === 0 && <p className="text-muted text-sm">{t("noFiles")}</p>}
      <ul>
        <FilesOnTheirWay orderId={order.id} />
        {order.files.map((file) => (
          <FileRow
            key={file.id}
            file={file}
            orderId={order.id}
            actions={attachable && file.kind === "attachment" && <RemoveFile file={file} order={order} />}
          />
        ))}
      </ul>
    </section>
  );
}
