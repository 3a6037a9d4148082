import { items, type Operation } from "#lib/api/operation.ts";
import { notificationRuleBodySchema, notificationRuleSchema } from "#lib/notifications/notification-schema.ts";
import { tagSchema } from "#lib/orders/order-schema.ts";
import { changePreferencesBodySchema, preferencesSchema } from "#lib/preferences/preferences-schema.ts";
import { addReasonBodySchema, changeReasonBodySchema, reasonSchema } from "#lib/reasons/reason-schema.ts";
import { viewListSchema } from "#lib/views/list-views.ts";
import { changeViewBodySchema, savedViewSchema, saveViewBodySchema } from "#lib/views/saved-view-schema.ts";

/** What belongs to a member or to how the organisation works: preferences, views, tags, reasons, notifications. */
export const DESK_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/me",
    summary: "Who I am, in which organisation, and what I may do",
    permission: "signed-in",
  },
  { method: "PATCH", path: "/api/me", summary: "Change my name, language or tooth notation", permission: "signed-in" },
  {
    method: "GET",
    path: "/api/me/preferences",
    summary: "How I like the portal here: columns, density, grouping, formats, keys",
    permission: "signed-in",
    response: preferencesSchema,
  },
  {
    method: "PUT",
    path: "/api/me/preferences",
    summary: "Change what is named of my preferences",
    permission: "signed-in",
    body: changePreferencesBodySchema,
    response: preferencesSchema,
  },
  {
    method: "GET",
    path: "/api/views",
    summary: "The inbox's views with how many orders each has now",
    permission: "read",
    response: viewListSchema,
  },
  {
    method: "POST",
    path: "/api/views",
    summary: "Keep filters, columns and sort under a name",
    permission: "read",
    body: saveViewBodySchema,
    response: savedViewSchema,
    status: 201,
  },
  {
    method: "PATCH",
    path: "/api/views/{id}",
    summary: "Rename, share or change a saved view",
    permission: "read",
    body: changeViewBodySchema,
    response: savedViewSchema,
  },
  { method: "DELETE", path: "/api/views/{id}", summary: "Delete a saved view", permission: "read", status: 204 },
  {
    method: "GET",
    path: "/api/tags",
    summary: "The organisation's own tags",
    permission: "read",
    response: items(tagSchema),
  },
  {
    method: "GET",
    path: "/api/reasons",
    summary: "The reasons of this organisation, by group",
    permission: "read",
    response: items(reasonSchema),
  },
  {
    method: "POST",
    path: "/api/reasons",
    summary: "Add a reason of one's own",
    permission: "administer",
    body: addReasonBodySchema,
    response: reasonSchema,
    status: 201,
  },
  {
    method: "PATCH",
    path: "/api/reasons/{code}",
    summary: "Rename a reason, or switch it off and on",
    permission: "administer",
    body: changeReasonBodySchema,
    response: reasonSchema,
  },
  { method: "GET", path: "/api/members", summary: "The organisation's people", permission: "read" },
  {
    method: "GET",
    path: "/api/notification-rules",
    summary: "What members are told of by mail",
    permission: "administer",
    response: items(notificationRuleSchema),
  },
  {
    method: "POST",
    path: "/api/notification-rules",
    summary: "Tell members of something by mail from now on",
    permission: "administer",
    body: notificationRuleBodySchema,
    response: notificationRuleSchema,
    status: 201,
  },
  {
    method: "PUT",
    path: "/api/notification-rules/{id}",
    summary: "Change a rule",
    permission: "administer",
    body: notificationRuleBodySchema,
    response: notificationRuleSchema,
  },
  {
    method: "DELETE",
    path: "/api/notification-rules/{id}",
    summary: "Remove a rule",
    permission: "administer",
    status: 204,
  },
  {
    method: "GET",
    path: "/api/metrics",
    summary: "Counts in Prometheus' text format",
    permission: "public",
    media: "text/plain",
  },
];
