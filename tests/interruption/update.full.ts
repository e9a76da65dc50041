import { describeInterruptions, rowsOf } from "./table";

describeInterruptions(rowsOf("update"));
