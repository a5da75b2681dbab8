/** Writes collapsed sections on a component: lines of code that call, create or extend it, and the tests that are about it. */

import type { RootContent } from 'mdast'
import { isPublic } from '#generate/is-public.ts'
import { type Component, compareText } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { isExported } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { isNameless, toEntry, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join, list } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { testsAbout, writtenName } from './about-tests.ts'
import { exampleOfUse, testAsExample } from './example-of-use.ts'
import { type ShownUse, shownUses } from './shown-uses.ts'
import { TEST_KIT } from './test-files.ts'
import { type Referrers, referrersOf } from './tests-and-examples.ts'
import { usesOf } from './use-lines.ts'
import { isTrivial, usingPlaces } from './using-places.ts'

const MAX_USES = 3
const MAX_EXAMPLES = 1
/** If a component has more than this many times as many users as outside of its file, those in its file are shown too. */
const MANY_OWN = 4
const MAX_TESTS = 3
/** Limit on the other users that are named. */
const MAX_ALSO = 6
/** Limit on the users and example files that are searched for lines to show. */
const MAX_USERS = 20

/** Higher than all other criteria for the order of uses. */
const MAX_ORDER = 10
/** The order of the top level of a file: after undocumented code that users cannot reach. */
const TOP_LEVEL_ORDER = 4

/** Matches folders with outdated or unofficial examples: `.experimental`, `deprecated`. */
const STALE = /(?:^|\/)(?:\.|_?(?:archived?|deprecated|experimental|legacy|obsolete|old|outdated|unmaintained)\/)/i

/** Code that names a component: a definition, or a file at its top level. `order` is lower for what users can reach. */
interface User {
  readonly id: string
  readonly path: string
  readonly user: Component | undefined
  readonly order: number
}

/** A statement to show, with its rank. */
interface Found extends ShownUse {
  readonly path: string
  readonly within: Component | undefined
  readonly order: number
}

/** @param max - 0 on shortened pages, which omit them. */
export function usageSections(writing: Writing, component: Component, max: number): RootContent[] {
  const { texts, repo } = writing
  // Members of a namespace have their own uses; uses of test-only code are not interesting.
  if (max === 0 || component.kind === 'namespace' || repo.inTests.has(component.id)) return []
  if (!component.exported || isOld(repo, component) || isTrivial(writing, component)) return []
  const tests = testItems(writing, component)
  const inTests = tests.length === 0 ? [] : fold(texts.entry.testedBy, [list(tests)], 'usage')
  if (isInternal(writing, component)) return inTests
  const users = usersOf(writing, component)
  const shown = [...linesOfExamples(writing, component), ...linesOfCode(writing, component, users)]
  if (shown.length === 0) return inTests
  const { lines, files } = countUses(writing, component, users)
  // The receivers of too many calls of a method are unknown.
  const isCounted = component.kind !== 'method' && lines > shown.length
  const title = isCounted ? texts.entry.someUsesOf(lines, files) : texts.entry.someUses
  const items = [...shown.map((one) => useItem(writing, one)), ...alsoUsing(writing, component, users, shown)]
  return [...fold(title, [list(items)], 'usage'), ...inTests]
}

/** The functions and types, and the files that call it at their top level, that use a component on lines that are not shown. */
function alsoUsing(
  writing: Writing,
  component: Component,
  users: readonly User[],
  shown: readonly Found[],
): Inline[][] {
  const uses = usesOf(writing, component)
  const places = new Set(shown.map(({ within, path }) => within ?? path))
  const others = users.flatMap(({ id, path, user }): Inline[][] => {
    if (places.has(user ?? path)) return []
    if (user !== undefined) return [toEntry(user)]
    const call = uses.get(id)?.find(({ isCall }) => isCall)
    return call === undefined ? [] : [writing.sources.place(path, call.line, call.line, code(path))]
  })
  if (others.length === 0) return []
  const more = others.length > MAX_ALSO ? [', …'] : []
  return [writing.texts.overview.also([...join(others.slice(0, MAX_ALSO), writing.texts.comma), ...more])]
}

