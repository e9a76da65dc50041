import { describeCoverage } from "./table";

describeCoverage();
