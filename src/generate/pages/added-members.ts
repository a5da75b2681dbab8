/** Members that a file adds to types of other files: methods of Go, extensions of Swift, what a source of C++ defines. */

import type { Component } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { code, type Inline, join, refLink } from '#markdown/build.ts'
import { refTo } from './draft.ts'
import { isHidden } from './hidden-names.ts'
import { placesOf, type Survey } from './survey.ts'
import { isDeprecated } from './traits.ts'
import { few } from './words.ts'
import { isPublic, toEntry, type Writing } from './writing.ts'

/** Types that are named, and members of each. */
const MAX_TYPES = 2
const MAX_MEMBERS = 4
/** Languages in which a file writes methods of types that stand elsewhere. */
const WRITES = new Set(['go', 'rust', 'cpp', 'swift'])
const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'type'])

const known = new WeakMap<Survey, Map<string, Map<Component, Component[]>>>()

/** `methods of FlagSet: IPMask, GetIPv4Mask`; nothing for a file that adds none. */
export function addedHoldings(writing: Writing, path: string): Inline[] {
  const { texts } = writing
  const added = [...(addedIn(writing).get(path) ?? [])].sort(([, a], [, b]) => b.length - a.length)
  const parts = added.slice(0, MAX_TYPES).map(([type, members]): Inline[] => {
    const names = members.map((member): Inline[] => [refLink(refTo.component(member.id), code(member.name))])
    return texts.module.methodsOf(toEntry(type), few(names, MAX_MEMBERS, texts))
  })
  return join(parts, ' · ')
}

/** Whether it is a method of a type that another file defines. */
export function isAdded(survey: Survey, { kind, parent, qualifiedName, file }: Component): boolean {
  const { language } = survey.files.get(file) ?? {}
  return kind === 'method' && parent === null && qualifiedName.includes('.') && WRITES.has(language ?? '')
}

/** By file and type, those that are used most first. */
function addedIn(writing: Writing): Map<string, Map<Component, Component[]>> {
  const { survey } = writing
  const found = known.get(survey)
  if (found !== undefined) return found
  const types = new Map<string, Component[]>()
  for (const one of survey.components.values())
    if (TYPES.has(one.kind)) types.set(one.qualifiedName, [...(types.get(one.qualifiedName) ?? []), one])
  const files = new Map<string, Map<Component, Component[]>>()
  for (const member of survey.components.values()) {
    if (!isAdded(survey, member) || !isPublic(member, survey) || isDeprecated(member) || isHidden(writing, member))
      continue
    const type = typeOf(survey, types, member)
    if (type === undefined || !type.exported || type.file === member.file) continue
    const row = files.get(member.file) ?? new Map<Component, Component[]>()
    row.set(type, [...(row.get(type) ?? []), member])
    files.set(member.file, row)
  }
  for (const row of files.values())
    for (const members of row.values())
      members.sort((a, b) => placesOf(b, survey).length - placesOf(a, survey).length || a.startLine - b.startLine)
  known.set(survey, files)
  return files
}

/** The type of a method by its name: in the folder, or the only one of the language. */
function typeOf(survey: Survey, types: ReadonlyMap<string, Component[]>, member: Component): Component | undefined {
  const languageOf = (path: string): string | null | undefined => survey.files.get(path)?.language
  const name = member.qualifiedName.slice(0, member.qualifiedName.lastIndexOf('.'))
  const all = (types.get(name) ?? []).filter(({ file }) => languageOf(file) === languageOf(member.file))
  const beside = all.filter(({ file }) => folderOf(file) === folderOf(member.file))
  return beside[0] ?? (all.length === 1 ? all[0] : undefined)
}
