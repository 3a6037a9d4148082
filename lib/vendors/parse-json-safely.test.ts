import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DEPTH_LIMIT, parseJsonSafely, UnreadableJson } from "#lib/vendors/parse-json-safely.ts";

const parse = (text: string) => parseJsonSafely(Buffer.from(text, "utf8"));
const ORDER = readFileSync(new URL("./meditlink/fixtures/order.json", import.meta.url));

test("a byte order mark is skipped", () => {
  expect(parse('\uFEFF{"a":1}')).toEqual({ a: 1 });
});

test.each(['{"__proto__":{"polluted":1},"a":1}', '{"\\u005f_proto\\u005f_":{"polluted":1},"a":1}'])(
  "F15: %s changes no prototype, not even when it is copied on",
  (text) => {
    const value = Object.assign({}, parse(text)) as Record<string, unknown>;
    expect(value.polluted).toBeUndefined();
    expect(Object.keys(value)).toEqual(["a"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  },
);

test("F15: a million brackets are refused before anything is built", () => {
  expect(() => parse("[".repeat(1_000_000))).toThrow(UnreadableJson);
  expect(() => parse("[".repeat(DEPTH_LIMIT + 1) + "]".repeat(DEPTH_LIMIT + 1))).toThrow(/64 levels/);
  expect(parse("[".repeat(DEPTH_LIMIT) + "]".repeat(DEPTH_LIMIT))).toBeDefined();
});

test("brackets inside of text are no nesting, whatever is escaped before them", () => {
  expect(parse(`["${"[".repeat(100)}", "\\"${"{".repeat(100)}", "\\\\"]`)).toHaveLength(3);
});

test("text that a database cannot hold is put right", () => {
  expect(parse('{"a":"x\\u0000y","b":"\\ud800!"}')).toEqual({ a: "xy", b: "\uFFFD!" });
});

test("F15: an order cut off at any byte is refused with an error of ours that quotes nothing", () => {
  for (let end = 0; end < ORDER.length - 2; end += 7) {
    try {
      parseJsonSafely(ORDER.subarray(0, end));
      throw new Error(`taken at ${end}`);
    } catch (error) {
      expect(error).toBeInstanceOf(UnreadableJson);
      expect((error as Error).message).toBe("not JSON");
    }
  }
});

test("F15: whatever arrives is either a value or an UnreadableJson", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        parseJsonSafely(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableJson);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("everything that JSON can say within the depth is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 10, noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes("__proto__") && !text.includes("\\u"));
      expect(parse(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["UTF-8", Buffer.from('{"name":"Müller"}')],
  ["UTF-8 with a mark", Buffer.from('\ufeff{"name":"Müller"}')],
  ["Latin-1", Buffer.from('{"name":"Müller"}', "latin1")],
  ["UTF-16, low byte first", Buffer.from('\ufeff{"name":"Müller"}', "utf16le")],
  ["UTF-16, high byte first", Buffer.from('\ufeff{"name":"Müller"}', "utf16le").swap16()],
])("F15: a name in %s is read as it was written", (_, bytes) => {
  expect(parseJsonSafely(bytes)).toEqual({ name: "Müller" });
});
