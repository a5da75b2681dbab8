/** Syntax highlighting of code blocks, by CSS classes. The colours are in `templates/assets/code-colours.css`. */

import type { ElementContent, RootContent } from 'hast'
import { common, createLowlight } from 'lowlight'
import type { Code, Root } from 'mdast'
import { withLinks } from './signature-links.ts'
import { walk } from './walk.ts'

const lowlight = createLowlight(common)
/** Languages highlighted as another one. */
lowlight.registerAlias({ markdown: ['mdx'], typescript: ['twoslash'], xml: ['astro', 'svelte', 'vue'] })

/** Maximum number of characters of a highlighted block: longer ones take too long. */
const MAX_COLOURED = 100_000

/** Highlights code blocks of known languages. Blocks of one line get the class `one-line`: signatures may wrap, longer code must not. */
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
    const content = tokens.filter((child): child is ElementContent => child.type !== 'doctype')
    node.data.hChildren = links === undefined ? content : withLinks(content, links)
    return undefined
  })
}

/** The language of a code block: the first word after the fence, in lower case. */
export function languageOf(node: Code): string | null {
  return node.lang?.split(/\s/, 1)[0]?.toLowerCase() ?? null
}
