import { fuzzSuite } from "./suite.ts";

fuzzSuite("others");
