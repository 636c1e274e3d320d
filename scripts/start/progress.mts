// Shows the progress of long work as one line on standard error.

/** Shows what a program is doing. */
export interface ProgressLine {
  readonly show: (text: string) => void;
  readonly done: () => void;
}

/** Starts a line of progress. On a terminal, the line is overwritten and counts seconds; otherwise each new text is a line of its own. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const isTerminal = stream.isTTY === true;
  const began = Date.now();
  let text = "";
  const draw = (): void => {
    const seconds = Math.round((Date.now() - began) / 1000);
    stream.write(`\r\u001b[K${text} (${seconds} s)`);
  };
  const ticking = isTerminal ? setInterval(() => text && draw(), 1000) : null;
  ticking?.unref();
  return {
    show: (next) => {
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
