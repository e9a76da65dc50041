import type { ImportedInstance } from "../../../../cli/import/candidate";
import { judge } from "../../../../cli/import/candidate";
import { declarationsOf } from "../../../../cli/import/declarations";
import { importFileOf } from "../../../../cli/import/importFile";
import { instanceNameOf } from "../../../../provider/instance/instanceName";
import { backupInstanceType, providerText } from "../../../../provider/resources/providerText";
import { diskId, policyId, snapshotResourceGroupId, storageAccountId, vaultId } from "../../declaration";
import { liveBlob, liveDisk } from "./liveInstance";

const instances = [
  judge(vaultId, liveDisk(instanceNameOf(diskId))),
  judge(vaultId, liveBlob('the "files"', ["invoices", "contracts"])),
] as ImportedInstance[];

describe("the import file", () => {
  const { resources } = JSON.parse(importFileOf(instances)) as { resources: Record<string, object>[] };

  it("names each instance as the program does, with its type and its ARM id", () => {
    expect(resources.map(({ type, name, id }) => ({ type, name, id }))).toEqual(
      instances.map(({ logicalName, outputs }) => ({
        type: backupInstanceType,
        name: logicalName,
        id: outputs.backupInstanceId,
      })),
    );
  });

  it("holds the constant text in inputs and outputs, and states in the outputs only", () => {
    for (const { inputs, outputs } of resources) {
      expect(outputs).toEqual({
        ...inputs,
        protectionState: "ProtectionConfigured",
        provisioningState: "Succeeded",
      });
      expect(inputs).toMatchObject({ __provider: providerText, vaultId, policyId });
    }
  });
});

describe("the declarations", () => {
  it("are a module of literals, one statement an instance", () => {
    const diskName = instanceNameOf(diskId);
    expect(declarationsOf(instances)).toBe(`import { BackupInstance } from "pulumi-azure-dataprotection";

new BackupInstance("${diskName}", {
  vaultId: "${vaultId}",
  policyId: "${policyId}",
  datasource: {
    kind: "disk",
    diskId: "${diskId}",
    snapshotResourceGroupId: "${snapshotResourceGroupId}",
    location: "westeurope",
  },
});

new BackupInstance("${instances[1]?.logicalName}", {
  vaultId: "${vaultId}",
  policyId: "${policyId}",
  datasource: {
    kind: "blob",
    storageAccountId: "${storageAccountId}",
    containers: ["invoices", "contracts"],
    location: "westeurope",
  },
  name: "the \\"files\\"",
});
`);
  });
});
