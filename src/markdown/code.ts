/** Code blocks: coloured by classes, never by inline styles; diagrams kept as the source they are. */

import type { ElementContent } from 'hast'
import { common, createLowlight } from 'lowlight'
import type { Code, Root } from 'mdast'
import { visit } from 'unist-util-visit'
import { frame } from './frame.ts'

const lowlight = createLowlight(common)

/** Longer blocks are shown plain: colouring them costs more than it helps. Characters. */
const MAX_COLOURED = 100_000

/** Colour every code block whose language is known, and mark those of one line: a signature wraps, code does not. */
export function colourCode(tree: Root): void {
  visit(tree, 'code', (node) => {
    const language = languageOf(node)
    const isKnown = language !== null && node.value.length <= MAX_COLOURED && lowlight.registered(language)
    const classes = [
      ...(isKnown ? ['hljs'] : []),
      ...(language === null ? [] : [`language-${language}`]),
      ...(node.value.includes('\n') ? [] : ['one-line']),
    ]
    node.data = { ...node.data, hProperties: { className: classes } }
    if (!isKnown) return
    const tokens = lowlight.highlight(language, `${node.value}\n`)
    node.data.hChildren = tokens.children.filter((child): child is ElementContent => child.type !== 'doctype')
  })
}

/**
 * Put every mermaid block into a figure. Without JavaScript its source is what the reader sees.
 *
 * @returns The number of diagrams.
 */
export function frameDiagrams(tree: Root): number {
  let diagrams = 0
  visit(tree, 'code', (node, index, parent) => {
    if (languageOf(node) !== 'mermaid' || parent === undefined || index === undefined) return
    if (parent.type === 'frame') return
    parent.children[index] = frame('figure', { className: ['diagram'] }, [node])
    diagrams += 1
  })
  return diagrams
}

/** The first word after the fence, in lower case. */
function languageOf(node: Code): string | null {
  return node.lang?.split(/\s/, 1)[0]?.toLowerCase() ?? null
}
