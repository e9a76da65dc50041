import { describeInterruptions, rowOf } from "./table";

/** Each operation and each way once; `npm run test:interruption` runs all rows. */
describeInterruptions([
  rowOf("create", "PUT accepted, not answered", "kill -9 of the CLI"),
  rowOf("create", "waiting for roles", "Ctrl-C"),
  rowOf("update", "waiting for the PUT", "kill -9 of the dynamic host"),
  rowOf("delete", "DELETE accepted, not answered", "Ctrl-C twice"),
  rowOf("recovery", "resume accepted, not answered", "kill -9 of everything"),
]);
