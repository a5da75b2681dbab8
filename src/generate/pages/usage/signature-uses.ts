/** What of the lines that name a type uses it, and what only has it in a signature. */

import type { RootContent } from 'mdast'
import type { Component, Declaration } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Survey } from '#generate/pages/survey.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { titleOf, toEntry, type Writing } from '#generate/pages/writing.ts'
import { type Inline, paragraph } from '#markdown/build.ts'
import { lineText } from './telling-lines.ts'
import { type UseLine, usesOf } from './use-lines.ts'

/** What names a type in a signature. */
const MAX_NAMED = 8
/** Lines of one signature. */
const MAX_SIGNATURE = 40
/** `async def read(`, `pub fn read(`: a definition on its first line. */
const DEFINES = /^(?:[\w@]{1,20} ){0,4}(?:def|fn|fun|func|function) ([\w$]{1,100})[(<[]/

/** Lines of a user that use a component, and in how many of its signatures a type is only named. */
export function linesOfUser(
  writing: Writing,
  component: Component,
  user: string,
): { used: readonly UseLine[]; signatures: number } {
  const lines = usesOf(writing, component).lines(user)
  const heads = TYPES.has(component.kind) ? signaturesOf(writing.survey, user) : []
  const holder = writing.survey.components.get(user)
  const isBody = holder?.kind === 'function' || holder?.kind === 'method'
  const headOf = (line: number): { to: number } | undefined => heads.find(({ from, to }) => line >= from && line <= to)
  const isNamed = ({ line, name }: UseLine): boolean => {
    const last = headOf(line)?.to
    const text = lineText(writing.survey, holder?.file ?? user, line)
    // Defined once more, for other versions of the language or on another system.
    if (last === undefined) return TYPES.has(component.kind) && isBody && DEFINES.exec(text)?.[1] === holder.name
    // A decorator above runs, and a body may stand on the line of its signature.
    if (/^(?:@|#\[)/.test(text)) return false
    const open = isBody && line === last ? text.indexOf('{') : -1
    return open < 0 || name === null || text.slice(0, open).includes(name)
  }
  const named = lines.filter(isNamed)
  return {
    used: lines.filter((use) => !named.includes(use)),
    signatures: new Set(named.map(({ line }) => headOf(line) ?? line)).size,
  }
}

/** The lines of the signatures of a component, one for each place that declares it. */
function signaturesOf(survey: Survey, id: string): { from: number; to: number }[] {
  const component = survey.components.get(id)
  // A value is used.
  if (component === undefined || component.kind === 'constant') return []
  const { file, declarations = [component] } = component
  return declarations
    .filter((one) => one.file === file)
    .map((one) => ({ from: one.startLine, to: endOfSignature(survey, component, one) }))
}

function endOfSignature(survey: Survey, { file, signature, kind }: Component, place: Declaration): number {
  const { startLine, endLine } = place
  const head = kind === 'field' ? signature.replace(/ = .*/s, '') : signature
  let left = head.replace(/\s+/g, '').length
  const lines = codeLines(survey, file, startLine, Math.min(endLine, startLine + MAX_SIGNATURE))
  // Of Ruby pages write more than the code: `def self.x` for what is in `class << self`.
  const isRuby = survey.files.get(file)?.language === 'ruby'
  let depth = 0
  const end = lines.findIndex((line) => {
    left -= line.replace(/\s+/g, '').length
    for (const sign of line) depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
    return isRuby ? depth <= 0 : left <= 0
  })
  return end < 0 ? endLine : startLine + end
}

/** What has a type in its signature: several members of one type as that type, those of one name together. */
export function signatureBlocks(writing: Writing, component: Component, places: readonly string[]): RootContent[] {
  const { survey, texts } = writing
  const naming = places.filter((user) => linesOfUser(writing, component, user).signatures > 0)
  const counts = new Map<string, string[]>()
  for (const user of naming) {
    const owner = survey.components.get(user)?.parent ?? user
    counts.set(owner, [...(counts.get(owner) ?? []), user])
  }
  // Each of twenty commands may have its own `Args::delimiter`.
  const alike = new Map<string, { one: Component; count: number }>()
  for (const [owner, users] of counts) {
    const [only] = users
    const one = survey.components.get(users.length === 1 && only !== undefined ? only : owner)
    if (one === undefined) continue
    const known = alike.get(titleOf(one))
    if (known === undefined) alike.set(titleOf(one), { one, count: users.length })
    else known.count += users.length
  }
  const rows = [...alike.values()].map(({ one, count }): Inline[] => [
    ...toEntry(one),
    ...(count > 1 ? [` (${count})`] : []),
  ])
  return rows.length === 0 ? [] : [paragraph(...texts.entry.inSignatures(few(rows, MAX_NAMED, texts)))]
}
