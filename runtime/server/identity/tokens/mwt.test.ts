/** Which tokens hold. Hostile ones are made by hand, as a library would refuse to make them. */
import { createHmac, createSecretKey, sign, generateKeyPairSync } from "node:crypto";
import { createMwt, keyOfUser, type Mwt, type MwtSettings } from "./mwt.js";
import { createChance } from "../../../../spec/support/random.js";
import { permissionKey } from "../permission-key.js";

const SECRET = "a secret that is long enough for HS256";
const OTHER = "another secret, as long as the first one";
const NOW = 1_700_000_000;
const claims = { sub: "5", staff: false, super: false, aud: "mizan", iat: NOW, exp: NOW + 300 };
const header = { alg: "HS256", kid: "v1", typ: "JWT" };

beforeAll(() => void jest.useFakeTimers({ now: NOW * 1000, doNotFake: ["nextTick"] }));
afterAll(() => void jest.useRealTimers());

const part = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

function forge(head: unknown, body: unknown, secret = SECRET, hash = "sha256"): string {
  const signed = `${part(head)}.${part(body)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest("base64url")}`;
}
const withClaims = (changed: object, secret?: string): string =>
  forge(header, { ...claims, ...changed }, secret);
const withHeader = (changed: object, hash?: string): string =>
  forge({ ...header, ...changed }, claims, SECRET, hash);

function mwtOf(secrets: Record<string, string>, signWith = Object.keys(secrets)[0] ?? ""): Mwt {
  const keys: MwtSettings["keys"] = new Map(
    Object.entries(secrets).map(([kid, secret]) => [kid, createSecretKey(Buffer.from(secret))]),
  );
  const key = keys.get(signWith);
  if (!key) throw new Error(`${signWith} is no key`);
  return createMwt({ keys, signing: { kid: signWith, key }, ttl: 300 });
}
const mwt = mwtOf({ v1: SECRET });

describe("a token that holds", () => {
  test.each<[string, string]>([
    ["says who", withClaims({})],
    ["may name further audiences", withClaims({ aud: ["other", "mizan"] })],
    ["may leave the roles out", forge(header, { ...claims, staff: undefined, super: undefined })],
    ["may leave typ and kid out", forge({ alg: "HS256" }, claims)],
    ["may write typ differently", withHeader({ typ: "application/jwt" })],
    ["may name another key where there is only one", withHeader({ kid: "v7" })],
    ["may come from a clock one second ahead", withClaims({ iat: NOW + 1, nbf: NOW + 1 })],
    ["may have been issued long ago", withClaims({ iat: 0, exp: NOW + 1 })],
    ["may have claims we do not know", withClaims({ iss: "elsewhere", __proto__: null, jti: 5 })],
  ])("%s", async (_, token) => {
    expect(await mwt.verify(token)).toMatchObject({ sub: "5", staff: false, super: false });
  });
  test("is verified once, as long as others do not crowd it out", async () => {
    const verify = jest.spyOn(crypto.subtle, "verify");
    const fresh = mwtOf({ v1: SECRET });
    const token = withClaims({ sub: "remembered" });
    const again = async (): Promise<number> => {
      expect(await fresh.verify(token)).toMatchObject({ sub: "remembered" });
      return verify.mock.calls.length;
    };
    expect([await again(), await again()]).toEqual([1, 1]);
    for (let index = 0; index < 1000; index++) await fresh.verify(withClaims({ sub: `u${index}` }));
    const before = verify.mock.calls.length;
    expect([await again(), await again()]).toEqual([before + 1, before + 1]);
    verify.mockRestore();
  });
  test("tells roles, permissions and times", async () => {
    const pkey = "0".repeat(64);
    expect(await mwt.verify(withClaims({ staff: true, super: true, pkey }))).toEqual({
      sub: "5",
      staff: true,
      super: true,
      pkey,
      iat: NOW,
      exp: NOW + 300,
    });
  });
});

