import * as pulumi from "@pulumi/pulumi";
import { BackupFleet, BackupVault, findResourceIds } from "pulumi-azure-dataprotection";

// Teams tag their disks and storage accounts with `backup: nightly`, and every update protects what has the tag by then.
export = async (): Promise<Record<string, unknown>> => {
  const config = new pulumi.Config();
  const location = new pulumi.Config("azure-native").get("location") ?? "westeurope";

  // Asked before anything is declared: if there is no answer, the program ends here, and nothing changes.
  const members = await findResourceIds({
    tag: { name: "backup", value: config.get("tag") ?? "nightly" },
    location,
  });

  const vault = new BackupVault("backups", {
    location,
    redundancy: "LocallyRedundant",
    softDelete: { state: "off", acknowledge: "deleted backups are lost" }, // this stack is to be thrown away
  });
  const fleet = new BackupFleet("nightly", { vault, members });

  return { vaultId: vault.id, summary: fleet.summary };
};
