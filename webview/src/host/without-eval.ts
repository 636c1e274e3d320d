import * as z from "zod";

/*
 * zod compiles parsers with eval where it may, and finds out by trying, as soon as the first schema is made. The panel's page
 * forbids eval and reports each try. So this is the first import of the entry, and the one module that acts on import.
 */
z.config({ jitless: true });
