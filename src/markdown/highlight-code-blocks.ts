/** Syntax highlighting of code blocks, by CSS classes. The colours are in `templates/assets/code-colours.css`. */

import type { ElementContent } from 'hast'
import { common, createLowlight } from 'lowlight'
import type { Code, Root } from 'mdast'
import { walk } from './walk.ts'

const lowlight = createLowlight(common)

/** Maximum number of characters of a highlighted block: longer ones take too long. */
const MAX_COLOURED = 100_000

/** Highlight code blocks of known languages. Blocks of one line get the class `one-line`, because signatures wrap and code does not. */
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

/** The language of a code block: the first word after the fence, in lower case. */
export function languageOf(node: Code): string | null {
  return node.lang?.split(/\s/, 1)[0]?.toLowerCase() ?? null
}