/** The numbers of lines and files of code and examples that use a component, including its own file. */
function countUses(writing: Writing, component: Component, users: readonly User[]): Record<'lines' | 'files', number> {
  const uses = usesOf(writing, component)
  const inExamples = referrersOf(writing, component).examples.flatMap((example) => example.users)
  const lines = [...users.map(({ id }) => id), ...inExamples].flatMap((user) => uses.get(user) ?? [])
  return {
    lines: new Set(lines.map(({ file, line }) => `${file}:${line}`)).size,
    files: new Set(lines.map(({ file }) => file)).size,
  }
}

/** Whether a component is for the project itself: marked as internal, or neither documented nor exported. */
function isInternal(writing: Writing, component: Component): boolean {
  let isOffered = component.doc !== null
  for (let at: Component | undefined = component; at !== undefined; at = writing.repo.components.get(at.parent ?? '')) {
    if (isHidden(writing, at)) return true
    isOffered ||= isExported(writing, at)
  }
  return !isOffered
}

/** Whether a component or an enclosing type is deprecated. */
function isOld({ components }: RepoIndex, component: Component): boolean {
  for (let at: Component | undefined = component; at !== undefined; at = components.get(at.parent ?? ''))
    if (isDeprecated(at)) return true
  return false
}

/**
 * The code with a line that names a component, what users can reach first. Omits tools, unless the component is in one, and
 * unused macros.
 */
function usersOf(writing: Writing, component: Component): User[] {
  const { repo } = writing
  const uses = usesOf(writing, component)
  const isOfMain = isMain(component.file, repo)
  return usingPlaces(writing, component)
    .filter((id) => (uses.get(id)?.length ?? 0) > 0)
    .map((id) => {
      const user = repo.components.get(id)
      return { id, user, path: user?.file ?? id, order: orderOf(writing, component, user) }
    })
    .filter(
      ({ path, user }) =>
        (!isOfMain || isMain(path, repo)) &&
        (TEST_KIT.test(component.file) || !TEST_KIT.test(path)) &&
        (user === undefined || isUser(writing, component, user)),
    )
    .sort((a, b) => a.order - b.order)
}

/** Whether a definition uses a component rather than overriding or enclosing it, and is neither deprecated nor hidden. */
function isUser(writing: Writing, component: Component, user: Component): boolean {
  const { repo } = writing
  return (
    repo.heirs.get(component.id)?.get(user.id) !== 'overrides' &&
    // `class Pool::Stack` only names it.
    !(TYPES.has(user.kind) && user.parent === component.id) &&
    !(user.kind === 'macro' && repo.users.get(user.id) === undefined) &&
    !isOld(repo, user) &&
    !isHidden(writing, user)
  )
}

/** The lines that use a component, those that users can reach first. Lines of its own file are shown only if most users are there. */
function linesOfCode(writing: Writing, component: Component, all: readonly User[]): Found[] {
  const { repo } = writing
  const own = new Set([component.file, ...(component.declarations ?? []).map(({ file }) => file)])
  const others = all.filter(({ path }) => !own.has(path))
  const users = others.length > 0 && all.length > MANY_OWN * others.length ? all : others
  const found = users.slice(0, MAX_USERS).flatMap(({ id, path, user, order }) =>
    linesIn(writing, component, { path, users: [id] })
      // What a file passes on at its top level is only set up there.
      .filter(({ code, isCall }) => (user === undefined ? isCall : !isShortcut(component, user, code)))
      .map((one, at) => ({
        ...one,
        path,
        within: user,
        order: order + one.aside + (one.isCall ? 0 : 1.5) + (one.code === '' ? 0.5 : 0) + (at === 0 ? 0 : MAX_ORDER),
      })),
  )
  const shown = firstOf(found, MAX_USES)
  const [only, second] = shown
  if (only?.within === undefined || second !== undefined || isPublic(only.within, repo)) return shown
  // What its own file uses it for is the main use.
  const count = countOf(repo, only.within.id)
  const isOwn = (user: string): boolean => own.has(repo.components.get(user)?.file ?? '')
  return usingPlaces(writing, component).some((user) => isOwn(user) && countOf(repo, user) > count) ? [] : shown
}

