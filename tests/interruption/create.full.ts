import { describeInterruptions, rowsOf } from "./table";

describeInterruptions(rowsOf("create"));
