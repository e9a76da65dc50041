import { textProperty } from "../../arm/requestBody";
import { ArmError } from "../../arm/errors";
import { toFullTimestamp } from "../../clock";
import type { Cloud } from "../../cloud";
import { answer } from "../../message";
import type { Answer, Call } from "../../message";
import { findInstance } from "../backupInstances";
import { dataProtectionContentType } from "../contentType";
import { kindOf } from "../datasources";
import { invalidInput, refusal, userError } from "../userErrors";

/**
 * Answered at once. A window that lies outside is answered with a range that ends before it starts, and one boundary alone
 * must have seven digits of a second (restorable_time_range_find 2, 3, 10 to 19).
 */
export function findRestorableTimeRanges(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const range = kindOf(instance.spec)!.recovery.restorableRange?.(cloud, instance);
  if (!range || textProperty(call.body, "sourceDataStoreType") !== "OperationalStore") {
    throw invalidInput("There are restorable time ranges of operational backup of blobs only.");
  }
  const [from, to] = [textProperty(call.body, "startTime"), textProperty(call.body, "endTime")];
  checkSpelling(from, to);
  const [askedFrom, askedTo] = [instantOf(from) ?? -Infinity, instantOf(to) ?? Infinity];
  if (askedFrom > askedTo) {
    throw refusal(
      userError(
        "UserErrorInvalidRestorableTimeRange",
        "The given time range is invalid",
        "Please ensure that the given time range in the request is valid",
      ),
    );
  }
  const body = {
    properties: {
      restorableTimeRanges: [
        {
          startTime: toFullTimestamp(Math.max(range.startsAt, askedFrom)),
          endTime: toFullTimestamp(Math.min(range.endsAt, askedTo)),
          objectType: "RestorableTimeRange",
        },
      ],
      objectType: "AzureBackupFindRestorableTimeRangesResponse",
    },
    id: instance.name,
    type: "Microsoft.DataProtection/backupVaults/backupInstances/findRestorableTimeRanges",
  };
  return answer(200, body, dataProtectionContentType(call));
}

/** Without a zone, UTC is meant (restorable_time_range_find 7). */
function instantOf(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`);
}

function checkSpelling(from: string | undefined, to: string | undefined): void {
  if (Number.isNaN(instantOf(from)) || Number.isNaN(instantOf(to))) {
    throw invalidBoundary();
  }
  const alone = from === undefined || to === undefined ? (from ?? to) : undefined;
  if (alone !== undefined && !/\.\d{7}Z$/.test(alone)) {
    throw from === undefined ? internalError() : invalidBoundary();
  }
}

function invalidBoundary(): ArmError {
  const action =
    "Please retry after some time with correct inputs. Reach out to the Azure Backup support if the issue persists. ";
  return refusal(userError("DppPluginInvalidInputParameters", "Invalid inputs from caller.", action));
}

function internalError(): ArmError {
  const { code, message, headers, body } = refusal(
    userError(
      "CloudInternalError",
      "Microsoft Azure Backup encountered an internal error.",
      "Wait for a few minutes and then try the operation again. If the issue persists, please contact Microsoft support.",
    ),
  );
  return new ArmError(500, code, message, { ...headers, "x-ms-failure-cause": "service" }, body);
}
