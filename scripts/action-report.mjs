// The last part of action.sh: outputs, the pull request's comment, and fail-on-widened.
// node scripts/action-report.mjs FOLDER CODE; FOLDER holds check.json, diff.json and report.md, as far as they were made. Exits with CODE, or
// with 1 where the change opens or widens a flow and that is to fail.

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Marks the comment that is updated, among all others of the pull request. */
const MARK = "<!-- charm-mesh report -->";
const COMMENTS_A_PAGE = 100;
const MOST_PAGES = 30;
const KINDS = ["opened", "closed", "widened", "narrowed"];

const [folder = ".", given = "0"] = process.argv.slice(2);
const { env } = process;

/** The JSON of one report; null where there is none. */
function report(name) {
  const file = path.join(folder, name);
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  return text.trim() === "" ? null : JSON.parse(text);
}

function outputs(check, diff) {
  const lines = [`code=${given}`];
  if (check) lines.push(`errors=${check.summary.error}`, `warnings=${check.summary.warning}`);
  if (diff) for (const kind of KINDS) lines.push(`${kind}=${diff.changes.filter((one) => one.kind === kind).length}`);
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, `${lines.join("\n")}\n`);
}

/** The number of the pull request that the workflow runs for; null for any other event. */
function pullRequest() {
  if (!env.GITHUB_EVENT_PATH || !existsSync(env.GITHUB_EVENT_PATH)) return null;
  const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
  const number = event.pull_request?.number;
  return Number.isInteger(number) ? number : null;
}

/** Writes the report into the pull request's one comment. A refusal is a warning: the job's summary holds the report too. */
async function comment() {
  const number = pullRequest();
  if (number === null) return warn("comment: this workflow does not run for a pull request, so there is no comment.");
  const server = env.GITHUB_API_URL ?? "https://api.github.com";
  const api = `${server}/repos/${env.GITHUB_REPOSITORY}/issues`;
  const ask = async (method, url, body) => {
    const answer = await fetch(url, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${env.CHARM_MESH_TOKEN ?? ""}`,
        "x-github-api-version": "2022-11-28",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`GitHub answers ${answer.status} to ${method}`);
    return await answer.json();
  };
  const body = { body: `${MARK}\n${readFileSync(path.join(folder, "report.md"), "utf8")}` };
  try {
    // A workflow's own token may not ask who it is: it is the bot of GitHub Actions.
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

async function ownComment(ask, url, login) {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const comments = await ask("GET", `${url}?per_page=${COMMENTS_A_PAGE}&page=${page}`);
    const own = comments.find((one) => one.body?.startsWith(MARK) && one.user?.login === login);
    if (own || comments.length < COMMENTS_A_PAGE) return own;
  }
  return undefined;
}

function warn(text) {
  console.log(`::warning::${text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`);
}

const [check, diff] = [report("check.json"), report("diff.json")];
outputs(check, diff);
if (env.CHARM_MESH_COMMENT === "true" && diff) await comment();
const opens = diff?.changes.some(({ kind }) => kind === "opened" || kind === "widened") ?? false;
if (opens && env.CHARM_MESH_FAIL_ON_WIDENED === "true" && given === "0") {
  console.log("::error::The change opens or widens a flow, and fail-on-widened is true.");
  process.exitCode = 1;
} else process.exitCode = Number(given);
