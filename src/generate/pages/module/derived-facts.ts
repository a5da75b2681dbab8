/** What the code itself tells of a type that has no words: what throws it, what returns it, what builds on it. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { isError, isOptionsType } from '#generate/pages/public-api/traits.ts'
import { isCodeEnd, isMain, type Survey } from '#generate/pages/survey.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { parameterList } from '#generate/signature-parameters.ts'
import type { Inline } from '#markdown/build.ts'

const MAX_NAMES = 3
/** Users of one definition that are looked at. */
const MAX_USERS = 200
const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'type'])
const THROWS = /\b(?:throw|raise|raises|reject|panic!?|bail!?|Err)\b/
/** What a function takes that is returned. */
const TAKES = /\([^()]{0,300}\)\s{0,4}=>/g
/** Languages that write the type of what is returned in front of the name. */
const NAMES_BEFORE = new Set(['c', 'cpp', 'csharp', 'groovy', 'java'])

/** One fact, the one that says most; none where the code tells nothing of it. */
export function derivedFact(writing: Writing, component: Component): Inline[] {
  if (!TYPES.has(component.kind)) return []
  const { survey, texts } = writing
  const words = texts.module
  if (isError(survey, component)) {
    const throwers = throwersOf(survey, component)
    if (throwers.length > 0) return words.thrownBy(few(throwers.map(toEntry), MAX_NAMES, texts))
    const heirs = heirsOf(survey, component).filter((one) => isError(survey, one))
    return heirs.length > 1 ? words.baseOf(few(heirs.map(toEntry), MAX_NAMES, texts)) : []
  }
  const makers = returnersOf(writing, component)
  if (makers.length > 0) return words.returnedBy(few(makers.map(toEntry), MAX_NAMES, texts))
  const heirs = heirsOf(survey, component)
  if (heirs.length > 1) return words.baseOf(few(heirs.map(toEntry), MAX_NAMES, texts))
  // What is not called after options is what it is, whoever is given it.
  const takers = isOptionsType(component) ? takersOf(writing, component) : []
  return takers.length > 0 ? words.takenBy(few(takers.map(toEntry), MAX_NAMES, texts)) : []
}

/** Functions with a line that throws it, in order of the code. */
function throwersOf(survey: Survey, component: Component): Component[] {
  const found = usersOf(survey, component).filter((user) => {
    const made = [component.id, ...(survey.members.get(component.id) ?? []).map(({ id }) => id)]
    return made.some((id) =>
      survey.occurrences
        .usesOf(user.id, id)
        .some(({ file, line }) =>
          codeLines(survey, file, Math.max(1, line - 1), line).some(
            (text, at, lines) => THROWS.test(text) && (at === lines.length - 1 || text.trimEnd().endsWith('(')),
          ),
        ),
    )
  })
  return inOrder(found)
}

/** Public functions whose signature gives a value of it. */
function returnersOf(writing: Writing, component: Component): Component[] {
  return offeredUsers(writing, component).filter((user) =>
    names(returnedIn(writing.survey, user).replace(TAKES, ''), component.name),
  )
}

/** Public functions that are given a value of it. */
function takersOf(writing: Writing, component: Component): Component[] {
  return offeredUsers(writing, component).filter((user) =>
    (parameterList(user.signature, user.name)?.parts ?? []).some((part) => names(part, component.name)),
  )
}

/** Public functions and methods of other types whose signatures name it. */
function offeredUsers(writing: Writing, component: Component): Component[] {
  const { survey } = writing
  const offered = offeredIds(writing)
  const heirs = survey.heirs.get(component.id)
  const found = usersOf(survey, component).filter(
    ({ id, kind, name, parent, file, ...user }) =>
      (kind === 'function' || kind === 'method') &&
      parent !== component.id &&
      heirs?.has(parent ?? '') !== true &&
      name !== component.name &&
      // Neither an operator nor a constructor.
      /^[\p{L}_$]/u.test(name) &&
      !/^operator\b/.test(name) &&
      survey.components.get(parent ?? '')?.name !== name &&
      !/^(?:constructor|new|init|initialize|__\w+__)$/.test(name) &&
      isPublic({ id, kind, name, parent, file, ...user }, survey) &&
      isMain(file, survey) &&
      (offered.size === 0 || offered.has(id) || offered.has(parent ?? '')),
  )
  return inOrder(found)
}

const offers = new WeakMap<Writing, ReadonlySet<string>>()

/** What packages show, by id. */
function offeredIds(writing: Writing): ReadonlySet<string> {
  const known = offers.get(writing)
  if (known !== undefined) return known
  const names = [...publicNames(writing).values()].flat()
  const ids = new Set(names.flatMap(({ component }) => component?.id ?? []))
  offers.set(writing, ids)
  return ids
}

/** What a signature says of the value that it gives: in front of the name, or behind the parameters. */
export function returnedIn({ files }: Survey, { signature, name, file }: Component): string {
  const list = parameterList(signature, name)
  if (list === null) return ''
  const { language } = files.get(file) ?? {}
  if (NAMES_BEFORE.has(language ?? '')) {
    const before = signature.slice(0, Math.max(0, signature.lastIndexOf(name, list.open)))
    const behind = signature.slice(list.end)
    return /^\s*(?:const\s*)?(?:noexcept\s*)?->/.test(behind) ? behind : before
  }
  return signature.slice(list.end)
}

/** Whether a text holds a name as a word. */
function names(text: string, name: string): boolean {
  return text.split(/[^\p{L}\p{N}_$]+/u).includes(name)
}

function usersOf(survey: Survey, { id }: Component): Component[] {
  return [...(survey.users.get(id)?.keys() ?? [])]
    .filter((user) => isCodeEnd(user, survey))
    .slice(0, MAX_USERS)
    .flatMap((user) => survey.components.get(user) ?? [])
}

function heirsOf(survey: Survey, { id }: Component): Component[] {
  const found = [...(survey.heirs.get(id) ?? [])].flatMap(([heir, how]) =>
    how === 'overrides' || !isCodeEnd(heir, survey) ? [] : (survey.components.get(heir) ?? []),
  )
  return inOrder(found)
}

/** Each name once, overloads as one; the public ones where there are some. */
function inOrder(found: readonly Component[]): Component[] {
  const byName = new Map(
    found
      .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.startLine - b.startLine))
      .toReversed()
      .map((one) => [one.qualifiedName, one]),
  )
  const all = [...byName.values()].reverse()
  const open = all.filter(({ exported }) => exported)
  return open.length > 0 ? open : all
}
