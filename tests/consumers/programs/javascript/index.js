"use strict";
const pulumi = require("@pulumi/pulumi");
const { BackupInstance } = require("pulumi-azure-dataprotection");

const config = new pulumi.Config();

const protection = new BackupInstance("data", {
  vaultId: config.require("vaultId"),
  policyId: config.require("policyId"),
  datasource: {
    kind: "disk",
    diskId: config.require("diskId"),
    snapshotResourceGroupId: config.require("snapshotResourceGroupId"),
  },
});

exports.protectionState = protection.protectionState;
