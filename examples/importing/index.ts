import * as pulumi from "@pulumi/pulumi";
import { BackupInstance } from "pulumi-azure-dataprotection";

// What `pulumi-azure-dataprotection import` writes for an instance of the vault, with its ids in the configuration.
const config = new pulumi.Config();

const data = new BackupInstance("data", {
  vaultId: config.require("vaultId"),
  policyId: config.require("policyId"),
  // The name that the portal gave it: another one would be another instance.
  name: config.require("instanceName"),
  datasource: {
    kind: "disk",
    diskId: config.require("diskId"),
    snapshotResourceGroupId: config.require("snapshotResourceGroupId"),
  },
  // The estate was there before this stack, and stays when the stack goes.
  onDelete: "retain",
});

export const backupInstanceId = data.id;
export const protectionState = data.protectionState;
