import { expect, test } from "vitest";
import { chooseScale } from "./choose-scale.ts";

test("the scale bar has a round length of a readable size at every zoom", () => {
  expect(chooseScale(6)).toEqual({ mm: 10, pixels: 60 });
  expect(chooseScale(40)).toEqual({ mm: 1, pixels: 40 });
  expect(chooseScale(1)).toEqual({ mm: 50, pixels: 50 });
  expect(chooseScale(400)).toEqual({ mm: 0.1, pixels: 40 });
});
