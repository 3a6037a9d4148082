import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { groupingAt } from "#components/orders/group-orders.ts";
import { readFilters, sortedForGroups, toSearchParams, writeFilters } from "#components/orders/order-filters.ts";
import { OrdersPlace } from "#components/orders/orders-place.tsx";
import { firstPageQuery, orderListQuery, viewsQuery } from "#components/orders/orders-queries.ts";
import { isAskedByScript } from "#lib/access/is-asked-by-script.ts";
import { requireMember } from "#lib/access/require-member.ts";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";
import { listOrders } from "#lib/orders/list-orders.ts";
import { listOrdersQuerySchema } from "#lib/orders/order-schema.ts";
import { readPreferences } from "#lib/preferences/read-preferences.ts";
import { listViews } from "#lib/views/list-views.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("orders.title") };
}

/**
 * The first rows are in the page: nobody waits for a script to see the inbox. Who comes from another page of the portal has the
 * scripts, and mostly the rows too, and does not wait for them.
 */
export default async function OrdersPage({ searchParams }: PageProps<"/orders">) {
  const params = toSearchParams(await searchParams);
  const filters = readFilters(params);
  const principal = await requireMember(`/orders?${writeFilters(filters)}`);
  if (await isAskedByScript()) return <OrdersPlace />;
  const queryClient = new QueryClient();
  const { grouping } = await readPreferences(principal);
  const listed = sortedForGroups(filters, groupingAt(principal.organisationKind, grouping));
  await Promise.all([
    queryClient.prefetchInfiniteQuery({
      ...orderListQuery(listed),
      queryFn: () => listOrders(principal, listOrdersQuerySchema.parse(Object.fromEntries(firstPageQuery(listed)))),
    }),
    queryClient.prefetchQuery({ ...viewsQuery(), queryFn: () => listViews(principal) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OrdersPlace />
    </HydrationBoundary>
  );
}
