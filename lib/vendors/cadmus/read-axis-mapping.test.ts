import { expect, test } from "vitest";
import { readAxisMapping } from "./read-axis-mapping.ts";

test.each([
  ["x,-z,y", ["x", "-z", "y"]],
  ["X -Z Y", ["x", "-z", "y"]],
  ["x; - z; +y", ["x", "-z", "y"]],
  [
    ["y", "x", "-z"],
    ["y", "x", "-z"],
  ],
  [{ x: "x", y: "z", z: "-y" }, ["x", "z", "-y"]],
  [{ X: "-x", Y: "y", Z: "-z" }, ["-x", "y", "-z"]],
])("%j turns the mesh to %j", (given, axes) => {
  expect(readAxisMapping(given)).toEqual(axes);
});

test.each([["x,y,z"], [""], [null], [undefined], ["x,x,y"], ["x,y"], [{ x: "x" }], [7], [["x", 1, 2]], ["up"]])(
  "%j leaves the mesh as it is",
  (given) => {
    expect(readAxisMapping(given)).toBeNull();
  },
);
