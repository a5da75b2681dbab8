/** Puts Mermaid diagrams into figures. They are drawn in the browser. */

import type { Root, RootContent } from 'mdast'
import { type Frame, frame } from './frame.ts'
import { languageOf } from './highlight-code-blocks.ts'
import { walk } from './walk.ts'

/** Maximum number of lines of a source that is open initially. */
const MAX_OPEN = 14

/**
 * Put every Mermaid block into a figure, with the list of its boxes if one follows. Without JavaScript, readers see the
 * source with a caption.
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

/** The legend of a diagram that docspool has generated; its first line says which kind it is. */
function legendOf(source: string): string {
  if (source.startsWith('flowchart LR\n')) {
    return 'An arrow points to what is used; a thicker one stands for more references.'
  }
  if (!source.startsWith('flowchart RL\n')) return ''
  const kinds = [
    [' --> ', 'solid: what a type extends'],
    [' -.-> ', 'dashed: what it implements'],
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
