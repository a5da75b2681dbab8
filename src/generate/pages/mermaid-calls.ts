/** Flows of calls as mermaid text: between types and files as a sequence, inside one of them as a tree. */

import { escapeLabel } from './mermaid.ts'

/** A call: both ends are ids of components. */
export interface Message {
  from: string
  to: string
  label: string
}

export interface CallChart {
  mermaid: string
  /** By node the ids of components it stands for; of a sequence also `m1`, `m2`, … with the ends of each message. */
  nodes: Record<string, readonly string[]>
}

/** Who takes part: a type, a file or a function, with those of its components that call or are called. */
export interface Participant {
  label: string
  components: readonly string[]
}

/** @param messages - In order; both ends are components of participants. */
export function drawSequence(participants: readonly Participant[], messages: readonly Message[]): CallChart {
  const ids = new Map<string, string>()
  const nodes: Record<string, readonly string[]> = {}
  const lines = ['sequenceDiagram']
  for (const [index, { label, components }] of participants.entries()) {
    const id = `p${index + 1}`
    nodes[id] = components
    for (const component of components) ids.set(component, id)
    lines.push(`  participant ${id} as ${escapeLabel(label)}`)
  }
  for (const [index, { from, to, label }] of messages.entries()) {
    nodes[`m${index + 1}`] = [from, to]
    lines.push(`  ${ids.get(from)}->>${ids.get(to)}: ${escapeLabel(label)}`)
  }
  return { mermaid: lines.join('\n'), nodes }
}

/** @param boxes - Each for one component; both ends of every message are in one. */
export function drawCallTree(boxes: readonly Participant[], messages: readonly Message[]): CallChart {
  const ids = new Map(boxes.flatMap(({ components }, index) => components.map((id) => [id, `n${index + 1}`])))
  return {
    mermaid: [
      'flowchart TD',
      ...boxes.map(({ label }, index) => `  n${index + 1}["${escapeLabel(label)}"]`),
      ...messages.map(({ from, to }) => `  ${ids.get(from)} --> ${ids.get(to)}`),
    ].join('\n'),
    nodes: Object.fromEntries(boxes.map(({ components }, index) => [`n${index + 1}`, components])),
  }
}
