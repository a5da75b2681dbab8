/** A sheet for who judges statements: each with its words, the lines that decide, and a line for the verdict. */

import { KINDS, type Kind, type Statement } from './statements.ts'

export const VERDICTS = ['useful', 'useless', 'wrong'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface Judged {
  verdict: Verdict
  why: string
}

export interface Drawn extends Statement {
  set: string
}

const HEAD = `Write \`useful\`, \`useless\` or \`wrong\` behind each \`verdict:\`, and why; then run the bench again.
Useful: true, and a newcomer is better off. Useless: true by the letter, but noise or beside the point. Wrong: the source says otherwise.
`

/**
 * Texts of the repository are indented, so that none can pass for a head or a verdict.
 *
 * @param before - A sheet that was there: what somebody wrote on it stays, and what is new comes after it.
 */
export function sheetOf(drawn: readonly Drawn[], placesOf: (one: Drawn) => readonly string[], before = ''): string {
  const isKept = verdictsOf(before).size > 0
  const known = new Set(isKept ? [...before.matchAll(/^## ([0-9a-f]{12}) /gm)].map(([, id]) => id) : [])
  const fresh = drawn.filter(({ id }) => !known.has(id))
  const parts = fresh.map((one) => {
    const places = placesOf(one).map((place) => `\n${indented(place)}\n`)
    return `## ${one.id} · ${one.set} · ${one.kind}\n\n${indented(`${one.page}: ${one.section}`)}\n\n${indented(one.text)}\n\nverdict: \n${places.join('')}`
  })
  if (isKept && parts.length === 0) return before
  return [isKept ? `${before.trimEnd()}\n` : HEAD, ...parts].join('\n')
}

/** The verdicts of a sheet, by statement. @throws When a word is none of the three. */
export function verdictsOf(sheet: string): Map<string, Judged> {
  const found = new Map<string, Judged>()
  let id = ''
  for (const line of sheet.split('\n')) {
    id = /^## ([0-9a-f]{12}) /.exec(line)?.[1] ?? id
    const said = /^verdict: *(\w+)[\s:,.-]*(.*)$/.exec(line)
    if (said === null || id === '') continue
    const [, word = '', why = ''] = said
    const verdict = VERDICTS.find((one) => one === word)
    if (verdict === undefined) throw new Error(`${id}: expected ${VERDICTS.join(', ')}, found ${word}`)
    found.set(id, { verdict, why: why.trim() })
  }
  return found
}

/** A table of the verdicts by kind and by set, and how many statements have none. */
export function countsOf(drawn: readonly Drawn[], judged: ReadonlyMap<string, Judged>): string {
  const row = (name: string, own: readonly Drawn[]): string => {
    const counts = VERDICTS.map((verdict) => own.filter(({ id }) => judged.get(id)?.verdict === verdict).length)
    const all = counts.reduce((sum, count) => sum + count, 0)
    const cells = counts.map((count) => (all === 0 ? '-' : `${count} (${((100 * count) / all).toFixed(0)} %)`))
    return `| ${[name, ...cells, own.length - all].join(' | ')} |`
  }
  const ofKind = (kind: Kind): Drawn[] => drawn.filter((one) => one.kind === kind)
  const sets = [...new Set(drawn.map(({ set }) => set))]
  return [
    `|  | ${VERDICTS.join(' | ')} | not judged |`,
    '| --- | --- | --- | --- | --- |',
    ...KINDS.filter((kind) => ofKind(kind).length > 0).map((kind) => row(kind, ofKind(kind))),
    ...sets.map((set) =>
      row(
        set,
        drawn.filter((one) => one.set === set),
      ),
    ),
    row('all', drawn),
  ].join('\n')
}

const indented = (text: string): string => text.replace(/^/gm, '    ')
