// One line on standard error with the progress of long work.

/**
 * On a terminal the line is written over and shows the seconds; elsewhere each new text is a line of its own.
 * @returns {{ tell: (text: string) => void, done: () => void }}
 */
export function progressLine(stream = process.stderr) {
  const isTerminal = stream.isTTY === true;
  const began = Date.now();
  let text = "";
  const draw = () => {
    const seconds = Math.round((Date.now() - began) / 1000);
    stream.write(`\r\u001b[K${text} (${seconds} s)`);
  };
  const ticking = isTerminal ? setInterval(() => text && draw(), 1000) : null;
  ticking?.unref();
  return {
    tell: (next) => {
      if (next === text) return;
      text = next;
      if (isTerminal) draw();
      else stream.write(`${text}\n`);
    },
    done: () => {
      if (ticking) clearInterval(ticking);
      if (isTerminal && text) stream.write("\r\u001b[K");
      text = "";
    },
  };
}
