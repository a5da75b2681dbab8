/** Syntax highlighting of code blocks, by CSS classes. The colours are in `templates/assets/code-colours.css`. */

import type { ElementContent, RootContent } from 'hast'
import { common, createLowlight } from 'lowlight'
import type { Code, Root } from 'mdast'
import { withLinks } from './signature-links.ts'
import { walk } from './walk.ts'

const lowlight = createLowlight(common)
/** Languages that are written in another one, in which they are highlighted. */
lowlight.registerAlias({ markdown: ['mdx'], typescript: ['twoslash'], xml: ['astro', 'svelte', 'vue'] })

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
    const links = node.data.links
    if (!isKnown && links === undefined) return undefined
    const tokens: readonly RootContent[] = isKnown
      ? lowlight.highlight(language, `${node.value}\n`).children
      : [{ type: 'text', value: `${node.value}\n` }]
    const shown = tokens.filter((child): child is ElementContent => child.type !== 'doctype')
    node.data.hChildren = links === undefined ? shown : withLinks(shown, links)
    return undefined
  })
}

/** The language of a code block: the first word after the fence, in lower case. */
export function languageOf(node: Code): string | null {
  return node.lang?.split(/\s/, 1)[0]?.toLowerCase() ?? null
}
