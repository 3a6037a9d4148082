import { describe, expect, it } from "vitest";
import { ORDER_STATUSES } from "#lib/orders/order-values.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import type { Capabilities } from "#lib/vendors/vendor.ts";
import { actionsOf, type OrderSituation, outcomeOf, statusWithRecorded, whyNot } from "./order-states.ts";

const sent: Capabilities = {
  decisions: { lab: ["accept", "reject"], clinic: ["cancel"] },
  decisionMode: "sent",
  files: true,
  attachments: { lab: true, clinic: true },
  orderForm: false,
};
const acceptEndpoint = { decides: "accept", scope: "ORDER_MANAGE" } as Endpoint;
const pending: OrderSituation = {
  status: "pending",
  side: "lab",
  role: "technician",
  hasOpenDecision: false,
  capabilities: sent,
  endpoints: [acceptEndpoint],
  connection: { state: "connected", missingScopes: [] },
};

describe("what may be done with an order", () => {
  it("is accept and reject for a lab, cancel for a clinic, while it is pending", () => {
    expect(actionsOf(pending)).toEqual({ actions: ["accept", "reject"], unavailable: {} });
    expect(actionsOf({ ...pending, side: "clinic", role: "staff" }).actions).toEqual(["cancel"]);
  });

  it("is nothing in any later status, and the reason is that it was decided", () => {
    for (const status of ORDER_STATUSES.filter((s) => s !== "pending"))
      expect(actionsOf({ ...pending, status })).toEqual({
        actions: [],
        unavailable: { accept: "order_already_decided", reject: "order_already_decided" },
      });
  });

  it("is nothing while a decision is under way", () => {
    expect(actionsOf({ ...pending, hasOpenDecision: true }).unavailable.accept).toBe("decision_in_progress");
  });

  it("is nothing for a viewer", () => {
    expect(actionsOf({ ...pending, role: "viewer" })).toEqual({
      actions: [],
      unavailable: { accept: "forbidden", reject: "forbidden" },
    });
  });

  it("leaves out what the account was not granted at the vendor", () => {
    const situation = { ...pending, connection: { state: "connected", missingScopes: ["ORDER_MANAGE"] } };
    expect(actionsOf(situation)).toEqual({ actions: ["reject"], unavailable: { accept: "vendor_scope_missing" } });
  });

  it("asks for the account to be connected again first, unless the decision stays here", () => {
    const connection = { state: "reconnect_needed", missingScopes: [] };
    expect(actionsOf({ ...pending, connection }).unavailable.accept).toBe("reconnect_needed");
    const recorded: Capabilities = { ...sent, decisionMode: "recorded" };
    expect(actionsOf({ ...pending, connection, capabilities: recorded }).actions).toEqual(["accept", "reject"]);
  });

  it("never includes the other side's action, nor any at a vendor that is gone", () => {
    expect(whyNot("cancel", pending)).toBe("action_not_available");
    expect(whyNot("accept", { ...pending, side: "clinic" })).toBe("action_not_available");
    expect(whyNot("accept", { ...pending, capabilities: undefined })).toBe("action_not_available");
    expect(whyNot("accept", pending)).toBeNull();
  });
});

describe("an order read at the vendor after a decision was sent", () => {
  it("counts as accepted also when the lab's work went on meanwhile", () => {
    for (const status of ["accepted", "in_production", "delivering", "completed"] as const)
      expect(outcomeOf("accept", status)).toBe("as_wished");
  });

  it("is a conflict when it was decided otherwise or stands at something unknown", () => {
    for (const status of ["rejected", "cancelled", "refunded", "other"] as const)
      expect(outcomeOf("accept", status)).toBe("otherwise");
    expect(outcomeOf("cancel", "accepted")).toBe("otherwise");
    expect(outcomeOf("reject", "pending")).toBe("pending");
  });
});

describe("a decision that is kept here because the vendor takes none", () => {
  it("stands until the vendor says something of its own", () => {
    expect(statusWithRecorded("pending", "accept")).toBe("accepted");
    expect(statusWithRecorded("cancelled", "accept")).toBe("cancelled");
    expect(statusWithRecorded("pending", null)).toBe("pending");
  });
});
