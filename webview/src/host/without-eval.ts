import * as z from "zod/mini";

/*
 * zod compiles parsers with eval where it may, and finds out by trying, as soon as the first schema is made. The panel's page
 * forbids eval and reports each try. So this is imported before all else that shows the panel; it is the one module that acts on import.
 */
z.config({ jitless: true });