describe("a token is refused", () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const edSigned = `${part({ alg: "EdDSA" })}.${part(claims)}`;
  const valid = withClaims({});
  const [head = "", body = "", signature = ""] = valid.split(".");

  test.each<[string, string]>([
    ["signed with another secret", withClaims({}, OTHER)],
    ["with changed claims", `${head}.${part({ ...claims, sub: "6" })}.${signature}`],
    ["with a changed header", `${part({ ...header, kid: "v2" })}.${body}.${signature}`],
    ["without a signature", `${head}.${body}.`],
    ["with half a signature", valid.slice(0, -20)],
    ["with something after it", `${valid}.${signature}`],
    ["with white space in it", `${head}. ${body}.${signature}`],
    ["padded", `${valid}=`],
    ["that says it is not signed", `${part({ alg: "none", kid: "v1" })}.${body}.`],
    ["that says so in capitals", `${part({ alg: "None" })}.${body}.${signature}`],
    ["signed with HS512", withHeader({ alg: "HS512" }, "sha512")],
    ["signed with HS384", withHeader({ alg: "HS384" }, "sha384")],
    ["that lies about its algorithm", withHeader({ alg: "HS512" })],
    ["without an algorithm", forge({ kid: "v1" }, claims)],
    [
      "signed with a key pair",
      `${edSigned}.${sign(null, Buffer.from(edSigned), privateKey).toString("base64url")}`,
    ],
    [
      "that brings its own key",
      forge({ alg: "HS256", jwk: { kty: "oct", k: part(OTHER) } }, claims, OTHER),
    ],
    ["of another kind", withHeader({ typ: "at+jwt" })],
    ["whose kind is no text", withHeader({ typ: { jwt: 1 } })],
    ["whose key id is no text", withHeader({ kid: 1 })],
    ["with an extension nobody knows", withHeader({ crit: ["exp2"], exp2: 1 })],
    ["with an unencoded payload", withHeader({ b64: false, crit: ["b64"] })],
    ["for another audience", withClaims({ aud: "other" })],
    ["for a list of others", withClaims({ aud: ["other", "MIZAN"] })],
    ["for an audience that only contains ours", withClaims({ aud: { mizan: true } })],
    ["that has expired", withClaims({ exp: NOW - 1 })],
    ["that expires now", withClaims({ exp: NOW })],
    ["issued in the future", withClaims({ iat: NOW + 2 })],
    ["that does not hold yet", withClaims({ nbf: NOW + 2 })],
    ["whose expiry is a text", withClaims({ exp: String(NOW + 300) })],
    ["whose issue is null", withClaims({ iat: null })],
    ["whose start is no number", withClaims({ nbf: "soon" })],
    ["with an empty subject", withClaims({ sub: "" })],
    ["whose subject is a number", withClaims({ sub: 5 })],
    ["whose subject is an object", withClaims({ sub: { id: 5 } })],
    ["whose role is nearly true", withClaims({ staff: 1 })],
    ["whose other role is a text", withClaims({ super: "false" })],
    ["whose permissions are a list", withClaims({ pkey: ["a.b"] })],
    ...["sub", "aud", "iat", "exp"].map((name): [string, string] => [
      `without ${name}`,
      withClaims({ [name]: undefined }),
    ]),
    ["whose claims are a list", forge(header, [claims])],
    ["whose claims are null", forge(header, "null")],
    ["whose claims are no JSON", forge(header, "{")],
    ["whose header is no JSON", forge("{", claims)],
    ["whose header is a list", forge([], claims)],
    ["that is empty", ""],
    ["that is dots", ".."],
    ["that is garbage", "garbage"],
    ["of five parts", "a.b.c.d.e"],
    ["with a control character", "\u0000.\u0000.\u0000"],
    ["that nests deep", forge(header, `${"[".repeat(1000)}${"]".repeat(1000)}`)],
    ["that is too long", withClaims({ sub: "5".repeat(4096) })],
  ])("%s", async (_, token) => {
    expect(await mwt.verify(token)).toBeNull();
  });
  test("whose claims are not UTF-8", async () => {
    const signed = `${part(header)}.${Buffer.from('{"sub":"\xff"}', "latin1").toString("base64url")}`;
    const signature = createHmac("sha256", SECRET).update(signed).digest("base64url");
    expect(await mwt.verify(`${signed}.${signature}`)).toBeNull();
  });
  test("as soon as one character of it is another", async () => {
    const chance = createChance(7);
    const alphabet = [
      ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ~\u0000é",
    ];
    for (let run = 0; run < 1500; run++) {
      const at = chance.int(valid.length + 1);
      const end = at + chance.int(3);
      const changed = `${valid.slice(0, at)}${chance.some(alphabet, 2).join("")}${valid.slice(end)}`;
      if (changed === valid) continue;
      expect([changed, await mwt.verify(changed)]).toEqual([changed, null]);
    }
    // Of the last character of a signature only some bits count.
    for (const last of alphabet.filter((one) => !valid.endsWith(one))) {
      expect(await mwt.verify(`${valid.slice(0, -1)}${last}`)).toBeNull();
    }
    expect(await mwt.verify(valid)).not.toBeNull();
  });
  test("by its length, before anything of it is decoded", async () => {
    const decode = jest.spyOn(JSON, "parse");
    expect(await mwt.verify(`${valid}${"x".repeat(4096)}`)).toBeNull();
    expect(decode).not.toHaveBeenCalled();
    decode.mockRestore();
  });
});

