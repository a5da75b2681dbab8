/** What a component calls, what inherits from it, who uses it, what tests it: as rows for a line of facts, and in full behind a line that opens them. */

import type { RootContent } from 'mdast'
import { type Component, compareText } from '#generate/model.ts'
import { type Inline, join, list, paragraph } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { toNamesake } from './namesakes.ts'
import { SPARE } from './relations.ts'
import { inOrder } from './source-order.ts'
import { type Inheriting, isCode, isExample, isTest, placesOf, type Survey } from './survey.ts'
import type { RelationName } from './texts/texts.ts'
import { usesOf } from './use-lines.ts'
import { byWeight, toEntry, toFile, type Writing } from './writing.ts'

/** Of one relation, in the line of facts. */
export const MAX_NAMED = 5
const MAX_FILES = 500

/** A kind of relation, with the things at its other ends. */
export interface Row {
  verb: RelationName
  ends: readonly string[]
  /** A link to one of files, as other than to its section. */
  toEnd?: (path: string) => Inline[]
  /** The lines in which one of them uses it, behind its name. */
  at?: (end: string) => Inline[]
}

/**
 * What it calls and makes, in the order of its code; what inherits from it, who uses it, what tests it,
 * which examples show it, the heaviest first. Without what is empty.
 */
export function relationsOf(writing: Writing, component: Component): Row[] {
  const { survey } = writing
  const users = byWeight(survey.users.get(component.id) ?? new Map<string, number>())
  const files = [...new Set(users.map((end) => survey.components.get(end)?.file ?? end))]
  const uses = usesOf(writing, component)
  const rows: Row[] = [
    ...callRows(writing, component),
    ...heirRows(writing, component),
    { verb: 'usedBy', ends: placesOf(component, survey), at: uses.at },
    { verb: 'testedIn', ends: files.filter((path) => isTest(path, survey)), toEnd: uses.inFile },
    {
      verb: 'shownIn',
      ends: files.filter((path) => path !== component.file && isExample(path, survey)),
      toEnd: uses.inFile,
    },
  ]
  return rows.filter(({ ends }) => ends.length > 0)
}

/** What it calls, and what it makes values of. */
export function callRows({ survey }: Writing, component: Component): Row[] {
  const kinds = survey.callees.get(component.id) ?? new Map<string, string>()
  const callees = inOrder(
    survey,
    component,
    [...kinds.keys()].flatMap((id) => survey.components.get(id) ?? []),
  ).map(({ id }) => id)
  const rows: Row[] = [
    { verb: 'calls', ends: callees.filter((id) => kinds.get(id) === 'calls') },
    { verb: 'creates', ends: callees.filter((id) => kinds.get(id) === 'instantiates') },
  ]
  return rows.filter(({ ends }) => ends.length > 0)
}

const HEIRS = { extends: 'extendedBy', implements: 'implementedBy', 'mixes-in': 'mixedInto' } as const

/** What fills in what is only declared, and what takes the place of what is there: two things to a reader. Tests do neither. */
function heirRows({ survey }: Writing, component: Component): Row[] {
  const heirs = [...(survey.heirs.get(component.id) ?? [])]
    .filter(([id]) => isCode(survey.files.get(survey.components.get(id)?.file ?? id)))
    .sort(([a], [b]) => compareText(a, b))
  const isOpen = isDeclaredOnly(survey, component)
  const verbOf = (kind: Inheriting): RelationName =>
    kind !== 'overrides' ? HEIRS[kind] : isOpen ? 'implementedBy' : 'overriddenBy'
  return (['implementedBy', 'extendedBy', 'mixedInto', 'overriddenBy'] as const).map((verb) => ({
    verb,
    ends: heirs.filter(([, kind]) => verbOf(kind) === verb).map(([id]) => id),
  }))
}

/** A member of an interface, or one that says itself that it is abstract. */
function isDeclaredOnly({ components }: Survey, { parent, signature }: Component): boolean {
  const kind = parent === null ? undefined : components.get(parent)?.kind
  return kind === 'interface' || kind === 'trait' || kind === 'type' || /^(?:\w+ )*abstract /.test(signature)
}

/** A link to what is at the other end of a relation: a component, or a file. */
export function endLabel(writing: Writing, { toEnd, at }: Pick<Row, 'toEnd' | 'at'>, end: string): Inline[] {
  if (toEnd !== undefined) return toEnd(end)
  const user = writing.survey.components.get(end)
  return [...(user === undefined ? toFile(end) : toNamesake(writing, user)), ...(at?.(end) ?? [])]
}

/** What the facts name in part, in full and file by file, behind a line that opens it; nothing when they name all. */
export function allRelations(writing: Writing, relations: readonly Row[], max: number): RootContent[] {
  const cut = relations.filter(({ ends }) => isCut(ends))
  if (cut.length === 0 || max === 0) return []
  const shown = ({ ends, toEnd }: Row): number => Math.min(ends.length, toEnd === undefined ? max : MAX_FILES)
  const { texts } = writing
  const words = cut.map((row, index) => {
    const all = texts.relations[row.verb].ends(row.ends.length)
    if (shown(row) < row.ends.length) return texts.someOf(shown(row), all)
    return index === 0 ? texts.allOf(all) : all
  })
  const blocks = cut.flatMap((row): RootContent[] => {
    const ends = row.ends.slice(0, shown(row))
    const head = cut.length === 1 ? '' : texts.relations[row.verb].head + texts.colon
    if (row.toEnd !== undefined) return [paragraph(head, ...join(ends.map(row.toEnd), texts.comma))]
    return [...(head === '' ? [] : [paragraph(head.trimEnd())]), list(byFile(writing, row, ends))]
  })
  return fold(words.join(texts.comma), blocks)
}

/** Whether the line of facts names only the first of them. */
export function isCut(ends: readonly string[]): boolean {
  return ends.length > MAX_NAMED + SPARE
}

function byFile(writing: Writing, { at }: Row, ends: readonly string[]): Inline[][] {
  const { survey, texts } = writing
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
      const names = inside
        .flatMap((end) => survey.components.get(end) ?? [])
        .map((user): Inline[] => [...toEntry(user), ...(at?.(user.id) ?? [])])
      const whole = ends.includes(path) ? (at?.(path) ?? []) : []
      return [...toFile(path), ...whole, ...(names.length === 0 ? [] : [texts.colon, ...join(names, texts.comma)])]
    })
}
