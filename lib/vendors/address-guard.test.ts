import type { LookupAddress } from "node:dns";
import { expect, test } from "vitest";
import { guardedLookup, guardSignedUrl, isPublicAddress } from "#lib/vendors/address-guard.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { meditlink } from "#lib/vendors/meditlink/connector.ts";

const HOSTS = meditlink.files!.signedHosts;
const guard = (url: string, trusted: string[] = []) => guardSignedUrl("meditlink", url, HOSTS, trusted);

test.each([
  "https://com-meditlink-case-files-ap-northeast-2-dev-aws.s3.ap-northeast-2.amazonaws.com/us-east-1%3Ad5/x.7z?X-Amz-Signature=6a",
  "https://com-meditlink-case-files-dev.s3.amazonaws.com/.openapi/x.tmp?X-Amz-Expires=1799",
  "https://s3.amazonaws.com/74VdO/images/4cfe5fca",
])("the guide's own address %s is taken", (url) => {
  expect(guard(url).trusted).toBe(false);
});

test.each([
  ["plain http", "http://bucket.s3.amazonaws.com/x"],
  ["another host", "https://evil.example/x"],
  ["a host that begins right", "https://bucket.s3.amazonaws.com.evil.example/x"],
  ["a host that ends right", "https://evils3.amazonaws.com/x"],
  ["two labels where one is allowed", "https://a.b.s3.amazonaws.com/x"],
  ["a trailing dot", "https://bucket.s3.amazonaws.com./x"],
  ["user info", "https://bucket.s3.amazonaws.com@evil.example/x"],
  ["user info before the right host", "https://u:p@bucket.s3.amazonaws.com/x"],
  ["a port", "https://bucket.s3.amazonaws.com:8443/x"],
  ["an address", "https://169.254.169.254/latest/meta-data"],
  ["an address in one number", "https://2130706433/"],
  ["loopback", "http://127.0.0.1:9000/x"],
  ["a file", "file:///etc/passwd"],
  ["no address", "not a url"],
])("%s is refused", (_, url) => {
  expect(() => guard(url)).toThrow(VendorError);
});

test("a refused address is not quoted: its signature is a secret", () => {
  expect(() => guard("https://evil.example/x?X-Amz-Signature=deadbeef")).toThrow(/^signed URL: address refused$/);
});

test("a host that the operator named may be http and loopback, on its port only", () => {
  expect(guard("http://127.0.0.1:9000/x", ["127.0.0.1:9000"]).trusted).toBe(true);
  expect(guard("http://127.0.0.1:9000/x", ["127.0.0.1"]).trusted).toBe(true);
  expect(() => guard("http://127.0.0.1:9001/x", ["127.0.0.1:9000"])).toThrow(VendorError);
  expect(() => guard("ftp://127.0.0.1:9000/x", ["127.0.0.1:9000"])).toThrow(VendorError);
});

test.each([
  ["52.219.60.1", true],
  ["2600:1fa0:80a4:89::1", true],
  ["127.0.0.1", false],
  ["10.0.0.1", false],
  ["172.16.5.5", false],
  ["192.168.1.1", false],
  ["169.254.169.254", false],
  ["100.64.0.1", false],
  ["0.0.0.0", false],
  ["::1", false],
  ["::ffff:127.0.0.1", false],
  ["fe80::1", false],
  ["fd00:ec2::254", false],
  ["64:ff9b::7f00:1", false],
  ["nonsense", false],
])("%s is public: %s", (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});

const dial = (addresses: string[], all: boolean) =>
  new Promise((resolve) => {
    const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    guardedLookup((_name, _options, answer) => answer(null, found))(
      "bucket.s3.amazonaws.com",
      { all },
      (error, ...rest) => resolve(error ? error.code : rest),
    );
  });

test("a good name that resolves to a private address is refused at the moment of dialling", async () => {
  expect(await dial(["10.0.0.5"], true)).toBe("ADDRESS_REFUSED");
  expect(await dial(["52.219.60.1", "127.0.0.1"], true)).toBe("ADDRESS_REFUSED");
  expect(await dial([], false)).toBe("ADDRESS_REFUSED");
});

test("a name with public addresses is dialled at these and no others", async () => {
  expect(await dial(["52.219.60.1"], false)).toEqual(["52.219.60.1", 4]);
  expect(await dial(["52.219.60.1"], true)).toEqual([[{ address: "52.219.60.1", family: 4 }]]);
});
