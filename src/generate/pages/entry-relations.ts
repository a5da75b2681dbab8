/** What a component calls, who uses it, what tests it: as rows for a line of facts, and in full behind a line that opens them. */

import type { RootContent } from 'mdast'
import { type Component, compareText } from '#generate/model.ts'
import { type Inline, join, list, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { toFirstUse } from './first-use.ts'
import { toNamesake } from './namesakes.ts'
import { SPARE } from './relations.ts'
import { isExample, isTest, placesOf } from './survey.ts'
import { count, plural } from './words.ts'
import { byWeight, toEntry, toFile, type Writing } from './writing.ts'

/** Of one relation, in the line of facts. */
export const MAX_NAMED = 5
const MAX_FILES = 500

/** A kind of relation, with the things at its other ends. */
export interface Row {
  verb: string
  /** What the ends are: `test file`. */
  noun: string
  ends: readonly string[]
  /** A link to one of files, as other than to its section. */
  toEnd?: (path: string) => Inline[]
}

/** What it calls, who uses it, what tests it, which examples show it; the heaviest first, without what is empty. */
export function relationsOf(writing: Writing, component: Component): Row[] {
  const { survey } = writing
  const users = byWeight(survey.users.get(component.id) ?? new Map<string, number>())
  const files = [...new Set(users.map((end) => survey.components.get(end)?.file ?? end))]
  const toUse = (path: string): Inline[] => toFirstUse(writing, component, path)
  const rows = [
    { verb: 'calls', noun: 'thing that it calls', ends: calleesOf(writing, component).map(({ id }) => id) },
    { verb: 'used by', noun: 'place that uses it', ends: placesOf(component, survey) },
    { verb: 'tested in', noun: 'test file', ends: files.filter((path) => isTest(path, survey)), toEnd: toUse },
    {
      verb: 'shown in',
      noun: 'example file',
      ends: files.filter((path) => path !== component.file && isExample(path, survey)),
      toEnd: toUse,
    },
  ]
  return rows.filter(({ ends }) => ends.length > 0)
}

/** What it calls outside itself, the most used first. */
function calleesOf({ survey }: Writing, component: Component): Component[] {
  const places = (target: Component): number => survey.users.get(target.id)?.size ?? 0
  return [...(survey.callees.get(component.id) ?? [])]
    .flatMap((id) => survey.components.get(id) ?? [])
    .sort((a, b) => places(b) - places(a) || compareText(a.id, b.id))
}

/** A link to what is at the other end of a relation: a component, or a file. */
export function endLabel(writing: Writing, { toEnd }: Pick<Row, 'toEnd'>, end: string): Inline[] {
  if (toEnd !== undefined) return toEnd(end)
  const user = writing.survey.components.get(end)
  return user === undefined ? toFile(end) : toNamesake(writing, user)
}

/** What the facts name in part, in full and file by file, behind a line that opens it; nothing when they name all. */
export function allRelations(writing: Writing, relations: readonly Row[], max: number): RootContent[] {
  const cut = relations.filter(({ ends }) => isCut(ends))
  if (cut.length === 0 || max === 0) return []
  const shown = ({ ends, toEnd }: Row): number => Math.min(ends.length, toEnd === undefined ? max : MAX_FILES)
  const words = cut.map((row, index) => {
    const all = plural(row.ends.length, row.noun, NOUNS.get(row.noun))
    return shown(row) < row.ends.length ? `${count(shown(row))} of the ${all}` : `${index === 0 ? 'All ' : ''}${all}`
  })
  const blocks = cut.flatMap((row): RootContent[] => {
    const { verb } = row
    const ends = row.ends.slice(0, shown(row))
    const head = cut.length === 1 ? '' : `${verb.charAt(0).toUpperCase()}${verb.slice(1)}: `
    if (row.toEnd !== undefined) return [paragraph(head, ...join(ends.map(row.toEnd), ', '))]
    return [...(head === '' ? [] : [paragraph(head.trimEnd())]), list(byFile(writing, ends))]
  })
  return fold(words.join(', '), blocks)
}

/** Whether the line of facts names only the first of them. */
export function isCut(ends: readonly string[]): boolean {
  return ends.length > MAX_NAMED + SPARE
}

const NOUNS = new Map([
  ['thing that it calls', 'things that it calls'],
  ['place that uses it', 'places that use it'],
])

function byFile(writing: Writing, ends: readonly string[]): Inline[][] {
  const { survey } = writing
  const files = new Map<string, string[]>()
  for (const end of ends) {
    const file = survey.components.get(end)?.file ?? end
    const found = files.get(file)
    if (found === undefined) files.set(file, [end])
    else found.push(end)
  }
  return [...files]
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, ends]): Inline[] => {
      const inside = ends.filter((end) => end !== path).sort(compareText)
      const names = inside.flatMap((end) => survey.components.get(end) ?? []).map(toEntry)
      return [...toFile(path), ...(names.length === 0 ? [] : [': ', ...join(names, ', ')])]
    })
}
