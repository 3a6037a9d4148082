import { expect, test } from "vitest";
import { tameRequest } from "#lib/api/tame-request.ts";

const TREE = encodeURIComponent('["",{"children":["orders",{"children":[["id","7","d",null],{}]}]},null,"refetch"]');

function tamed(url: string, state?: string) {
  const request = {
    url,
    headers: { accept: "*/*", ...(state === undefined ? {} : { "next-router-state-tree": state }) },
  };
  tameRequest(request);
  return request;
}

test.each(["/orders?q=%ff", "/orders/%E2%82%AC", "/api/vendors/meditlink/v1/groups/T05F%2BC%3D%3D%2Fx", "*"])(
  "%s is asked for as it is written",
  (url) => {
    expect(tamed(url, TREE)).toEqual({ url, headers: { accept: "*/*", "next-router-state-tree": TREE } });
  },
);

test.each([
  ["/orders/%ff?q=%ff", "/orders/%25ff?q=%ff"],
  ["/api/%ud800/%2f", "/api/%25ud800/%252f"],
  ["http://stranger.example/%", "http://stranger.example/%25"],
])("%s, which is no encoded text, names nothing there is", (url, asked) => {
  expect(tamed(url).url).toBe(asked);
});

test.each(["%", "[]", "{}", "null", '["",null]', "[1,{}]", '["",{"children":[]}]', `${TREE}, ${TREE}`])(
  "a page's state of %s was not sent",
  (state) => {
    expect(tamed("/orders", state).headers).toEqual({ accept: "*/*" });
  },
);
