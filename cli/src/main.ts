import { EXIT } from "./failure.ts";
import { VERSION } from "./version.ts";

// A reader that closes the pipe early (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.fine);
  throw error;
});

const args = process.argv.slice(2);
// The version is known without the engine, which takes longer to load than everything else of this answer.
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) process.stdout.write(`${VERSION}\n`);
else void import("./program.ts").then(({ run }) => run(args));
