import fc from "fast-check";
import type { CriticalOperation } from "../../../provider/dataProtection/resourceGuard";
import { approvalFor, readResourceGuard } from "../../../provider/dataProtection/resourceGuard";
import { isGuarded, readVaultSafeguards } from "../../../provider/dataProtection/vaultSafeguards";

const groupId = "/subscriptions/11111111-aaaa-4000-8000-000000000000/resourceGroups/backups";
const vaultId = `${groupId}/providers/Microsoft.DataProtection/backupVaults/vault`;
const guardId = `${groupId}/providers/Microsoft.DataProtection/resourceGuards/guard`;

/** The map of Microsoft's recording (facts, section 4.3), in its order. */
const requestTypes: [operation: string, requestType: string][] = [
  ["backupVaults/backupResourceGuardProxies/delete", "deleteResourceGuardProxyRequests"],
  ["backupVaults/write#reduceImmutabilityState", "dppReduceImmutabilityStateRequests"],
  ["backupVaults/backupInstances/write", "dppModifyPolicy"],
  ["backupVaults/backupInstances/restore/action", "dppTriggerRestoreRequests"],
  ["backupVaults/backupInstances/stopProtection/action", "dppDisableStopProtectionRequests"],
  ["backupVaults/backupInstances/delete", "deleteBackupInstanceRequests"],
  ["backupVaults/backupInstances/suspendBackups/action", "dppDisableSuspendBackupsRequests"],
];

function proxyOf(details: [operation: string, requestType: string][]): unknown {
  return {
    properties: {
      resourceGuardResourceId: guardId,
      resourceGuardOperationDetails: details.map(([operation, requestType]) => ({
        vaultCriticalOperation: `Microsoft.DataProtection/${operation}`,
        defaultResourceRequest: `${guardId}/${requestType}/default`,
      })),
    },
  };
}

describe("a Resource Guard, as its binding to a vault shows it", () => {
  it.each<[CriticalOperation, string]>([
    ["backupInstances/delete", "deleteBackupInstanceRequests"],
    ["backupInstances/write", "dppModifyPolicy"],
    ["backupInstances/stopProtection/action", "dppDisableStopProtectionRequests"],
    ["backupInstances/suspendBackups/action", "dppDisableSuspendBackupsRequests"],
    ["write#reduceImmutabilityState", "dppReduceImmutabilityStateRequests"],
    ["backupResourceGuardProxies/delete", "deleteResourceGuardProxyRequests"],
  ])("stands for %s with %s, whatever else it watches over", (operation, requestType) => {
    fc.assert(
      fc.property(fc.shuffledSubarray(requestTypes), fc.boolean(), (details, isInCapitals) => {
        const spelt = details.map(([name, type]): [string, string] => [
          isInCapitals ? name.toUpperCase() : name,
          type,
        ]);
        const isWatched = details.some(([, type]) => type === requestType);
        const guard = readResourceGuard(proxyOf(spelt));
        expect(guard?.requestIds.get(operation)).toBe(
          isWatched ? `${guardId}/${requestType}/default` : undefined,
        );
      }),
    );
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["text", "guard"],
    ["no id", { properties: { resourceGuardOperationDetails: [] } }],
    ["an empty object", {}],
  ])("is none where the answer is %s", (_, proxy) => {
    expect(readResourceGuard(proxy)).toBeUndefined();
  });

  it("watches over nothing where the service does not tell over what", () => {
    const guard = readResourceGuard({ properties: { resourceGuardResourceId: guardId } });
    expect(guard).toEqual({ id: guardId, requestIds: new Map() });
  });
});

describe("the approval of a guard", () => {
  const guard = (id: string): Parameters<typeof approvalFor>[2] => ({
    id,
    requestIds: new Map([["backupInstances/delete", `${id}/deleteBackupInstanceRequests/default`]]),
  });

  it("is not needed for what the guard does not watch over", () => {
    expect(approvalFor(["backupInstances/write"], vaultId, guard(guardId))).toBeUndefined();
  });

  it.each([
    ["in the vault's subscription", guardId, false],
    ["in the vault's subscription, in other letters", guardId.toUpperCase(), false],
    ["in another subscription", guardId.replace("11111111", "22222222"), true],
  ])(
    "crosses tenants, if at all, where the guard is in another subscription: %s",
    (_, id, mayCrossTenants) => {
      expect(approvalFor(["backupInstances/delete"], vaultId, guard(id))).toEqual({
        requestIds: [`${id}/deleteBackupInstanceRequests/default`],
        mayCrossTenants,
      });
    },
  );
});

describe("what keeps the backups of a vault from being lost", () => {
  it.each([
    ["Off", undefined],
    ["On", 14],
    ["AlwaysOn", 14],
  ])("has deleted ones back with soft delete %s: %s days", (state, recoverableForDays) => {
    const softDeleteSettings = { state, retentionDurationInDays: 14 };
    const vault = { properties: { securitySettings: { softDeleteSettings } } };
    expect(readVaultSafeguards(vault, undefined)).toEqual({
      immutability: "Disabled",
      recoverableForDays,
      encryption: undefined,
      guard: undefined,
    });
  });

  it("reads whatever a vault shows", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (vault, proxy) => {
        const safeguards = readVaultSafeguards({ properties: { securitySettings: vault } }, proxy);
        expect(typeof safeguards.immutability).toBe("string");
        expect(isGuarded(vault)).toBe(false);
      }),
    );
  });

  it("has a guard where the vault says so", () => {
    expect(isGuarded({ properties: { isVaultProtectedByResourceGuard: true } })).toBe(true);
    expect(isGuarded({ properties: {} })).toBe(false);
  });
});
