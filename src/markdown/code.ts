/** Code blocks: coloured by classes, never by inline styles; diagrams kept as the source they are. */

import type { ElementContent } from 'hast'
import { common, createLowlight } from 'lowlight'
import type { Code, Root, RootContent } from 'mdast'
import { type Frame, frame } from './frame.ts'
import { walk } from './walk.ts'

const lowlight = createLowlight(common)

/** Longer blocks are shown plain: colouring them costs more than it helps. Characters. */
const MAX_COLOURED = 100_000

/** Colour every code block whose language is known, and mark those of one line: a signature wraps, code does not. */
export function colourCode(tree: Root): void {
  walk(tree, (node) => {
    if (node.type !== 'code') return undefined
    const language = languageOf(node)
    const isKnown = language !== null && node.value.length <= MAX_COLOURED && lowlight.registered(language)
    const classes = [
      ...(isKnown ? ['hljs'] : []),
      ...(language === null ? [] : [`language-${language}`]),
      ...(node.value.includes('\n') ? [] : ['one-line']),
    ]
    node.data = { ...node.data, hProperties: { className: classes } }
    if (!isKnown) return undefined
    const tokens = lowlight.highlight(language, `${node.value}\n`)
    node.data.hChildren = tokens.children.filter((child): child is ElementContent => child.type !== 'doctype')
    return undefined
  })
}

/** Longer sources are folded until they are asked for. Lines. */
const MAX_OPEN = 14

/**
 * Put every mermaid block into a figure, with the list of its boxes where one follows. Without JavaScript its source is
 * what the reader sees, under words that say what it is.
 *
 * @returns The number of diagrams.
 */
export function frameDiagrams(tree: Root): number {
  let diagrams = 0
  walk(tree, (node, index, parent) => {
    if (node.type !== 'code' || languageOf(node) !== 'mermaid' || parent.type === 'frame') return undefined
    const next = parent.children[index + 1]
    const boxes = next !== undefined && isBoxes(next) ? next : null
    const lines = node.value.split('\n').length
    const words = `Source of the diagram in Mermaid, ${lines === 1 ? '1 line' : `${lines} lines`}`
    const source = frame('details', { className: ['diagram-source'], ...(lines > MAX_OPEN ? {} : { open: 'open' }) }, [
      frame('summary', {}, [{ type: 'text', value: words }]),
      node,
    ])
    if (boxes !== null) boxes.data = { hName: 'details', hProperties: { className: ['diagram-boxes'] } }
    const legend = boxes === null ? '' : legendOf(node.value)
    const caption = legend === '' ? [] : [frame('figcaption', {}, [{ type: 'text', value: legend }])]
    const figure = frame('figure', { className: ['diagram'] }, [...caption, source, ...(boxes === null ? [] : [boxes])])
    parent.children.splice(index, boxes === null ? 1 : 2, figure)
    diagrams += 1
    return undefined
  })
  return diagrams
}

/** What the arrows of our own diagrams mean; the first line tells which kind one is. */
function legendOf(source: string): string {
  if (source.startsWith('flowchart LR\n')) {
    const weight = source.includes(' -->|')
      ? 'its number counts the references'
      : 'a thicker one stands for more references'
    return `An arrow points to what is used; ${weight}.`
  }
  if (!source.startsWith('flowchart RL\n')) return ''
  const kinds = [
    [' --> ', 'solid: what a type extends'],
    [' -.-> ', 'broken: what it implements'],
    [' ==> ', 'thick: what it mixes in'],
  ].flatMap(([arrow = '', words = '']) => (source.includes(arrow) ? [words] : []))
  const outside = source.includes('(["') ? '; round ends: types of other modules' : ''
  return `Arrows, ${kinds.join(', ')}${outside}.`
}

function isBoxes(node: RootContent): node is Frame {
  if (node.type !== 'frame' || node.data?.hName !== 'details') return false
  const [, boxes, ...others] = node.children
  return boxes?.type === 'list' && boxes.ordered === true && others.length === 0
}

/** The first word after the fence, in lower case. */
function languageOf(node: Code): string | null {
  return node.lang?.split(/\s/, 1)[0]?.toLowerCase() ?? null
}
