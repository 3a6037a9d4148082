"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { BulkCloseButton } from "./bulk-close-button.tsx";
import type { BulkWork } from "./bulk-queries.ts";
import { BulkResults } from "./bulk-results.tsx";
import { TagsField } from "./note-dialog.tsx";
import { colleaguesQuery } from "./notes-queries.ts";
import { useBulkRun } from "./use-bulk-run.ts";

/** Who works on many orders, and tags beside those they have. */
export function BulkNoteDialog(props: { orders: readonly OrderView[]; onClose: () => void }) {
  const { onClose } = props;
  const t = useTranslations("bulk");
  const orderWords = useTranslations("orders");
  const ui = useTranslations("ui");
  const colleagues = useQuery(colleaguesQuery()).data?.items ?? [];
  const [orders] = useState(props.orders);
  const [assignee, setAssignee] = useState("keep");
  const [tags, setTags] = useState<string[]>([]);
  const { results, run } = useBulkRun(orders);
  const isOver = results.size > 0 && !run.isPending && !run.error;
  const works: BulkWork[] = [
    ...(assignee === "keep" ? [] : [{ action: "assign", assigneeId: assignee || null } as const]),
    ...(tags.length > 0 ? [{ action: "tag", tags } as const] : []),
  ];
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t("noteTitle", { count: orders.length })}
      description={orderWords("noteLead")}
      footer={
        isOver ? (
          <BulkCloseButton onClose={onClose} />
        ) : (
          <>
            <Button onClick={onClose}>{ui("cancel")}</Button>
            <Button
              look="primary"
              busy={run.isPending}
              disabled={works.length === 0}
              onClick={() => run.mutate(works.map((work) => ({ work, orderIds: orders.map(({ id }) => id) })))}
            >
              {ui("save")}
            </Button>
          </>
        )
      }
    >
      {run.isPending || results.size > 0 ? (
        <BulkResults orders={orders} results={results} />
      ) : (
        <div className="mt-3 flex flex-col gap-3">
          <SelectField
            label={orderWords("assignee")}
            value={assignee}
            onChange={(event) => setAssignee(event.target.value)}
            options={[
              { value: "keep", label: t("assigneeKeep") },
              { value: "", label: orderWords("assigneeNone") },
              ...colleagues.map(({ userId, name }) => ({ value: userId, label: name })),
            ]}
          />
          <TagsField tags={tags} onChange={setTags} />
        </div>
      )}
      {run.error && (
        <Notice tone="problem" className="mt-3">
          <ProblemText error={run.error} />
        </Notice>
      )}
    </Dialog>
  );
}
