/** Writes an inheritance diagram as mermaid text: bases on the left, derived types on the right. */

import type { Inheritance } from '#generate/model.ts'
import { escapeLabel } from './mermaid.ts'

export interface TypeBox {
  key: string
  label: string
  /** Ids of one type, or of several with the same base. */
  components: readonly string[]
  /** Whether the type is in this module; other types are drawn with rounded ends. */
  inside: boolean
}

export interface TypeArrow {
  from: string
  to: string
  kind: Inheritance
}

const ARROWS: Readonly<Record<Inheritance, string>> = { extends: '-->', implements: '-.->', 'mixes-in': '==>' }

export function drawHierarchy(
  boxes: readonly TypeBox[],
  arrows: readonly TypeArrow[],
): { mermaid: string; nodes: Record<string, readonly string[]> } {
  const ids = new Map(boxes.map(({ key }, index) => [key, `n${index + 1}`]))
  const line = ({ key, label, inside }: TypeBox): string => {
    const text = `"${escapeLabel(label)}"`
    return `  ${ids.get(key)}${inside ? `[${text}]` : `([${text}])`}`
  }
  return {
    mermaid: [
      'flowchart RL',
      ...boxes.map(line),
      ...arrows.map(({ from, to, kind }) => `  ${ids.get(from)} ${ARROWS[kind]} ${ids.get(to)}`),
    ].join('\n'),
    nodes: Object.fromEntries(boxes.map(({ key, components }) => [ids.get(key) ?? '', components])),
  }
}
