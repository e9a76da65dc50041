import { ArmClient } from "../../../../provider/azure/http/armClient";
import type { BearerTokens } from "../../../../provider/azure/http/armClient";
import { Deadline } from "../../../../provider/azure/http/deadline";
import { SimulatedClock } from "../../simulatedClock";
import type { LoopbackServer } from "./loopbackServer";
import { startLoopbackServer } from "./loopbackServer";

/** Tokens that are numbered, so that it shows when one was replaced. */
class NumberedTokens implements BearerTokens {
  #count = 1;

  constructor(private readonly tenant: string) {}

  async getToken(): Promise<string> {
    return `${this.tenant}-${this.#count}`;
  }

  invalidate(token: string): void {
    expect(token).toBe(`${this.tenant}-${this.#count}`);
    this.#count++;
  }
}

describe("the tokens of auxiliary tenants", () => {
  let server: LoopbackServer;
  beforeAll(async () => {
    server = await startLoopbackServer();
  });
  afterAll(() => server.stop());

  const clock = new SimulatedClock();
  const deadline = new Deadline(clock, 60_000, "the limit of a minute");
  const clientWith = (...auxiliary: string[]): ArmClient =>
    new ArmClient(
      server.url,
      new NumberedTokens("own"),
      clock,
      () => 0,
      auxiliary.map((tenant) => new NumberedTokens(tenant)),
    );
  const sentSince = (index: number): [unknown, unknown][] =>
    server.requests
      .slice(index)
      .map(({ headers }) => [headers.authorization, headers["x-ms-authorization-auxiliary"]]);

  it("go with requests that may cross tenants, and with no others", async () => {
    server.answer = { status: 200, body: {} };
    const before = server.requests.length;
    const client = clientWith("one", "two");
    await client.send({ method: "POST", target: "/thing", mayCrossTenants: true }, deadline);
    await client.send({ method: "GET", target: "/thing" }, deadline);
    expect(sentSince(before)).toEqual([
      ["Bearer own-1", "Bearer one-1, Bearer two-1"],
      ["Bearer own-1", undefined],
    ]);
  });

  it("are not sent where there are none", async () => {
    server.answer = { status: 200, body: {} };
    const before = server.requests.length;
    await clientWith().send({ method: "POST", target: "/thing", mayCrossTenants: true }, deadline);
    expect(sentSince(before)).toEqual([["Bearer own-1", undefined]]);
  });

  it("are all replaced once after a 401, which does not say which one was refused", async () => {
    server.answer = { status: 401, body: { error: { code: "InvalidAuxiliaryTokens", message: "no" } } };
    const before = server.requests.length;
    const refused = clientWith("one").send(
      { method: "POST", target: "/thing", mayCrossTenants: true },
      deadline,
    );
    await expect(refused).rejects.toThrow("POST /thing: 401 InvalidAuxiliaryTokens: no");
    expect(sentSince(before)).toEqual([
      ["Bearer own-1", "Bearer one-1"],
      ["Bearer own-2", "Bearer one-2"],
    ]);
  });

  it("are sent to no other host than Resource Manager's", async () => {
    const elsewhere = {
      method: "GET",
      target: "https://elsewhere.example/thing",
      mayCrossTenants: true,
    } as const;
    await expect(clientWith("one").send(elsewhere, deadline)).rejects.toThrow(
      "refused to send the token to https://elsewhere.example",
    );
  });
});
