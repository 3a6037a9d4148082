"use client";
import { Ban, Check, CircleX, Download, Printer, Tags, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { DECISION_WORDS, decisionsOf } from "./decision-words.ts";
import { downloadManyAddress, MOST_IN_ONE_ZIP } from "./download-address.ts";
import { MOST_PRINTED, papersAddress } from "./paper-address.ts";

export type BulkAction = "accept" | "reject" | "cancel" | "note";

const ICONS = { accept: Check, reject: X, cancel: Ban } as const;
const PAPERS = [
  { paper: "work_ticket", label: "printTickets" },
  { paper: "label", label: "printLabels" },
  { paper: "label&on=sheet", label: "printSheet" },
] as const;
const ORDER = ["accept", "reject", "cancel"] as const;

/** What can be done with the marked orders: the decisions that at least one of them allows, and everything that concerns no vendor. */
export function BulkBar(props: {
  orders: readonly OrderView[];
  onAct: (action: BulkAction) => void;
  onClear: () => void;
}) {
  const t = useTranslations("bulk");
  const decisions = useTranslations("decisions");
  const mayDecide = useMay("decide");
  const mayDownload = useMay("download");
  const { preferences } = usePreferences();
  const ids = props.orders.map(({ id }) => id);
  const possible = new Set(props.orders.flatMap((order) => decisionsOf(order.actions)));
  return (
    <section
      aria-label={t("title")}
      className="flex shrink-0 flex-wrap items-center gap-2 border-t bg-raised px-4 py-2 sm:px-5 print:hidden"
    >
      <span aria-live="polite" className="font-medium">
        {t("selected", { count: props.orders.length })}
      </span>
      <IconButton label={t("clear")} onClick={props.onClear}>
        <CircleX aria-hidden className="size-4" />
      </IconButton>
      <span className="flex-1" />
      {ORDER.filter((kind) => possible.has(kind)).map((kind) => {
        const Icon = ICONS[kind];
        return (
          <Button key={kind} onClick={() => props.onAct(kind)}>
            <Icon aria-hidden className="size-4" />
            {decisions(DECISION_WORDS[kind].short)}
          </Button>
        );
      })}
      {mayDecide && (
        <Button onClick={() => props.onAct("note")}>
          <Tags aria-hidden className="size-4" />
          {t("note")}
        </Button>
      )}
      {mayDownload && (
        <Menu
          align="end"
          trigger={
            <Button disabled={ids.length > MOST_PRINTED} title={t("printHint", { count: MOST_PRINTED })}>
              <Printer aria-hidden className="size-4" />
              {t("print")}
            </Button>
          }
        >
          {PAPERS.map(({ paper, label }) => (
            <MenuItem key={paper} asChild>
              <a href={papersAddress(ids, paper)} target="_blank" rel="noreferrer">
                {t(label)}
              </a>
            </MenuItem>
          ))}
        </Menu>
      )}
      {mayDownload && ids.length <= MOST_IN_ONE_ZIP && (
        <Button asChild>
          <a href={downloadManyAddress(ids, preferences.downloadFormat)} download>
            <Download aria-hidden className="size-4" />
            {t("download")}
          </a>
        </Button>
      )}
    </section>
  );
}
