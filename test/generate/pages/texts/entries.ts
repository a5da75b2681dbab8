/** The entries of a catalogue by their paths, as the texts that they give for samples of what stands in them. */

import type { Texts } from '#generate/pages/texts/texts.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'

type Sample = number | string | boolean | Inline[]
/** Tried in turn, until an entry gives a text of them. */
const SAMPLES: Sample[] = [7, ['\u2460'], 'class', true]

type Entry = (...args: never[]) => unknown

/** What an entry is called with, by its path. */
export type Calls = Map<string, Sample[]>

/** The same for all catalogues. */
export function callsOf(catalogues: readonly Texts[]): Calls {
  const entries = new Map<string, Entry[]>()
  for (const [path, value] of catalogues.flatMap((texts) => leaves(texts)))
    if (typeof value === 'function') entries.set(path, [...(entries.get(path) ?? []), value])
  return new Map(
    [...entries].map(([path, all]) => {
      const most = Math.max(...all.map((entry) => entry.length))
      const found = combinations(most).find((args) => all.every((entry) => textOf(entry, args) !== undefined))
      if (found === undefined) throw new Error(`no sample fits ${path}`)
      return [path, found] as const
    }),
  )
}

/** By path. Titles and triggers are absent in English, and left out. */
export function entriesOf(texts: Texts, calls: Calls): Map<string, string> {
  return new Map(
    leaves(texts).map(([path, value]) => {
      const text = typeof value === 'string' ? value : textOf(value, calls.get(path) ?? [])
      if (text === undefined) throw new Error(`${path} gives no text`)
      return [path, text] as const
    }),
  )
}

function leaves(value: unknown, path = ''): [string, string | Entry][] {
  if (path === '.titles' || path === '.ci.triggers') return []
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, value as Entry]]
  return Object.entries(value ?? {}).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
}

function combinations(length: number): Sample[][] {
  if (length === 0) return [[]]
  return combinations(length - 1).flatMap((rest) => SAMPLES.map((one) => [...rest, one]))
}

function textOf(entry: Entry, args: Sample[]): string | undefined {
  try {
    const value = entry(...(args as never[]))
    const text = Array.isArray(value) ? plainText(paragraph(...value)) : String(value)
    return /undefined|NaN|=>|function \w*\(|true|\[object/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
