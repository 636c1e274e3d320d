import type { ComponentChildren } from "preact";

function Head({
  name,
  refX,
  children,
}: {
  readonly name: string;
  readonly refX: number;
  readonly children: ComponentChildren;
}) {
  return (
    <marker
      id={`head-${name}`}
      class="head"
      viewBox="0 0 12 12"
      refX={refX}
      refY={6}
      markerUnits="userSpaceOnUse"
      markerWidth={12}
      markerHeight={12}
      orient="auto-start-reverse"
    >
      {children}
    </marker>
  );
}

/**
 * The arrow heads in their line's colour: an arrow, a circle (pods), a cross (denied), a box (another model). They are in an SVG of their
 * own, because legend and details use them while the picture is not shown.
 */
export function ArrowHeads() {
  return (
    <svg class="heads" width={0} height={0} aria-hidden="true">
      <defs>
        <Head name="arrow" refX={9}>
          <path d="M1 1.5 L10.5 6 L1 10.5 z" class="head-full" />
        </Head>
        <Head name="circle" refX={9}>
          <circle cx={6} cy={6} r={3.5} class="head-open" />
        </Head>
        <Head name="cross" refX={7}>
          <path d="M2 2 L10 10 M10 2 L2 10" class="head-line" />
        </Head>
        <Head name="box" refX={9}>
          <path d="M1 1.5 L8 6 L1 10.5 z M8.5 2 L8.5 10 L10.5 10 L10.5 2 z" class="head-full" />
        </Head>
      </defs>
    </svg>
  );
}
