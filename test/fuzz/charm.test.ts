import { fuzzSuite } from "./suite.ts";

fuzzSuite("charm");
