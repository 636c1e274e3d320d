import { fuzzSuite } from "./suite.ts";

fuzzSuite("python");
