import "./seed";
import fc from "fast-check";
import { judge } from "../../cli/import/candidate";
import type { ArmResponse } from "../../provider/azure/http/armClient";
import { readCloudMetadata } from "../../provider/azure/account/cloudMetadata";
import {
  ArmError,
  NoAnswerError,
  OperationFailedError,
  readArmError,
} from "../../provider/azure/http/errors";
import { parseRetryAfter } from "../../provider/azure/http/retryAfter";
import { SettingsError } from "../../provider/azure/account/settings";
import { TracedError } from "../../provider/azure/http/tracing";
import { changesTo, refuseOtherInstance } from "../../provider/instance/changes";
import { claimedTags, refuseForeignClaim } from "../../provider/lifecycle/claim";
import { explainFailure } from "../../provider/explain/explainFailure";
import { ProtectionFailedError } from "../../provider/dataProtection/protection";
import { approvalFor } from "../../provider/dataProtection/resourceGuard";
import { readVaultSafeguards } from "../../provider/dataProtection/vaultSafeguards";
import { readInstance, readPage, readVaultLocation } from "../../provider/dataProtection/wireReading";
import { driftOf } from "../../provider/instance/drift";
import { outputsOf } from "../../provider/instance/outputs";
import { describeDeletion } from "../../provider/instance/recovery";
import { liveBlob, liveDisk } from "../unit/cli/import/liveInstance";
import { checkedDisk, vaultId } from "../unit/declaration";
import { anyJson, frozen, spoilt } from "./hostileJson";

const runs = { numRuns: 2_000 };
const userError = {
  code: "UserErrorMissingRequiredPermissions",
  message: "Appropriate permissions to perform the operation is missing.",
  recommendedAction: ["Grant them."],
  innerError: { code: "x", additionalInfo: { DetailedNonLocalisedMessage: "object id '…' lacks …" } },
  details: [
    { code: "UserErrorDppDatasourceAlreadyProtected", message: `/subscriptions/s/${vaultId}`, details: null },
  ],
};
const failed = { protectionErrorDetails: userError, currentProtectionState: "ProtectionError" };
const deletionInfo = { deletionTime: "2026-11-21T10:00:00Z", scheduledPurgeTime: "2026-12-05T10:00:00Z" };
const instances = [
  liveDisk("data"),
  liveBlob("files", ["invoices"]),
  liveDisk("broken", { ...failed, ...{ deletionInfo } }),
];
const someInstance = fc.oneof(...instances.map(spoilt), anyJson).map(frozen);

const answered = (body: unknown): ArmResponse => ({
  statusCode: 200,
  headers: { "x-ms-correlation-request-id": "c1" },
  body,
  url: "https://management.example/thing",
});

/** What a reader makes of an answer; `undefined` when it says that the answer means nothing. */
function readOrRefused<Thing>(read: () => Thing): Thing | undefined {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(NoAnswerError);
    expect((error as Error).message).toMatch(/: the service answered 200 (with|without) /);
    return undefined;
  }
}

/** Refusals of what an answer shows are errors of ours; all others would be defects. */
function mayRefuse(judgeIt: () => unknown): void {
  try {
    judgeIt();
  } catch (error) {
    expect(error).toBeInstanceOf(TracedError);
  }
}

describe("an instance", () => {
  it("is read, or refused by name; whoever looks at one that was read can do so", () => {
    let readCount = 0;
    fc.assert(
      fc.property(someInstance, (body) => {
        const seen = readOrRefused(() => readInstance(answered(body)));
        if (seen === undefined) {
          return;
        }
        readCount++;
        const failure = new ProtectionFailedError(seen);
        expect(explainFailure("creating it", failure, checkedDisk)).toContain("(correlation id c1)");
        driftOf(seen, checkedDisk);
        outputsOf(checkedDisk, seen);
        claimedTags(seen, checkedDisk);
        describeDeletion(seen);
        judge(vaultId, seen);
        mayRefuse(() => refuseForeignClaim(seen, checkedDisk));
        mayRefuse(() => refuseOtherInstance(seen, checkedDisk));
        mayRefuse(() => changesTo(seen, checkedDisk));
      }),
      runs,
    );
    expect(readCount).toBeGreaterThan(runs.numRuns / 10);
  });

  it("is read on a page of a list, or the whole page is refused", () => {
    const pages = fc.oneof(
      spoilt({ value: instances, nextLink: "https://management.example/next" }),
      anyJson,
    );
    fc.assert(
      fc.property(pages.map(frozen), (body) => {
        readOrRefused(() => readPage(answered(body), new Set()));
      }),
      runs,
    );
  });
});

