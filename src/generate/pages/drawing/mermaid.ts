/** Writes flowcharts as mermaid text. Labels may be any text, so characters that mermaid might interpret are escaped. */

import { push } from '#base/multimap.ts'
import { oneLine } from '#markdown/build.ts'

export interface Box {
  key: string
  label: string
  /** The files of the box. */
  files: readonly string[]
  /** Whether it is inside the frame, or outside as a neighbour. */
  inside: boolean
}

export interface Arrow {
  from: string
  to: string
  /** Number of edges of the graph. */
  weight: number
}

export interface Chart {
  mermaid: string
  nodes: Record<string, readonly string[]>
  /** Boxes in the order of the drawing. */
  boxes: readonly Box[]
  /** Number of arrows drawn, and number of all arrows. */
  drawn: number
  total: number
}

/** More arrows than this show a tangle, not a structure. */
const MAX_ARROWS = 15
const MAX_LABEL = 60

/** A diagram with fewer arrows is less informative than the list next to it. */
const MIN_ARROWS = 3

/**
 * The heaviest arrows and their boxes, or `null` if there are too few.
 *
 * @param frame - Title of the frame around the inner boxes; `null` draws none.
 */
export function drawChart(boxes: readonly Box[], arrows: readonly Arrow[], frame: string | null): Chart | null {
  const kept = new Set(arrows.toSorted((a, b) => b.weight - a.weight).slice(0, MAX_ARROWS))
  const drawn = arrows.filter((arrow) => kept.has(arrow))
  const chosen = new Set(drawn.flatMap(({ from, to }) => [from, to]))
  const shown = boxes.filter((box) => chosen.has(box.key))
  const ids = new Map(shown.map((box, index) => [box.key, `n${index + 1}`]))
  if (drawn.length < MIN_ARROWS) return null

  const line = (box: Box): string => {
    const label = `"${escapeLabel(box.label)}"`
    return `${ids.get(box.key)}${box.inside ? `[${label}]` : `([${label}])`}`
  }
  const inner = shown.filter((box) => box.inside).map(line)
  const outer = shown.filter((box) => !box.inside).map(line)
  const framed = frame !== null && outer.length > 0 && inner.length > 0
  const lines = [
    'flowchart LR',
    ...(framed ? [`  subgraph inside["${escapeLabel(frame)}"]`, ...inner.map((text) => `    ${text}`), '  end'] : []),
    ...[...(framed ? [] : inner), ...outer].map((text) => `  ${text}`),
    ...drawn.map(({ from, to }) => `  ${ids.get(from)} --> ${ids.get(to)}`),
    ...widths(drawn),
  ]
  return {
    mermaid: lines.join('\n'),
    nodes: Object.fromEntries(shown.map((box) => [ids.get(box.key) ?? '', box.files])),
    boxes: shown,
    drawn: drawn.length,
    total: arrows.length,
  }
}

/** Heavier arrows are thicker, by one step for each factor of four. */
function widths(arrows: readonly Arrow[]): string[] {
  const byWidth = new Map<number, number[]>()
  for (const [index, { weight }] of arrows.entries()) {
    const width = 1 + Math.min(4, Math.floor(Math.log2(weight) / 2))
    push(byWidth, width, index)
  }
  return [...byWidth]
    .filter(([width]) => width > 1)
    .sort(([a], [b]) => a - b)
    .map(([width, indexes]) => `  linkStyle ${indexes.join(',')} stroke-width:${width}px`)
}

/** Keeps letters, digits and some punctuation; all else becomes `#<code point>;`, which mermaid shows as the character. */
export function escapeLabel(text: string): string {
  const characters = [...oneLine(text)]
  const short = (characters.length > MAX_LABEL ? ['…', ...characters.slice(1 - MAX_LABEL)] : characters).join('')
  const escaped = short.replace(/[^\p{L}\p{N} _./…-]/gu, (sign) => `#${sign.codePointAt(0)};`)
  return escaped === '' ? '#63;' : escaped
}