const countOf = ({ users }: RepoIndex, id: string): number => users.get(id)?.size ?? 0

/** Whether a line only forwards arguments to a component, from a function of the same name: `Check::few($all, $text)`. */
const isShortcut = ({ name }: Component, user: Component, code: string): boolean =>
  user.name === name && /\((?:[\w$*&]+(?:, [\w$*&]+)*)?\);?$/.test(code)

/** Lowest for documented code that users can reach, highest for a variant of the component, such as `parseE` of `parse`. */
function orderOf(writing: Writing, component: Component, user: Component | undefined): number {
  if (user === undefined) return TOP_LEVEL_ORDER
  const [one, other] = [comparableName(component.name), comparableName(user.name)].sort((a, b) => a.length - b.length)
  const isVariant =
    one !== undefined && other !== undefined && one !== other && (other.startsWith(one) || other.endsWith(one))
  const isOffered = [user, writing.repo.components.get(user.parent ?? '')].some(
    (one) => one && isExported(writing, one),
  )
  return (isOffered && isPublic(user, writing.repo) ? 0 : 2) + (user.doc === null ? 1 : 0) + (isVariant ? MAX_ORDER : 0)
}

/** Empty if the entry already has an example. */
function linesOfExamples(writing: Writing, component: Component): Found[] {
  const { examples } = referrersOf(writing, component)
  const files = examples.filter(({ path }) => !STALE.test(path)).slice(0, MAX_USERS)
  if (files.length === 0 || exampleOfUse(writing, component).length > 0) return []
  const found = files.flatMap((file, at) =>
    linesIn(writing, component, file).map((one) => ({
      ...one,
      path: file.path,
      within: undefined,
      order: one.aside + (one.code === '' ? 0.5 : 0) + at / MAX_USERS,
    })),
  )
  return firstOf(found, MAX_EXAMPLES)
}

function linesIn(writing: Writing, component: Component, { path, users }: Referrers): readonly ShownUse[] {
  const uses = usesOf(writing, component)
  return shownUses(
    writing.repo,
    component,
    path,
    users.flatMap((user) => uses.get(user) ?? []),
  )
}

/** The first ones with distinct code. */
function firstOf(found: readonly Found[], max: number): Found[] {
  const codes = new Set<string>()
  return [...found]
    .sort((a, b) => a.order - b.order || compareText(a.path, b.path) || a.line - b.line)
    .filter((one) => !codes.has(one.code) && codes.add(one.code))
    .slice(0, max)
}

/** `Planner.plan`, planner.ts, line 7: `return solve(1)` */
function useItem({ texts, sources }: Writing, { path, within, line, code: text }: Found): Inline[] {
  const place = sources.place(path, line, line, texts.place(path, line, line))
  const before = within === undefined || isNameless(within) ? [] : [...toEntry(within), texts.comma]
  return [...before, ...place, ...(text === '' ? [] : [texts.colon, quoted(text)])]
}

/** `test_plan`, test_plan.py, lines 3 to 9; not the test that the entry shows as its example. */
function testItems(writing: Writing, component: Component): Inline[][] {
  const { texts, sources } = writing
  const shown = testAsExample(writing, component)
  return testsAbout(writing, component)
    .filter(({ test }) => test.file !== shown?.file || test.startLine !== shown.startLine)
    .slice(0, MAX_TESTS)
    .map(({ test }) => [
      ...sources.place(test.file, test.startLine, test.endLine, code(writtenName(test))),
      texts.comma,
      texts.place(test.file, test.startLine, test.endLine),
    ])
}
