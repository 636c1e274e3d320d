/** Something that is done a while after it was last asked for. */
export interface PutOff {
  /** Asks for it; what was asked for before is done with it. */
  later(): void;
  /** Does at once what was asked for and is not done yet. */
  now(): void;
}

/** Puts `act` off by so many milliseconds after it was last asked for. */
export function putOff(act: () => void, milliseconds: number): PutOff {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    act();
  };
  return {
    later: () => {
      clearTimeout(timer);
      timer = setTimeout(now, milliseconds);
    },
    now,
  };
}
