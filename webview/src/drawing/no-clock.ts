/** Stands for the package `dayjs`, of which mermaid wants the time of its log's lines. Nothing is logged. */
export default function noClock() {
  return { format: () => "" };
}