describe("a vault", () => {
  const vault = {
    location: "westeurope",
    properties: {
      isVaultProtectedByResourceGuard: true,
      securitySettings: {
        softDeleteSettings: { state: "On", retentionDurationInDays: 14 },
        immutabilitySettings: { state: "Unlocked" },
      },
    },
  };
  const proxy = {
    properties: {
      resourceGuardResourceId:
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/g",
      resourceGuardOperationDetails: [
        {
          vaultCriticalOperation: "Microsoft.DataProtection/backupVaults/backupInstances/delete",
          defaultResourceRequest: "/subscriptions/s/deleteBackupInstanceRequests/default",
        },
      ],
    },
  };

  it("has a region, or its answer is refused by name", () => {
    fc.assert(
      fc.property(fc.oneof(spoilt(vault), anyJson).map(frozen), (body) => {
        readOrRefused(() => readVaultLocation(answered(body)));
      }),
      runs,
    );
  });

  it("has safeguards, whatever its settings and its guard look like", () => {
    fc.assert(
      fc.property(
        fc.oneof(spoilt(vault), anyJson).map(frozen),
        fc.oneof(spoilt(proxy), anyJson).map(frozen),
        (one, other) => {
          const { guard } = readVaultSafeguards(one, other);
          if (guard !== undefined) {
            approvalFor(["backupInstances/delete"], vaultId, guard);
          }
        },
      ),
      runs,
    );
  });
});

describe("an error", () => {
  const envelopes = [
    {
      error: {
        code: "c",
        message: "m",
        details: [{ code: "d", message: "e" }],
        additionalInfo: [{ type: "UserFacingError", info: userError }],
      },
    },
    { ErrorCode: "c", Message: { Value: "m" } },
    { code: "c", message: "m" },
  ];
  const someEnvelope = fc.oneof(...envelopes.map(spoilt), anyJson).map(frozen);

  it("is explained in words, whatever it looks like", () => {
    fc.assert(
      fc.property(someEnvelope, fc.constantFrom(400, 403, 404, 409, 500), (body, status) => {
        const error = readArmError(body, {}, status);
        for (const failure of [
          new ArmError(status, error, { method: "PUT", path: "/thing" }, "c1"),
          new OperationFailedError("Failed", error, "c1"),
        ]) {
          const message = explainFailure("creating the thing", failure, checkedDisk);
          expect(message).toMatch(/^creating the thing: .*\(correlation id c1\)$/s);
          expect(message).not.toMatch(/\[object|undefined:/);
        }
      }),
      runs,
    );
  });

  it("that is nested without end, or says without end what it has to say, is cut short", () => {
    let nested: object = { code: "innermost" };
    for (let depth = 0; depth < 100_000; depth++) {
      nested = { code: `c${depth}`, message: "m", details: [nested], innererror: nested };
    }
    const endless = "/subscriptions/a".repeat(500_000);
    const wide = Array.from({ length: 100_000 }, (_, index) => ({ code: `c${index}`, message: endless }));
    const code = "UserErrorDppDatasourceAlreadyProtected";
    for (const error of [nested, { code, message: endless }, { code, message: "m", details: wide }]) {
      const info = { ...error, recommendedAction: [endless] };
      const body = { error: { ...error, additionalInfo: [{ type: "UserFacingError", info }] } };
      const failure = new ArmError(400, readArmError(body, {}, 400), { method: "PUT", path: "/thing" }, "c1");
      expect(explainFailure("creating the thing", failure, checkedDisk).length).toBeLessThan(200_000);
    }
  });
});

describe("a Retry-After", () => {
  it("asks for no time at all, or for a time between a moment and ten minutes", () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.stringMatching(/^\d{1,400}$/),
      fc.date({ noInvalidDate: false }).map(String),
      fc.date().map((date) => date.toUTCString()),
    );
    const headers = fc.dictionary(
      fc.constantFrom("retry-after", "retry-after-ms", "x-ms-retry-after-ms"),
      value,
    );
    fc.assert(
      fc.property(headers, fc.nat({ max: 4e12 }), (given, now) => {
        const waitInMs = parseRetryAfter(given, now);
        expect(waitInMs === undefined || (waitInMs >= 5 && waitInMs <= 600_000)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("the addresses of a cloud", () => {
  it("are read, or refused with the setting to look at", async () => {
    const metadata = {
      name: "custom",
      resourceManager: "https://management.example",
      authentication: { loginEndpoint: "https://login.example", audiences: ["https://management.example"] },
    };
    const bodies = fc.oneof(
      fc.oneof(spoilt(metadata), anyJson).map((value) => JSON.stringify(value)),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const cloud = await readCloudMetadata("metadata.example", async () => ({ status: 200, body })).catch(
          (error: unknown) => error,
        );
        if (cloud instanceof Error) {
          expect(cloud).toBeInstanceOf(SettingsError);
        } else {
          expect(cloud).toMatchObject({ name: expect.any(String), audience: expect.any(String) });
        }
      }),
      runs,
    );
  });
});
