/** Declares what has one thing wrong with it that is known only when the program runs: the one that `case` names. */
import * as pulumi from "@pulumi/pulumi";
import { BackupFleet, BackupVault, BlobBackup, DiskBackup, diskPolicies } from "pulumi-azure-dataprotection";

const { vaultId, diskId, otherDiskId, filesId, policies, principalId } = JSON.parse(
  new pulumi.Config().require("estate"),
);
const vault = { id: vaultId, principalId, location: "westeurope" };

/** As an output of another resource is. */
const late = (value) => pulumi.output(Promise.resolve(value));

const withoutIdentity = { id: late(vaultId), location: late("westeurope"), identity: late(undefined) };
const protectDisk = (args, name = "data") =>
  void new DiskBackup(name, { diskId, vault, policy: policies.disk, ...args });
const protectFleet = (members) => new BackupFleet("estate", { vault, policies, members });

const cases = {
  "no system-assigned identity": () => protectDisk({ vault: withoutIdentity }),
  "empty principal": () =>
    void new BlobBackup("files", {
      storageAccountId: filesId,
      vault: { id: vaultId, principalId: late("") },
      policy: policies.blob,
    }),
  "no id of a disk": () => protectDisk({ diskId: late("data") }),
  "a name with a space": () => protectDisk({}, "my data"),
  "a vault that a target leaves out": () => {
    const backups = new BackupVault("backups", { policies: { disks: diskPolicies.daily } });
    protectDisk({ vault: backups, policy: "disks" });
  },
  "a fleet with a member that has no id": () =>
    protectFleet({ good: diskId, bad: { diskId: late("no id") }, files: filesId }),
  "a fleet over two subscriptions": () => protectFleet({ good: diskId, other: otherDiskId, files: filesId }),
  nothing: () => undefined,
};

export default async function () {
  const fleet = cases[new pulumi.Config().require("case")]();
  return fleet === undefined ? {} : { summary: fleet.summary };
}
