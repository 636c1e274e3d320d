// The last part of action.sh: outputs, the pull request's comment, and fail-on-widened.
// node scripts/action-report.mjs FOLDER CODE; FOLDER contains check.json, diff.json and report.md, each only if action.sh made it. Exits with
// CODE, or with 1 if the change opens or widens a flow and fail-on-widened is true.
// Plain JavaScript: users' workflows run it from a checkout without packages, on the runner's own Node.

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {{ readonly summary: { readonly error: number, readonly warning: number } }} CheckReport
 * @typedef {{ readonly changes: readonly { readonly kind: string }[] }} DiffReport
 * @typedef {{ readonly id: number, readonly body?: string, readonly user?: { readonly login: string } }} Comment
 * @typedef {(method: string, url: string, body?: object) => Promise<any>} Ask
 */

/** Marks the report's comment among all comments of the pull request. */
const MARK = "<!-- charm-mesh report -->";
const COMMENTS_A_PAGE = 100;
const MOST_PAGES = 30;
const KINDS = ["opened", "closed", "widened", "narrowed"];

const [folder = ".", given = "0"] = process.argv.slice(2);
const { env } = process;

/**
 * The JSON of one report; null if there is none.
 * @param {string} name
 */
function report(name) {
  const file = path.join(folder, name);
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  return text.trim() === "" ? null : JSON.parse(text);
}

/**
 * Writes the outputs of the step.
 * @param {CheckReport | null} check
 * @param {DiffReport | null} diff
 */
function outputs(check, diff) {
  const lines = [`code=${given}`];
  if (check) lines.push(`errors=${check.summary.error}`, `warnings=${check.summary.warning}`);
  if (diff) for (const kind of KINDS) lines.push(`${kind}=${diff.changes.filter((one) => one.kind === kind).length}`);
  if (env["GITHUB_OUTPUT"]) appendFileSync(env["GITHUB_OUTPUT"], `${lines.join("\n")}\n`);
}

/**
 * The number of the pull request that the workflow runs for; null for any other event.
 * @returns {number | null}
 */
function pullRequest() {
  if (!env["GITHUB_EVENT_PATH"] || !existsSync(env["GITHUB_EVENT_PATH"])) return null;
  const event = JSON.parse(readFileSync(env["GITHUB_EVENT_PATH"], "utf8"));
  const number = event.pull_request?.number;
  return Number.isInteger(number) ? number : null;
}

/** Creates or updates the pull request's comment. A failure is a warning, because the job's summary contains the report too. */
async function comment() {
  const number = pullRequest();
  if (number === null) return warn("comment: this workflow does not run for a pull request, so there is no comment.");
  const server = env["GITHUB_API_URL"] ?? "https://api.github.com";
  const api = `${server}/repos/${env["GITHUB_REPOSITORY"]}/issues`;
  /** @type {Ask} */
  const ask = async (method, url, body) => {
    const answer = await fetch(url, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${env["CHARM_MESH_TOKEN"] ?? ""}`,
        "x-github-api-version": "2022-11-28",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`GitHub answers ${answer.status} to ${method}`);
    return await answer.json();
  };
  const body = { body: `${MARK}\n${readFileSync(path.join(folder, "report.md"), "utf8")}` };
  try {
    // A workflow's own token can't read its user: the user is the bot of GitHub Actions.
    const login = await ask("GET", `${server}/user`).then(
      (user) => user.login,
      () => "github-actions[bot]",
    );
    const own = await ownComment(ask, `${api}/${number}/comments`, login);
    if (own) await ask("PATCH", `${api}/comments/${own.id}`, body);
    else await ask("POST", `${api}/${number}/comments`, body);
  } catch (problem) {
    warn(
      `comment: ${problem instanceof Error ? problem.message : problem}. The job needs “permissions: pull-requests: write”; pull requests from forks get no such token. The report is in the job's summary.`,
    );
  }
}

/**
 * The comment of this user that contains an earlier report.
 * @param {Ask} ask
 * @param {string} url
 * @param {string} login
 * @returns {Promise<Comment | undefined>}
 */
async function ownComment(ask, url, login) {
  for (let page = 1; page <= MOST_PAGES; page++) {
    /** @type {readonly Comment[]} */
    const comments = await ask("GET", `${url}?per_page=${COMMENTS_A_PAGE}&page=${page}`);
    const own = comments.find((one) => one.body?.startsWith(MARK) && one.user?.login === login);
    if (own || comments.length < COMMENTS_A_PAGE) return own;
  }
  return undefined;
}

/**
 * Prints a warning of the workflow.
 * @param {string} text
 */
function warn(text) {
  console.log(`::warning::${text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`);
}

/** @type {CheckReport | null} */
const check = report("check.json");
/** @type {DiffReport | null} */
const diff = report("diff.json");
outputs(check, diff);
if (env["CHARM_MESH_COMMENT"] === "true" && diff) await comment();
const opens = diff?.changes.some(({ kind }) => kind === "opened" || kind === "widened") ?? false;
if (opens && env["CHARM_MESH_FAIL_ON_WIDENED"] === "true" && given === "0") {
  console.log("::error::The change opens or widens a flow, and fail-on-widened is true.");
  process.exitCode = 1;
} else process.exitCode = Number(given);
