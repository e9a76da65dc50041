import { asArray, asRecord, text } from "../../azure/json";

/** What a policy says about when backups are made. */
export interface BackupSchedule {
  /** Names of the rules that back up, as a backup on demand names them; none where backup is continuous. */
  ruleNames: string[];
  /** The longest time between two backups that follow each other, in milliseconds; `undefined` where backup is continuous. */
  intervalInMs: number | undefined;
}

const hourInMs = 60 * 60 * 1000;
const inMs: Record<string, number> = { H: hourInMs, D: 24 * hourInMs, W: 7 * 24 * hourInMs };

/** Reads the schedule out of a policy. */
export function readSchedule(policy: unknown): BackupSchedule {
  const rules = asArray(asRecord(asRecord(policy).properties).policyRules)
    .map(asRecord)
    .filter(({ objectType }) => objectType === "AzureBackupRule");
  const intervals = rules.flatMap((rule) =>
    asArray(asRecord(asRecord(rule.trigger).schedule).repeatingTimeIntervals).flatMap((repeating) => {
      const [, amount, unit] = /\/PT?(\d+)([HDW])$/.exec(text(repeating) ?? "") ?? [];
      return amount === undefined ? [] : [Number(amount) * (inMs[unit ?? ""] ?? NaN)];
    }),
  );
  return {
    ruleNames: rules.flatMap(({ name }) => text(name) ?? []),
    intervalInMs: intervals.length === 0 ? undefined : Math.max(...intervals),
  };
}
