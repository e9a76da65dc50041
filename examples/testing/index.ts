import { backups } from "./backups";

export = backups;
