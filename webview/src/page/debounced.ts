/** An action that runs some time after the last request for it. */
export interface Debounced {
  /** Requests the action; earlier requests are merged with this one. */
  later(): void;
  /** Runs a requested action at once. */
  now(): void;
}

/** Delays `act` until `milliseconds` have passed since the last request. */
export function debounced(act: () => void, milliseconds: number): Debounced {
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
