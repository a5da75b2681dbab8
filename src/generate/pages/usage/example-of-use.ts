/**
 * Finds a short example of use for a public name: from the README or another document, otherwise the shortest complete
 * statement in an example or a test.
 */

import type { RootContent } from 'mdast'
import { type Component, compareText } from '#generate/model.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { isExample, isTest, type RepoIndex } from '#generate/pages/repo-index.ts'
import { isPublic, type Writing } from '#generate/pages/writing.ts'
import { readParameters } from '#generate/signature-parameters.ts'
import { codeBlock, type Inline, paragraph, strong } from '#markdown/build.ts'
import { documentExamples } from './document-example.ts'
import { expectsFailure, failsAt, feedsFailure } from './failing-tests.ts'
import { isCall } from './is-call.ts'
import { officialExample } from './official-example.ts'
import { passesDefault } from './passes-default.ts'
import { costOfNothing, showsNothing } from './shows-nothing.ts'
import { isAssertion, type Statement, statementAt } from './statement.ts'
import { isTestOf, testFiles } from './test-files.ts'
import { TYPE_TEST } from './tests-and-examples.ts'
import { type UseLine, usesOf } from './use-lines.ts'
import { wholeExample } from './whole-example.ts'

/** Minimum number of users of a component that gets an example. */
const MIN_USERS = 3
/** Limit on the users that are searched. */
const MAX_USERS = 200
/** Statements of up to this many characters are equally good; longer ones are worse. */
const SHORT = 24
const BARE = 150
/** The cost of being of the next worse rank. */
const RANK = 1_000

interface Example {
  path: string
  startLine: number
  endLine: number
  text: string
  cost: number
}

/** Matches folders of examples that nobody should copy: `.experimental`, `deprecated`. */
const STALE = /(?:^|\/)(?:\.|_?(?:archived?|deprecated|experimental|legacy|obsolete|old|outdated|unmaintained)\/)/i

export const isUpToDate = (path: string): boolean => !STALE.test(path)

const CALLED = new Set<Component['kind']>(['function', 'method', 'class', 'struct', 'macro'])

/** Empty if the doc comment has an example. */
export function exampleOfUse(writing: Writing, component: Component): RootContent[] {
  const { repo, sources, texts } = writing
  if (!CALLED.has(component.kind) || !isPublic(component, repo) || hasOwn(component)) return []
  if (isHidden(writing, component)) return []
  const own = documentExamples(writing).get(component.id)
  if (own !== undefined)
    return [
      paragraph(strong(texts.entry.example), ' ', ...texts.entry.from(sources.file(own.path))),
      codeBlock(own.code.lang ?? null, own.code.value),
    ]
  const official = officialExample(repo, component)
  if (official === undefined && (repo.users.get(component.id)?.size ?? 0) < MIN_USERS) return []
  const best = official ?? findExample(writing, component)
  if (best === undefined) return []
  const { path, startLine, endLine, text } = best
  const place: Inline[] = sources.place(path, startLine, endLine, texts.place(path, startLine, endLine))
  const language = repo.files.get(path)?.language ?? null
  return [paragraph(strong(texts.entry.example), ' ', ...texts.entry.from(place)), codeBlock(language, text)]
}

function hasOwn({ doc, details }: Component): boolean {
  return details?.examples !== undefined || /^ {0,3}(?:```|~~~)/m.test(doc ?? '')
}

function findExample({ repo, ...writing }: Writing, component: Component): Example | undefined {
  const uses = usesOf({ repo, ...writing }, component)
  const tests = testFiles({ repo })
  const users = [...(repo.users.get(component.id)?.keys() ?? [])]
    .map((user) => ({ user, path: repo.components.get(user)?.file ?? user }))
    .filter(
      ({ path }) =>
        path !== component.file &&
        (isExample(path, repo) || (tests.has(path) && isTestOf(path, component))) &&
        isUpToDate(path) &&
        !TYPE_TEST.test(path),
    )
    .map((one) => ({ ...one, rank: rankOf(one.path, repo) }))
    .sort((a, b) => a.rank - b.rank || compareText(a.path, b.path) || compareText(a.user, b.user))
    .slice(0, MAX_USERS)
  const takes =
    (readParameters(component.signature, component.name, repo.files.get(component.file)?.language ?? '') ?? []).length >
    0
  // A call without arguments shows little if there are parameters.
  const isBare = (text: string): boolean => takes && text.includes(`${component.name}()`)
  const cost = (text: string, rank: number): number =>
    rank * RANK + Math.max(text.length, SHORT) + (isBare(text) ? BARE : 0) + costOfNothing(text, component.name)
  let best: Example | undefined
  for (const { user, path, rank } of users) {
    // No example of this rank or a worse one costs less.
    if (best !== undefined && best.cost < rank * RANK + SHORT) break
    for (const use of uses.lines(user)) {
      const maxChars = best === undefined ? Infinity : best.cost - rank * RANK
      const example = exampleAt(repo, component, path, use, maxChars)
      // A test of failures shows how not to use it.
      if (example === undefined || showsNothing(repo, component, user, example)) continue
      if (passesDefault(repo, component, example.text) || failsAt(repo, path, example.startLine)) continue
      if (feedsFailure(repo, user, path)) continue
      if (isTest(path, repo) && (isOnlyMade(component, example.text) || expectsFailure(repo, user, path, use.line)))
        continue
      const one = { ...example, cost: cost(example.text, rank) }
      if (best === undefined || compareExamples(one, best) < 0) best = one
    }
  }
  return best
}

/** Whether code only makes an object of a class, which says no more than the constructor. */
const isOnlyMade = ({ kind }: Component, text: string): boolean =>
  (kind === 'class' || kind === 'struct') && !/\n|\)\s?(?:\.|->|\?\.)\s?\w/.test(text) && !isAssertion(text.trim())

const compareExamples = (a: Example, b: Example): number =>
  a.cost - b.cost || compareText(a.path, b.path) || a.startLine - b.startLine

/** Examples come before tests. */
const rankOf = (path: string, repo: RepoIndex): number => (isExample(path, repo) ? 0 : 1)

/** @param maxChars - A longer example is left out. */
function exampleAt(
  repo: RepoIndex,
  component: Component,
  path: string,
  { line, name }: UseLine,
  maxChars: number,
): Omit<Example, 'cost'> | undefined {
  if (name !== component.name) return undefined
  const statement = statementAt(repo, path, line)
  const language = repo.files.get(path)?.language ?? null
  if (statement === undefined || leastChars(statement) > maxChars) return undefined
  if (!isCall(statement.text, name, language)) return undefined
  const whole = wholeExample(repo, component, path, statement)
  return whole === undefined ? undefined : { path, ...whole }
}

/** The length of a statement whatever its margin, to which only lines can be added. */
const leastChars = ({ text }: Statement): number =>
  text.split('\n').reduce((sum, line) => sum + line.trim().length + 1, -1)
