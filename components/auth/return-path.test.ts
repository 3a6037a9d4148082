import { describe, expect, it } from "vitest";
import { returnPath } from "./return-path.ts";

const HERE = "https://portal.example";

describe("after sign-in", () => {
  it("the member lands on the page that was asked for", () => {
    expect(returnPath("/orders/1?tab=files#top", HERE)).toBe("/orders/1?tab=files#top");
    expect(returnPath("https://portal.example/connections", HERE)).toBe("/connections");
  });

  it.each([
    "https://evil.example/orders",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "http://portal.example/orders",
    "http://[",
    "",
    null,
  ])("%s is answered with the inbox", (callbackUrl) => {
    expect(returnPath(callbackUrl, HERE)).toBe("/orders");
  });
});
