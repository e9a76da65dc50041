import * as pulumi from "@pulumi/pulumi";
import { BackupInstance } from "pulumi-azure-dataprotection";

// Vault, policy and roles are somebody else's: the platform team's, say. Only the protection is declared here.
const config = new pulumi.Config();

const protection = new BackupInstance("data", {
  vaultId: config.require("vaultId"),
  policyId: config.require("policyId"),
  datasource: {
    kind: "disk",
    diskId: config.require("diskId"),
    snapshotResourceGroupId: config.require("snapshotResourceGroupId"),
  },
  timeouts: { create: "1h" },
});

export const backupInstanceId = protection.id;
export const protectionState = protection.protectionState;
