/** The tests of a condition in words that all have to hold, without the quotes and brackets around them. */
export function conditionTests(condition: string): readonly string[] {
  return condition.split(" and ").map((test) =>
    test
      .replaceAll("`", "")
      .trim()
      .replace(/^\((.*)\)$/, "$1"),
  );
}

/** Whether such a test asks only if the unit is the leader. */
export function isLeaderTest(test: string): boolean {
  return /^(?:[\w.]+\.)?is_leader\(\)$/.test(test);
}
