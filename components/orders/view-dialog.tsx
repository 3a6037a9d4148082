"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { SavedViewItem } from "#lib/views/saved-view-schema.ts";
import type { OrderFilters } from "./order-filters.ts";
import { changeView, filtersToSave, saveView, useViewChange } from "./views-queries.ts";

type Props = {
  /** Given: it is renamed; absent: the inbox as it is now becomes a view. */
  view?: SavedViewItem;
  filters: OrderFilters;
  onSaved?: (view: SavedViewItem) => void;
  onClose: () => void;
};

export function ViewDialog({ view, filters, onSaved, onClose }: Props) {
  const t = useTranslations("views");
  const ui = useTranslations("ui");
  const { columns } = usePreferences().preferences;
  const mayShare = useMay("decide");
  const apply = useViewChange();
  const [shared, setShared] = useState(view?.shared ?? false);
  function submit(form: FormData) {
    const name = String(form.get("name")).trim();
    if (!name) return;
    apply.mutate(
      () =>
        view
          ? changeView(view.id, { name, shared })
          : saveView({ name, shared, columns, filters: filtersToSave(filters) }),
      {
        onSuccess: (saved) => {
          if (saved) onSaved?.(saved);
          onClose();
        },
      },
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(view ? "rename" : "saveTitle")}
      description={view ? undefined : t("saveLead")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" type="submit" form="view-form" busy={apply.isPending}>
            {ui("save")}
          </Button>
        </>
      }
    >
      <form
        id="view-form"
        className="mt-3 flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <TextField label={t("name")} name="name" required maxLength={60} defaultValue={view?.name} autoComplete="off" />
        {mayShare && (
          <label className="flex items-start gap-2.5">
            <input
              type="checkbox"
              checked={shared}
              onChange={(event) => setShared(event.target.checked)}
              className="mt-0.5 size-4 accent-(--accent)"
            />
            <span>
              {t("share")}
              <span className="block text-muted text-sm">{t("shareHint")}</span>
            </span>
          </label>
        )}
      </form>
      {apply.error && (
        <Notice tone="problem" className="mt-3">
          <ProblemText error={apply.error} />
        </Notice>
      )}
    </Dialog>
  );
}
