import { SORTS } from "#lib/orders/order-values.ts";
import { VIEWS } from "#lib/views/view-names.ts";
import type { BenchLab } from "./fill-database.ts";

export type Question = { what: string; path: (lab: BenchLab, limit: number) => string };

/**
 * What is asked of the desk all day: every sort, every view, every filter alone and some together, text, grouped lists
 * with their headings, and the counts of all views, saved ones among them.
 */
export const QUESTIONS: readonly Question[] = [
  ...SORTS.map((sort) => list(`sorted by ${sort}`, () => `sort=${sort}`)),
  ...VIEWS.map((view) => list(`view ${view}`, () => `view=${view}`)),
  ...VIEWS.map((view) => list(`view ${view}, by due day`, () => `view=${view}&sort=dueOn`)),
  list("status pending", () => "status=pending"),
  list("three statuses, by due day", () => "status=accepted,in_production,delivering&sort=dueOn"),
  list("incomplete", () => "completeness=incomplete"),
  list("incomplete and pending", () => "completeness=incomplete&status=pending"),
  list("vendor", () => "vendor=meditlink"),
  list("one account", ({ connectionId }) => `connection=${connectionId}`),
  list("one clinic", ({ clinicId }) => `clinic=${clinicId}`),
  list("one clinic's pending, by due day", ({ clinicId }) => `clinic=${clinicId}&status=pending&sort=dueOn`),
  list("one tag", ({ tagId }) => `tag=${tagId}`),
  list("information requested", () => "infoRequest=requested"),
  list("assigned to me", () => "assignee=me"),
  list("assigned to nobody", () => "assignee=none"),
  list("due in a month", () => `dueAfter=${dayFromNow(-30)}&dueBefore=${dayFromNow(0)}`),
  list("a number", () => "q=1000400"),
  list("a name and a number", () => "q=ada 1000"),
  list("a name that one in eleven has", () => "q=tanaka"),
  list("a first letter", () => "q=a"),
  list("a name of those in hand", () => "q=tanaka&status=accepted,in_production"),
  list("a name, by due day with headings", () => "q=tanaka&sort=dueOn&groups=true"),
  list("by due day with headings", () => "sort=dueOn&groups=true"),
  list("by clinic with headings", () => "sort=clinic&groups=true"),
  list("in hand, by due day with headings", () => "status=accepted,in_production&sort=dueOn&groups=true"),
  list("needs information, by clinic with headings", () => "view=needs_information&sort=clinic&groups=true"),
  { what: "counts of all views", path: () => "/api/views" },
];

function list(what: string, query: (lab: BenchLab) => string): Question {
  return { what, path: (lab, limit) => `/api/orders?limit=${limit}&${query(lab)}` };
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
