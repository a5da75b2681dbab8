/** Lines of code that name a component and of which it is not known what they mean: how often it is used is only told with them. */

import type { Component } from '#generate/model.ts'
import type { Survey } from '#generate/pages/survey.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { type Mention, mentionsOf } from './mentions.ts'
import { isPassedOn } from './passed-on.ts'

/** Components of one name that are looked at: what more are called so names none of them. */
const MAX_ALIKE = 60
/** More than so many for each use that was found, and than so many in all, are of something else. */
const SHARE = 0.5
const LEAST = 4
const ALONE: ReadonlySet<string> = new Set([...TYPES, 'function', 'method', 'macro'])
const IMPORTS = /^\s*(?:import|from|use|using|pub use|require\w*|#\s*include|package|namespace|export\s*(?:\{|\*))\b/
/** An item of a list of names on lines of their own. */
const ITEM = /^\s*[\p{L}_$][\p{L}\p{N}_$]*(?: as [\p{L}\p{N}_$]+)?,?\s*$/u
const DEFINES =
  /\b(?:class|const|constexpr|def|enum|fn|fun|func|function|interface|let|macro_rules!|object|struct|trait|type|union|val|var) (?:self\.)?$/
/** `class Model<Event, `: in this file the name may be that of a type parameter. */
const TYPE_PARAMETER =
  /\b(?:class|enum|fn|fun|func|impl|interface|record|struct|trait|type)(?: \w{1,40})? ?[<[][^<>[\]()]{0,30}$/
/** Languages in which a type stands before the name of what is declared. */
const TYPED = new Set(['c', 'cpp', 'csharp', 'java'])
const TYPE_BEFORE = /([\w>\]])(?:[ \t]*[*&]+[ \t]*|[ \t]+)$/
const NO_TYPE = /\b(?:await|case|co_await|co_return|co_yield|delete|else|in|new|not|or|and|return|throw|yield)[ \t]*$/

/** @returns `null` where there are too many to say anything of how often it is used. */
export function otherLinesOf(survey: Survey, component: Component, found: number): readonly Mention[] | null {
  const { name } = component
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*[?!]?$/u.test(name))
    return survey.occurrences.unknownCallsOf(name).length > 0 ? null : []
  const other = unknownOf(survey, name)?.filter((mention) => mayMean(survey, component, mention))
  if (other === undefined) return null
  // Alone they only tell of what nothing else is called.
  if (found === 0 && (!ALONE.has(component.kind) || mentionsOf(survey, name).alike.length > 1)) return []
  return other.length > Math.max(LEAST, SHARE * found) ? null : other
}

const known = new WeakMap<Survey, Map<string, readonly Mention[] | undefined>>()

/** Mentions of a name of which nothing is known; `undefined` where there are too many. */
function unknownOf(survey: Survey, name: string): readonly Mention[] | undefined {
  const all = known.get(survey) ?? new Map<string, readonly Mention[] | undefined>()
  known.set(survey, all)
  if (!all.has(name)) all.set(name, findUnknown(survey, name))
  return all.get(name)
}

function findUnknown(survey: Survey, name: string): readonly Mention[] | undefined {
  const { alike, mentions } = mentionsOf(survey, name)
  if (mentions === null || alike.length > MAX_ALIKE) return undefined
  if (mentions.length === 0) return []
  const lines = new Set<string>()
  for (const { id } of alike)
    for (const from of [...(survey.users.get(id)?.keys() ?? []), ...(survey.doubtful.get(id) ?? [])])
      for (const { file, line } of survey.occurrences.usesOf(from, id)) lines.add(`${file}:${line}`)
  // A type is not used by what is in it.
  const own = alike.filter(({ kind }) => kind !== 'namespace').flatMap((one) => [one, ...insideOf(survey, one)])
  const places = own.flatMap((one) => [one, ...(one.declarations ?? []).map((place) => ({ ...place, name }))])
  const shadowed = new Set(mentions.flatMap(({ file, before }) => (TYPE_PARAMETER.test(before) ? [file] : [])))
  return mentions.filter((mention) => {
    const { file, line, before, text } = mention
    if (shadowed.has(file)) return false
    if (lines.has(`${file}:${line}`) || IMPORTS.test(text)) return false
    // `struct item *one` names what `struct item;` declares.
    if (DEFINES.test(before) && !TYPED.has(survey.files.get(file)?.language ?? '')) return false
    if (places.some((one) => one.file === file && one.startLine <= line && line <= one.endLine)) return false
    if (places.some((one) => one.file === file) && isPassedOn(survey, { file, line })) return false
    const bound = survey.occurrences.bindingsOf(file).filter((one) => one.name === name || one.imported === name)
    if (bound.some((one) => one.line === line)) return false
    return !(ITEM.test(text) && (bound.length > 0 || places.some((one) => one.file === file)))
  })
}

function insideOf(survey: Survey, { id, kind }: Component): Component[] {
  const members = TYPES.has(kind) ? (survey.members.get(id) ?? []) : []
  return members.flatMap((one) => [one, ...insideOf(survey, one)])
}

/** Whether a line may mean a component, by how its name stands there. */
function mayMean(survey: Survey, { kind, parent, file }: Component, mention: Mention): boolean {
  const { before, behind } = mention
  const { language } = survey.files.get(mention.file) ?? {}
  if (familyOf(survey, file) !== familyOf(survey, mention.file)) return false
  if (TYPES.has(kind)) return !/^\s*(?:unsafe )?impl\b/.test(mention.text)
  const isMember = /(?:\.|->|::|&:?)$/.test(before)
  // A key, an argument by its name, or a variable of the same name that is set.
  if (!isMember && /^\s*(?::(?!:)|=(?![=>~]))/.test(behind)) return false
  // A variable, a parameter or a prototype of that name.
  if (TYPED.has(language ?? '') && TYPE_BEFORE.test(before) && !NO_TYPE.test(before)) return false
  const isCalled = /^!?(?:<[^<>()]*>|::<[^()]*>)?\(/.test(behind)
  return !TYPES.has(survey.components.get(parent ?? '')?.kind ?? 'function') || isMember || isCalled
}

/** Languages that call each other. */
const FAMILIES: Readonly<Record<string, string>> = {
  jsx: 'javascript',
  typescript: 'javascript',
  tsx: 'javascript',
  vue: 'javascript',
  svelte: 'javascript',
  java: 'jvm',
  kotlin: 'jvm',
  scala: 'jvm',
  cpp: 'c',
  notebook: 'python',
}

function familyOf({ files }: Survey, path: string): string | null {
  const language = files.get(path)?.language ?? null
  return language === null ? null : (FAMILIES[language] ?? language)
}
