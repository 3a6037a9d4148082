import { describe, expect, it } from "vitest";
import { addDays, dueState } from "./due-state.ts";

describe("a due date", () => {
  it.each([
    ["2026-03-27", "overdue", -1],
    ["2026-03-28", "soon", 0],
    ["2026-03-30", "soon", 2],
    ["2026-03-31", "later", 3],
  ])("%s is %s on 28 March, also over the night the clocks change", (dueOn, urgency, days) => {
    expect(dueState(dueOn, "2026-03-28", "pending")).toEqual({ urgency, days });
  });

  it("presses nobody once the order is done or was never made", () => {
    expect(dueState("2026-03-01", "2026-03-28", "completed").urgency).toBe("settled");
    expect(dueState("2026-03-01", "2026-03-28", "rejected").urgency).toBe("settled");
    expect(dueState("2026-03-01", "2026-03-28", "in_production").urgency).toBe("overdue");
  });

  it("counts on over months and leap days", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  });
});
