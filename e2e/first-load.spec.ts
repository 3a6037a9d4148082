import { gzipSync } from "node:zlib";
import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";

test("the inbox opens with less than 200 KB of compressed script", async ({ page }) => {
  await signIn(page, "lab-technician");
  const inbox = await (await page.request.get("/orders")).text();
  const tags = inbox.match(/<script[^>]*\ssrc="[^"]+"[^>]*>/g) ?? [];
  const scripts = new Set(tags.filter((tag) => !/nomodule/i.test(tag)).map((tag) => /\ssrc="([^"]+)"/.exec(tag)![1]!));
  expect(scripts.size).toBeGreaterThan(5);
  let bytes = 0;
  for (const address of scripts) bytes += gzipSync(await (await page.request.get(address)).body()).length;
  expect(bytes).toBeLessThan(200_000);
});
