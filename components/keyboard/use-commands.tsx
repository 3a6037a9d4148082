"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { fetchApi } from "#components/api/fetch-api.ts";
import { NO_FILTERS } from "#components/orders/order-filters.ts";
import { inboxPath, orderPath } from "#components/orders/order-path.ts";
import { orderKeys, viewsQuery } from "#components/orders/orders-queries.ts";
import { filtersOfView } from "#components/orders/views-queries.ts";
import { useMember } from "#components/portal/member-context.tsx";
import { isOfUse, KEYBOARD_ACTIONS, type KeyboardActionId, type KeyName } from "#lib/keyboard/keyboard-actions.ts";
import type { OrderPage } from "#lib/orders/order-schema.ts";
import { viewsOf } from "#lib/views/view-names.ts";
import { actionsHere } from "./use-shortcuts.ts";

export type Command = {
  id: string;
  label: string;
  hint?: string;
  key?: KeyName;
  /** The server found it for what was typed; while it searches, for what was typed before. */
  isFound?: boolean;
  run: () => void;
};
type Group = { name: "actions" | "orders" | "views" | "places"; commands: Command[] };

/** ms without a key press before orders are searched. */
const TYPING_PAUSE = 150;
/** Going somewhere is a place, not an action; the palette itself and ranges of digits are neither. */
const PLACES: readonly KeyboardActionId[] = ["goToOrders", "goToViewer", "goToConnections", "goToSettings"];
const LEFT_OUT: readonly KeyboardActionId[] = ["showCommands", "chooseView", "chooseReason"];

/** The commands that fit what was typed, best kept short: what the page offers, orders, views, places. */
export function useCommands(text: string): { groups: Group[]; isSearching: boolean } {
  const actions = useTranslations("keyboard.actions");
  const views = useTranslations("views");
  const orders = useTranslations("orders");
  const router = useRouter();
  const { organisationKind, permissions } = useMember();
  const [here] = useState(() => {
    const who = { side: organisationKind, permissions };
    const ofUse = new Set<KeyboardActionId>(KEYBOARD_ACTIONS.filter((one) => isOfUse(one, who)).map(({ id }) => id));
    return actionsHere().filter(({ id }) => ofUse.has(id));
  });
  const words = text.trim().toLowerCase();
  const found = useOrders(words);
  const saved = useQuery(viewsQuery()).data?.saved ?? [];
  const fits = ({ label }: Command) => label.toLowerCase().includes(words);
  const ofAction = ({ id, key, run }: (typeof here)[number]): Command => ({ id, key, run, label: actions(id) });
  const groups: Group[] = [
    {
      name: "actions",
      commands: here
        .filter(({ id }) => ![...PLACES, ...LEFT_OUT].includes(id))
        .map(ofAction)
        .filter(fits),
    },
    {
      name: "orders",
      commands: found.items.map(({ id, number, patientName, caseName }) => ({
        id,
        label: orders("number", { number }),
        isFound: true,
        hint: patientName ?? caseName ?? undefined,
        run: () => router.push(orderPath(id, NO_FILTERS)),
      })),
    },
    {
      name: "views",
      commands: [
        ...viewsOf(organisationKind).map((view) => ({
          id: view,
          label: views(view),
          run: () => router.push(inboxPath({ ...NO_FILTERS, view })),
        })),
        ...saved.map((view) => ({
          id: view.id,
          label: view.name,
          run: () => router.push(inboxPath(filtersOfView(view))),
        })),
      ].filter(fits),
    },
    {
      name: "places",
      commands: here
        .filter(({ id }) => PLACES.includes(id))
        .map(ofAction)
        .filter(fits),
    },
  ];
  return { groups: groups.filter(({ commands }) => commands.length > 0), isSearching: found.isSearching };
}

/** Orders by number, case or patient, from two letters on. */
function useOrders(words: string): { items: OrderPage["items"]; isSearching: boolean } {
  const [searched, setSearched] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSearched(words.length >= 2 ? words : ""), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  const { data, isFetching } = useQuery({
    queryKey: [...orderKeys.found, searched],
    queryFn: ({ signal }) => fetchApi<OrderPage>(`/api/orders?limit=8&q=${encodeURIComponent(searched)}`, { signal }),
    enabled: searched !== "",
    placeholderData: (before) => before,
  });
  const isBehind = words.length >= 2 && words !== searched;
  return { items: searched ? (data?.items ?? []) : [], isSearching: isFetching || isBehind };
}
