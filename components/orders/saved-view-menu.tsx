"use client";
import { ArrowLeft, ArrowRight, Ellipsis, Pencil, Save, Trash2, User, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import type { SavedViewItem } from "#lib/views/saved-view-schema.ts";
import type { OrderFilters } from "./order-filters.ts";
import { changeView, filtersToSave, removeView, useViewChange } from "./views-queries.ts";

const ViewDialog = dynamic(() => import("./view-dialog.tsx").then((file) => file.ViewDialog));
const ICON = "size-4 text-muted";

type Props = {
  view: SavedViewItem;
  /** Ids of the saved views as they stand. */
  order: readonly string[];
  filters: OrderFilters;
  changed: boolean;
  onGone: () => void;
};

/** What can be done with the saved view that is open: its place is everybody's own, the rest its owner's. */
export function SavedViewMenu({ view, order, filters, changed, onGone }: Props) {
  const t = useTranslations("views");
  const { preferences, change } = usePreferences();
  const mayShare = useMay("decide");
  const apply = useViewChange();
  const [renaming, setRenaming] = useState(false);
  const at = order.indexOf(view.id);
  const move = (by: 1 | -1) => {
    const next = order.filter((id) => id !== view.id);
    next.splice(at + by, 0, view.id);
    change({ views: next });
  };
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("menu", { name: view.name })} className="relative size-7">
            <Ellipsis aria-hidden className="size-4" />
            {changed && <span className="absolute top-0.5 right-0.5 size-1.5 rounded-full bg-accent" />}
          </IconButton>
        }
      >
        {view.editable && (
          <>
            <MenuItem
              disabled={!changed}
              onSelect={() =>
                apply.mutate(() =>
                  changeView(view.id, { filters: filtersToSave(filters), columns: preferences.columns }),
                )
              }
            >
              <Save aria-hidden className={ICON} />
              {t("saveChanges")}
            </MenuItem>
            <MenuItem onSelect={() => setRenaming(true)}>
              <Pencil aria-hidden className={ICON} />
              {t("rename")}
            </MenuItem>
            {mayShare && (
              <MenuItem onSelect={() => apply.mutate(() => changeView(view.id, { shared: !view.shared }))}>
                {view.shared ? <User aria-hidden className={ICON} /> : <Users aria-hidden className={ICON} />}
                {t(view.shared ? "unshare" : "share")}
              </MenuItem>
            )}
            <MenuSeparator />
          </>
        )}
        <MenuItem disabled={at <= 0} onSelect={() => move(-1)}>
          <ArrowLeft aria-hidden className={ICON} />
          {t("moveLeft")}
        </MenuItem>
        <MenuItem disabled={at >= order.length - 1} onSelect={() => move(1)}>
          <ArrowRight aria-hidden className={ICON} />
          {t("moveRight")}
        </MenuItem>
        {view.editable && (
          <>
            <MenuSeparator />
            <MenuItem
              onSelect={() => apply.mutate(() => removeView(view.id).then(() => undefined), { onSuccess: onGone })}
            >
              <Trash2 aria-hidden className={ICON} />
              {t("remove")}
            </MenuItem>
          </>
        )}
      </Menu>
      <Suspense fallback={null}>
        {renaming && <ViewDialog view={view} filters={filters} onClose={() => setRenaming(false)} />}
      </Suspense>
    </>
  );
}
