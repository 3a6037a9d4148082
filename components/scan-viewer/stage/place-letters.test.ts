import { Vector3 } from "three";
import { expect, test } from "vitest";
import { placeLetters } from "./place-letters.ts";

test("R stands on the patient's right and L on the left, clear of the scans", () => {
  const arch = { points: new Float32Array([-30, 0, 0, 32, 40, 20]), offset: new Vector3(0, 0, 10) };
  const { right, left } = placeLetters([arch], { up: [0, 0, 1], anterior: [0, -1, 0], right: [-1, 0, 0] });
  expect(right.toArray()).toEqual([-36, 20, 20]);
  expect(left.toArray()).toEqual([38, 20, 20]);
});
