import "./engineAddress";
import * as fs from "node:fs";
import { main } from "@pulumi/pulumi/provider";
import { takeConfiguration } from "./configuration";
import { standInPlugin } from "./plugin";

const manifest = fs.readFileSync(require.resolve("@pulumi/azure-native/package.json"), "utf8");
const { version } = JSON.parse(manifest) as { version: string };

void main(standInPlugin(version, takeConfiguration(), process.env), process.argv.slice(2));
