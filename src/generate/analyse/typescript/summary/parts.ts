/**
 * Divides the records of a file into parts that other files can depend on: each top-level name and each exported value,
 * with all records reachable from it. Other records are used only by the file's own sites.
 */

import { createHash } from 'node:crypto'
import type { Component } from '#generate/model.ts'
import { Field } from './record-fields.ts'
import { ExportSort } from './record-values.ts'
import { Kind, LAYOUTS } from './records.ts'

/** The records of one file or of a whole program. */
export interface RecordsView {
  readonly numbers: ArrayLike<number>
  nameText(name: number): string
}

export interface Part {
  /** A top-level name, or with a prefix: `>` an export, `*` a global, `~` an augmentation. */
  readonly name: string
  readonly root: number
}

/** The roots of all parts. A record belongs to the first part that reaches it. */
export function rootsOf(view: RecordsView, module: number): Part[] {
  const field = (at: number, number: number): number => view.numbers[at + number] ?? 0
  const roots: Part[] = []
  for (const symbol of listOf(view, field(module, Field.module.symbols))) {
    roots.push({ name: view.nameText(field(symbol, Field.symbol.name)), root: symbol })
  }
  for (const one of listOf(view, field(module, Field.module.exports))) {
    const sort = field(one, Field.export.sort)
    const isValue = sort === ExportSort.value || sort === ExportSort.declarations
    if (isValue && field(one, Field.export.record) !== 0)
      roots.push({ name: `>${view.nameText(field(one, Field.export.name))}`, root: field(one, Field.export.record) })
  }
  const known = new Set(roots.map(({ root }) => root))
  for (const symbol of listOf(view, field(module, Field.module.globals)))
    if (!known.has(symbol)) roots.push({ name: `*${view.nameText(field(symbol, Field.symbol.name))}`, root: symbol })
  for (const one of listOf(view, field(module, Field.module.augmentations))) {
    for (const symbol of listOf(view, field(one, Field.augmentation.symbols)))
      roots.push({
        name: `~${view.nameText(field(one, Field.augmentation.specifier))}~${view.nameText(field(symbol, Field.symbol.name))}`,
        root: symbol,
      })
  }
  const whole = field(module, Field.module.whole)
  if (whole !== 0) roots.push({ name: '>export=', root: whole })
  return roots
}

/** @returns A digest of the records of each part, by name. */
export function digestsOf(
  view: RecordsView,
  module: number,
  components: readonly Component[],
): (readonly [name: string, digest: string])[] {
  const roots = rootsOf(view, module)
  const names = new Map(roots.map(({ name, root }) => [root, name]))
  return roots.map(({ name, root }) => {
    const hash = createHash('sha256')
    let text = ''
    const write = (value: number | string): void => {
      text += `${value}\0`
    }
    const numbers = new Map<number, number>([[root, 0]])
    const pending = [root]
    const referTo = (to: number): void => {
      if (to === 0) write('')
      else if (to !== root && names.has(to)) write(`^${names.get(to)}`)
      else {
        let number = numbers.get(to)
        if (number === undefined) {
          number = numbers.size
          numbers.set(to, number)
          pending.push(to)
        }
        write(number)
      }
    }
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const kind = view.numbers[at] ?? 0
      write(kind)
      if (kind === Kind.list) for (const one of listOf(view, at)) referTo(one)
      const layout = LAYOUTS[kind] ?? ''
      for (let index = 0; index < layout.length; index++) {
        const value = view.numbers[at + 1 + index] ?? 0
        if (layout[index] === 'r') referTo(value)
        else if (layout[index] === 'n') write(view.nameText(value))
        else if (layout[index] === 'c' && value !== 0) {
          const component = components[value - 1]
          write(`${component?.id} ${component?.kind}`)
        } else write(value)
      }
      if (text.length > MAX_TEXT) {
        hash.update(text)
        text = ''
      }
    }
    return [name, hash.update(text).digest('base64').slice(0, DIGEST)] as const
  })
}

const MAX_TEXT = 100_000
const DIGEST = 22

/** Assign all reachable records to their parts. */
export function assignParts(
  view: RecordsView,
  roots: readonly Part[],
  assign: (at: number, part: number) => boolean,
): void {
  const starts = new Set(roots.map(({ root }) => root))
  for (const [part, { root }] of roots.entries()) {
    const pending = [root]
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (!assign(at, part)) continue
      const kind = view.numbers[at] ?? 0
      const follow = (to: number): void => {
        if (to !== 0 && !starts.has(to)) pending.push(to)
      }
      if (kind === Kind.list) {
        for (const one of listOf(view, at)) follow(one)
        continue
      }
      const layout = LAYOUTS[kind] ?? ''
      for (let index = 0; index < layout.length; index++)
        if (layout[index] === 'r') follow(view.numbers[at + 1 + index] ?? 0)
    }
  }
}

function listOf(view: RecordsView, at: number): number[] {
  if (at === 0) return []
  const length = view.numbers[at + 1] ?? 0
  return Array.from({ length }, (_, index) => view.numbers[at + 2 + index] ?? 0)
}
