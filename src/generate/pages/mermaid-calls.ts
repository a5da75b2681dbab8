/** Flows of calls as mermaid text: between types and files as a sequence, inside one of them as a tree. */

import { escapeLabel } from './mermaid.ts'
import { WHENS, type When } from './use-site.ts'

/** A call: both ends are ids of components. */
export interface Message {
  from: string
  to: string
  label: string
  /** `null` for what always happens. */
  frame?: CallFrame | null
  /** The calls that come of it, in order. */
  below?: readonly Message[]
}

/** What may be passed over, or happen again and again: neighbours with one key are in one frame. */
export interface CallFrame {
  key: number
  when: When
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

/** When calls happen that may be passed over, or that happen again and again. */
export type FrameWords = Readonly<Record<When, string>>

/** @param messages - In order; both ends are components of participants. */
export function drawSequence(
  participants: readonly Participant[],
  messages: readonly Message[],
  words: FrameWords,
): CallChart {
  const ids = new Map<string, string>()
  const nodes: Record<string, readonly string[]> = {}
  const lines = ['sequenceDiagram']
  for (const [index, { label, components }] of participants.entries()) {
    const id = `p${index + 1}`
    nodes[id] = components
    for (const component of components) ids.set(component, id)
    lines.push(`  participant ${id} as ${escapeLabel(label)}`)
  }
  let number = 0
  /** As deep as messages are below each other. */
  const draw = (level: readonly Message[]): void => {
    let open: CallFrame | null = null
    const enter = (frame: CallFrame | null): void => {
      if (open?.key === frame?.key) return
      if (open !== null) lines.push('  end')
      if (frame !== null) lines.push(`  ${headOf(frame.when, words)}`)
      open = frame
    }
    for (const { from, to, label, frame = null, below = [] } of level) {
      enter(frame)
      number += 1
      nodes[`m${number}`] = [from, to]
      lines.push(`  ${ids.get(from)}->>${ids.get(to)}: ${escapeLabel(label)}`)
      draw(below)
    }
    enter(null)
  }
  draw(messages)
  return { mermaid: lines.join('\n'), nodes }
}

/** Every line that begins a frame. */
export function framesIn(words: FrameWords): string[] {
  return WHENS.map((when) => headOf(when, words))
}

function headOf(when: When, words: FrameWords): string {
  return `${when.startsWith('repeated') ? 'loop' : 'opt'} ${words[when]}`
}

/**
 * Broken arrows are calls in a branch or a loop.
 *
 * @param boxes - Each for one component; both ends of every message are in one.
 */
export function drawCallTree(boxes: readonly Participant[], messages: readonly Message[]): CallChart {
  const ids = new Map(boxes.flatMap(({ components }, index) => components.map((id) => [id, `n${index + 1}`])))
  return {
    mermaid: [
      'flowchart TD',
      ...boxes.map(({ label }, index) => `  n${index + 1}["${escapeLabel(label)}"]`),
      ...allOf(messages).map(
        ({ from, to, frame }) => `  ${ids.get(from)} ${frame == null ? '-->' : '-.->'} ${ids.get(to)}`,
      ),
    ].join('\n'),
    nodes: Object.fromEntries(boxes.map(({ components }, index) => [`n${index + 1}`, components])),
  }
}

/** Messages with those below them, as deep as they are below each other. */
export function allOf(messages: readonly Message[]): Message[] {
  return messages.flatMap((message) => [message, ...allOf(message.below ?? [])])
}
