/** Answers questions about the symbols of a set and their uses, as JSON: `GET /api/graph/{id}/{question}`. */

import type { Hono } from 'hono'
import { noticeOf } from '#base/unreachable-commit.ts'
import { GRAPH_INDEX_FILE } from '#graph-queries/format.ts'
import { createGraphs, type Graphs } from '#graph-queries/graphs.ts'
import {
  type Answers,
  type Outcome,
  Parameters,
  QUESTIONS,
  type Question,
  type QuestionName,
} from '#graph-queries/questions.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest } from '#store/model.ts'
import { etagOf, tagged } from './conditional.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { fail } from './error-response.ts'
import { readJob } from './job-in-path.ts'
import { jsonText } from './job-lines.ts'
import { Refusal } from './problem.ts'
import { readManifest, refuseDocs } from './published-set.ts'
import { parameterNames, readQuery } from './query-parameters.ts'

/** Amount of work that counts as one search; see `Outcome`. */
const WORK_PER_SEARCH = 400_000
/** Maximum number of candidate ids in the hint of an error; its JSON lists more. */
const MAX_IN_HINT = 5

export function addGraphRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  const graphs = deps.graphs ?? createGraphs(deps.sets)
  for (const name of QUESTIONS) app.get(`/api/graph/:id/${name}`, (c) => answer(c, deps, graphs, name))
}

async function answer(c: AppContext, deps: AppDeps, graphs: Graphs, name: QuestionName): Promise<Response> {
  const job = await readJob(c, deps)
  const manifest = await readManifest(job, deps)
  const parameters = readQuery(c, Parameters[name], parameterNames(Parameters[name]))
  const question = { ask: name, ...parameters } as Question
  if (question.ask === 'impact' && question.symbol.length + question.lines.length === 0)
    throw new Refusal('MISSING_FIELD', 'Expected symbol or lines.', 'Send `symbol=`, or `lines=src/app.py:10-20`.')
  c.var.limits.search(c)
  deps.sets.noteUse(manifest.key)
  const outcome = await graphs.ask(manifest.key, question, c.var.limits.callerOf(c))
  if (outcome.is === 'no index') return refuseIndex(job, manifest, deps)
  c.var.limits.searched(c, Math.floor(outcome.work / WORK_PER_SEARCH))
  if (outcome.is !== 'answer') return refuse(c, deps, outcome)
  const next = 'next' in outcome.answer ? outcome.answer.next : null
  if (next !== null) c.header('Link', `<${nextPage(c, next)}>; rel="next"`)
  const body = jsonText({ ...outcome.answer, notice: noticeOf(job.view) } satisfies Answers[QuestionName])
  return tagged(c, await etagOf(body), body, 'application/json', 'no-cache')
}

function refuse(
  c: AppContext,
  deps: AppDeps,
  outcome: Exclude<Outcome, { is: 'answer' | 'no index' }>,
): Promise<Response> {
  const quoted = JSON.stringify(outcome.symbol.slice(0, 200))
  if (outcome.is === 'no such symbol') {
    const hint = 'Send an id as in index.json, a name such as Router.match, or a path; `…/symbols?name=` finds names.'
    return fail(c, deps, new Refusal('NO_SUCH_SYMBOL', `The graph has no symbol ${quoted}.`, hint))
  }
  const { candidates, total } = outcome
  const ids = candidates.slice(0, MAX_IN_HINT).map(({ id }) => id)
  const hint = `Send the id of one of them: ${ids.join(', ')}${total > ids.length ? ', …' : ''}`
  const refusal = new Refusal('AMBIGUOUS_SYMBOL', `${total} definitions have the name ${quoted}.`, hint)
  return fail(c, deps, refusal, { candidates, total })
}

/** @throws {Refusal} `NO_GRAPH_INDEX`, or the reason why the documents no longer exist. */
export async function refuseIndex(job: JobSnapshot, { files }: Manifest, deps: AppDeps): Promise<never> {
  // The manifest lists an index, so the set has been removed.
  if (files.some(({ name }) => name === GRAPH_INDEX_FILE)) return refuseDocs(job, deps)
  const hint = 'Submit the repository again with `force=true` to create one.'
  throw new Refusal('NO_GRAPH_INDEX', 'An older version made these documents without a graph index.', hint)
}

function nextPage(c: AppContext, after: number): string {
  const url = new URL(c.req.url)
  url.searchParams.set('after', String(after))
  return url.pathname + url.search
}
