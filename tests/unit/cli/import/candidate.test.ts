import type { ImportedInstance } from "../../../../cli/import/candidate";
import { judge } from "../../../../cli/import/candidate";
import { check } from "../../../../provider/instance/check";
import type {
  WireBackupInstance,
  WireBackupInstanceProperties,
} from "../../../../provider/dataProtection/wire";
import { instanceNameOf } from "../../../../provider/instance/instanceName";
import { diskId, policyId, snapshotResourceGroupId, storageAccountId, vaultId } from "../../declaration";
import { liveBlob, liveDisk } from "./liveInstance";

function imported(instance: WireBackupInstance): ImportedInstance {
  const judged = judge(vaultId, instance);
  if ("reason" in judged) {
    throw new Error(`not imported: ${judged.reason}`);
  }
  return judged;
}

describe("an instance that the package knows", () => {
  it("is declared with what cannot be left out", () => {
    expect(imported(liveDisk(instanceNameOf(diskId))).declaration).toEqual({
      vaultId,
      policyId,
      datasource: { kind: "disk", diskId, snapshotResourceGroupId, location: "westeurope" },
    });
  });

  it("is declared with its name and friendly name where they are not the default ones", () => {
    const { declaration } = imported(liveDisk("data-data-3c1f", { friendlyName: "Data of the shop" }));
    expect(declaration).toMatchObject({ name: "data-data-3c1f", friendlyName: "Data of the shop" });
  });

  it.each<[what: string, given: string[] | null | undefined, declared: object]>([
    ["operational backup", undefined, {}],
    ["operational backup with nulls in the answer", null, {}],
    ["vaulted backup", ["invoices", "contracts"], { containers: ["invoices", "contracts"] }],
  ])("is declared as %s of an account", (_, given, declared) => {
    const { datasource } = imported(liveBlob("files", given)).declaration;
    expect(datasource).toEqual({ kind: "blob", storageAccountId, location: "westeurope", ...declared });
  });

  it("gets the outputs that the declaration, once checked, would have, and the states of the service", () => {
    const { declaration, outputs } = imported(liveDisk("data-data-3c1f"));
    expect(outputs).toEqual({
      ...check({ ...declaration }).inputs,
      protectionState: "ProtectionConfigured",
      provisioningState: "Succeeded",
    });
  });

  it("is imported without a warning when it is well", () => {
    expect(imported(liveDisk("data")).warnings).toEqual([]);
  });

  it.each([
    ["ProtectionStopped", "takes the backups up again"],
    ["ProtectionError", "has the service repair it"],
    ["ConfiguringProtection", "waits until it is"],
    ["SomethingNew", "looks at it again"],
  ])("is imported with a warning of what the next update does when it is %s", (state, remedy) => {
    const { warnings } = imported(liveDisk("data", { currentProtectionState: state }));
    expect(warnings).toEqual([
      `the datasource is not protected (${state}): the next \`pulumi up\` ${remedy}`,
    ]);
  });

  it("is imported with a warning when a stack has claimed it", () => {
    const { warnings } = imported({ ...liveDisk("data"), tags: { "pulumi-stack": "backups/prod" } });
    expect(warnings).toEqual([expect.stringMatching(/^it belongs to stack backups\/prod; unless that is /)]);
  });
});

describe("an instance that cannot be imported", () => {
  const { dataSourceInfo, policyInfo } = liveDisk("data").properties;
  it.each<[what: string, changes: Partial<WireBackupInstanceProperties>, reason: RegExp]>([
    [
      "of another kind of datasource",
      { dataSourceInfo: { ...dataSourceInfo, datasourceType: "Microsoft.ContainerService/managedClusters" } },
      /^it protects a Microsoft.ContainerService\/managedClusters, a kind of datasource that this package does not know$/,
    ],
    [
      "that is being deleted",
      { currentProtectionState: "SoftDeleting" },
      /^it is being deleted \(SoftDeleting\)/,
    ],
    [
      "with parameters of another kind",
      {
        policyInfo: {
          ...policyInfo,
          policyParameters: {
            backupDatasourceParametersList: [{ objectType: "KubernetesClusterBackupDatasourceParameters" }],
          },
        },
      },
      /^it is backed up by KubernetesClusterBackupDatasourceParameters, which this package cannot declare$/,
    ],
    [
      "that no declaration can describe",
      { policyInfo: { ...policyInfo, policyParameters: undefined } },
      /^it could not be declared like that: datasource\.snapshotResourceGroupId is missing/,
    ],
  ])("%s is skipped with the reason", (_, changes, reason) => {
    expect(judge(vaultId, liveDisk("data", changes))).toEqual({
      instanceName: "data",
      reason: expect.stringMatching(reason),
    });
  });
});
