import { expect, test } from "vitest";
import { auth } from "#lib/vendors/meditlink/auth.ts";

// No setting is made here: this is a portal before anybody configured MeditLink.

test("with the default addresses there is a server for the world and one for China, each complete", () => {
  expect(auth.servers()).toEqual([
    {
      id: "meditlink",
      name: "MeditLink",
      region: "default",
      authorizeUrl: "https://openapi-auth.meditlink.com/oauth/authorize",
      tokenUrl: "https://openapi-auth.meditlink.com/oauth/token",
      checkTokenUrl: "https://openapi-auth.meditlink.com/oauth/check_token",
      apiUrl: "https://openapi-resources.meditlink.com",
    },
    {
      id: "meditlink-cn",
      name: "MeditLink (China)",
      region: "cn",
      authorizeUrl: "https://openapi-auth.meditlink.cn/oauth/authorize",
      tokenUrl: "https://openapi-auth.meditlink.cn/oauth/token",
      checkTokenUrl: "https://openapi-auth.meditlink.cn/oauth/check_token",
      apiUrl: "https://openapi-resources.meditlink.cn",
    },
  ]);
});

test("what is missing is named", () => {
  expect(auth.missingSettings()).toEqual(["MEDITLINK_CLIENT_ID", "MEDITLINK_CLIENT_SECRET"]);
  expect(auth.client(auth.servers()[0]!)).toBeNull();
});

test("the password grant does not exist unless it is allowed", () => {
  expect(auth.passwordGrant).toBeUndefined();
});

test("the scopes that the document names are asked for, and none that it does not", () => {
  expect(auth.scopes()).toEqual(["USER", "GROUP", "CASE", "FILE", "ORDER"]);
});