describe("several keys", () => {
  const both = mwtOf({ v2: OTHER, v1: SECRET });
  test("the first one signs, all verify", async () => {
    const token = await both.issue({ id: 5 });
    expect(JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString())).toEqual({
      alg: "HS256",
      kid: "v2",
      typ: "JWT",
    });
    for (const one of [token, forge(header, claims)]) {
      expect(await both.verify(one)).toMatchObject({ sub: "5" });
    }
    expect(await mwtOf({ v2: OTHER, v1: SECRET }, "v1").issue({ id: 5 })).not.toBe(token);
  });
  test.each<[string, string]>([
    ["an unknown kid", forge({ ...header, kid: "v3" }, claims)],
    ["an unknown kid over the key that signs", forge({ ...header, kid: "v3" }, claims, OTHER)],
    ["no kid", forge({ alg: "HS256" }, claims)],
    ["no kid over the key that signs", forge({ alg: "HS256" }, claims, OTHER)],
    ["an empty kid", forge({ ...header, kid: "" }, claims)],
    ["the kid of the other key", forge({ ...header, kid: "v2" }, claims)],
    ["a name that every object has", forge({ ...header, kid: "constructor" }, claims)],
  ])("%s is refused", async (_, token) => {
    expect(await both.verify(token)).toBeNull();
  });
});

describe("an issued token", () => {
  test("holds for its time, and says what the user may do", async () => {
    const user = { id: 7, isStaff: true, permissions: ["b.x", "a.y"] };
    const token = await mwt.issue(user);
    expect(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())).toEqual({
      sub: "7",
      staff: true,
      super: false,
      pkey: permissionKey({ permissions: ["a.y", "b.x"], staff: true, superuser: false }),
      aud: "mizan",
      iat: NOW,
      nbf: NOW,
      exp: NOW + 300,
    });
    expect(await mwt.verify(token)).toMatchObject({ sub: "7", pkey: keyOfUser(user) });
    jest.setSystemTime((NOW + 300) * 1000);
    expect(await mwt.verify(token)).toBeNull();
    jest.setSystemTime(NOW * 1000);
  });
  test.each([null, 0, 1, "yes", undefined])("takes a role that is %j for none", async (role) => {
    // As a driver may bring a column, whatever the application's types say.
    const user: object = { isStaff: role, isSuperuser: role };
    const token = await mwt.issue({ id: 7, ...user });
    expect(await mwt.verify(token)).toMatchObject({
      staff: false,
      super: false,
      pkey: keyOfUser({ id: 7 }),
    });
  });
  test("is not made for nobody", async () => {
    await expect(mwt.issue({ id: "" })).rejects.toThrow("empty id");
  });
});
