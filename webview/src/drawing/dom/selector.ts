import type { PlainElement } from "./element.ts";

/*
 * The selectors that mermaid and d3 use on a flowchart: tag, #id, .class, [attribute="value"], :scope, :first-child, comma,
 * descendant and child. Any other makes no match, and drawing.test.ts compares the picture with one drawn in a real page.
 */

interface Step {
  readonly tag: string | null;
  readonly tests: readonly ((element: PlainElement) => boolean)[];
  /** How this step hangs on the one before it. */
  readonly child: boolean;
}

const PART = /^(?:#([\w-]+)|\.([\w-]+)|\[([\w-]+)(?:=["']?([^\]"']*)["']?)?\]|:(scope|first-child)|(\*|[\w-]+))/;
const parsed = new Map<string, readonly (readonly Step[])[]>();

function stepOf(text: string, child: boolean): Step {
  let rest = text;
  let tag: string | null = null;
  const tests: ((element: PlainElement) => boolean)[] = [];
  while (rest !== "") {
    const match = PART.exec(rest);
    if (!match) return { tag: null, tests: [() => false], child };
    const [whole, id, className, attribute, value, pseudo, name] = match;
    if (id !== undefined) tests.push((element) => element.getAttribute("id") === id);
    else if (className !== undefined) tests.push((element) => element.classList.contains(className));
    else if (attribute !== undefined)
      tests.push((element) =>
        value === undefined ? element.hasAttribute(attribute) : element.getAttribute(attribute) === value,
      );
    else if (pseudo === "first-child") tests.push((element) => element.parentNode?.firstChild === element);
    else if (pseudo === "scope") tests.push((element) => element.isScope);
    else if (name !== undefined && name !== "*") tag = name.toLowerCase();
    rest = rest.slice(whole.length);
  }
  return { tag, tests, child };
}

function stepsOf(selector: string): readonly (readonly Step[])[] {
  const known = parsed.get(selector);
  if (known) return known;
  const lists = selector.split(",").map((one) => {
    const steps: Step[] = [];
    let child = false;
    for (const word of one.replace(/>/g, " > ").trim().split(/\s+/)) {
      if (word === ">") child = true;
      else {
        steps.push(stepOf(word, child));
        child = false;
      }
    }
    return steps;
  });
  if (parsed.size > 500) parsed.clear();
  parsed.set(selector, lists);
  return lists;
}

function matchesSteps(element: PlainElement, steps: readonly Step[], at: number): boolean {
  const step = steps[at];
  if (!step) return true;
  if (step.tag !== null && element.tagName.toLowerCase() !== step.tag) return false;
  if (!step.tests.every((test) => test(element))) return false;
  if (at === 0) return true;
  for (let parent = element.parentNode; parent; parent = parent.parentNode) {
    if (matchesSteps(parent, steps, at - 1)) return true;
    if (step.child) return false;
  }
  return false;
}

/** Tells whether an element fits a selector. */
export function selectorTest(selector: string): (element: PlainElement) => boolean {
  const lists = stepsOf(selector);
  return (element) => lists.some((steps) => matchesSteps(element, steps, steps.length - 1));
}
