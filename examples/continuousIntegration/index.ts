import * as pulumi from "@pulumi/pulumi";
import { DiskBackup } from "pulumi-azure-dataprotection";

const config = new pulumi.Config();

const backup = new DiskBackup("data", {
  diskId: config.require("diskId"),
  vault: {
    id: config.require("vaultId"),
    principalId: config.require("principalId"),
    location: config.require("location"),
  },
  policy: config.require("policyId"),
  // Under the hour after which GitHub's runner gives the job up, so that a red job says why.
  timeouts: { create: "45m" },
});

export const { backupInstanceId, protectionState } = backup;
