/** Writes flowcharts as mermaid text. Labels may be any text, so characters that mermaid might interpret are escaped. */

import { oneLine } from '#markdown/build.ts'

export interface Box {
  key: string
  label: string
  /** The files of the box. */
  files: readonly string[]
  /** Whether it is inside the frame, or outside as a neighbour. */
  inside: boolean
  /** Whether it only builds, configures or measures the rest. Only its heavy arrows are drawn. */
  isTool?: boolean
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

const MAX_BOXES = 28
const MAX_ARROWS = 30
/** Minimum weight of arrows to and from tools. */
const MIN_TOOL_WEIGHT = 5
/** Up to this number, all arrows are drawn. */
const MAX_UNFILTERED_ARROWS = 12
/** With more arrows, limit on the arrows per box; arrows that add a box are always drawn. */
const MAX_ARROWS_PER_BOX = 1.5
const MAX_LABELLED = 20
const MAX_LABEL = 60

/**
 * The heaviest boxes and arrows, or `null` if no arrow connects two boxes.
 *
 * @param frame - Title of the frame around the inner boxes; `null` draws none.
 */
export function drawChart(boxes: readonly Box[], arrows: readonly Arrow[], frame: string | null): Chart | null {
  const tools = new Set(boxes.filter(({ isTool }) => isTool).map(({ key }) => key))
  const heaviest = arrows
    .filter(({ from, to, weight }) => weight >= MIN_TOOL_WEIGHT || !(tools.has(from) || tools.has(to)))
    .sort((a, b) => b.weight - a.weight)
  const chosen = new Set<string>()
  const kept = new Set<Arrow>()
  const targets = new Map<string, Set<string>>()
  for (const arrow of heaviest) {
    const added = [arrow.from, arrow.to].filter((key) => !chosen.has(key))
    if (kept.size === MAX_ARROWS || chosen.size + added.length > MAX_BOXES) break
    const isRedundant = kept.size >= chosen.size * MAX_ARROWS_PER_BOX || isIndirect(arrow, targets)
    if (heaviest.length > MAX_UNFILTERED_ARROWS && added.length === 0 && isRedundant) continue
    for (const key of added) chosen.add(key)
    kept.add(arrow)
    targets.set(arrow.from, (targets.get(arrow.from) ?? new Set()).add(arrow.to))
  }
  const drawn = arrows.filter((arrow) => kept.has(arrow))
  const shown = boxes.filter((box) => chosen.has(box.key))
  const ids = new Map(shown.map((box, index) => [box.key, `n${index + 1}`]))
  if (drawn.length === 0) return null

  const line = (box: Box): string => {
    const label = `"${escapeLabel(box.label)}"`
    return `${ids.get(box.key)}${box.inside ? `[${label}]` : `([${label}])`}`
  }
  const inner = shown.filter((box) => box.inside).map(line)
  const outer = shown.filter((box) => !box.inside).map(line)
  const isNumbered = drawn.length <= MAX_LABELLED
  const framed = frame !== null && outer.length > 0 && inner.length > 0
  const lines = [
    'flowchart LR',
    ...(framed ? [`  subgraph inside["${escapeLabel(frame)}"]`, ...inner.map((text) => `    ${text}`), '  end'] : []),
    ...[...(framed ? [] : inner), ...outer].map((text) => `  ${text}`),
    ...drawn.map(({ from, to, weight }) => {
      const label = isNumbered ? `|${weight}|` : ''
      return `  ${ids.get(from)} -->${label} ${ids.get(to)}`
    }),
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

/** Whether two heavier arrows connect the same boxes through another one. */
function isIndirect({ from, to }: Arrow, targets: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  return [...(targets.get(from) ?? [])].some((by) => targets.get(by)?.has(to))
}

/** Heavier arrows are thicker, by one step for each factor of four. */
function widths(arrows: readonly Arrow[]): string[] {
  const byWidth = new Map<number, number[]>()
  for (const [index, { weight }] of arrows.entries()) {
    const width = 1 + Math.min(4, Math.floor(Math.log2(weight) / 2))
    byWidth.set(width, [...(byWidth.get(width) ?? []), index])
  }
  return [...byWidth]
    .filter(([width]) => width > 1)
    .sort(([a], [b]) => a - b)
    .map(([width, indexes]) => `  linkStyle ${indexes.join(',')} stroke-width:${width}px`)
}

/** Keeps letters, digits and some punctuation; all else becomes `#<code point>;`, which mermaid shows as the character. */
export function escapeLabel(text: string): string {
  const line = oneLine(text)
  const short = line.length > MAX_LABEL ? `…${line.slice(1 - MAX_LABEL)}` : line
  const escaped = short.replace(/[^\p{L}\p{N} _./…-]/gu, (sign) => `#${sign.codePointAt(0)};`)
  return escaped === '' ? '#63;' : escaped
}
