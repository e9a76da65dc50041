import * as pulumi from "@pulumi/pulumi";
import { BlobBackup } from "pulumi-azure-dataprotection";

const config = new pulumi.Config();

const backup = new BlobBackup("files", {
  storageAccountId: config.require("storageAccountId"),
  vault: { id: config.require("vaultId"), principalId: config.require("principalId") },
  policy: config.require("blobPolicyId"),
});

export const protectionState = backup.protectionState;
