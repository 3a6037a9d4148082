import { describe, expect, it } from "vitest";
import { findKeyConflict, isOfUse, KEYBOARD_ACTIONS, keyOfAction } from "./keyboard-actions.ts";

describe("the keyboard", () => {
  it("gives no key two meanings in one place", () => {
    for (const { id, key } of KEYBOARD_ACTIONS.filter((action) => !("fixed" in action)))
      expect([id, findKeyConflict(id, key, {})]).toEqual([id, null]);
  });

  it("takes a member's own key, but leaves the fixed ones", () => {
    expect(keyOfAction("acceptOrder", { acceptOrder: "y" })).toBe("y");
    expect(keyOfAction("acceptOrder", {})).toBe("a");
    expect(keyOfAction("backToOrders", { backToOrders: "q" })).toBe("Escape");
  });

  it("tells which action has a key already", () => {
    expect(findKeyConflict("acceptOrder", "j", {})).toBe("nextOrder");
    expect(findKeyConflict("acceptOrder", "j", { nextOrder: "n" })).toBeNull();
    expect(findKeyConflict("searchOrders", "5", {})).toBe("chooseView");
    expect(findKeyConflict("backToOrders", "/", {})).toBeNull(); // the search is of another place
  });

  it("is shown to each with what they can do", () => {
    const shown = (side: "lab" | "clinic", permissions: string[]) =>
      KEYBOARD_ACTIONS.filter((action) => isOfUse(action, { side, permissions })).map(({ id }) => id);
    const clinic = shown("clinic", ["read", "decide", "download"]);
    for (const id of ["cancelOrder", "noteOrder", "printOrder", "undoDecision"]) expect(clinic).toContain(id);
    for (const id of ["acceptOrder", "rejectOrder", "holdOrder", "startTriage", "chooseReason"])
      expect(clinic).not.toContain(id);
    expect(shown("lab", ["read", "decide", "download"])).not.toContain("cancelOrder");
    expect(shown("lab", ["read"])).not.toContain("acceptOrder");
    expect(shown("lab", ["read"])).toContain("openOrder");
  });

  it("knows that a first key shuts off everything that begins with it", () => {
    expect(findKeyConflict("acceptOrder", "g", {})).toBe("goToOrders");
    expect(findKeyConflict("acceptOrder", "j x", {})).toBe("nextOrder");
  });
});
