/** Replaces broken links and missing images with plain text. */

import type { Nodes, Parents } from 'mdast'
import { replaceAt } from '#base/long-arrays.ts'
import { parse } from '#markdown/parse.ts'
import { stringify } from '#markdown/stringify.ts'

/** Replaces links to these URLs and images with these names in a page, and counts the replacements. */
export function unlink(markdown: string, broken: ReadonlySet<string>): { markdown: string; count: number } {
  const tree = parse(markdown)
  let count = 0
  const stack: Parents[] = [tree]
  for (let parent = stack.pop(); parent !== undefined; parent = stack.pop()) {
    const children: Nodes[] = parent.children
    for (let index = 0; index < children.length; index++) {
      const node = children[index]
      if (node?.type === 'link' && broken.has(node.url)) {
        replaceAt(children, index--, node.children)
        count += 1
      } else if (node?.type === 'image' && broken.has(node.url)) {
        children.splice(index, 1, { type: 'text', value: node.alt ?? '' })
        count += 1
      } else if (node !== undefined && 'children' in node) {
        stack.push(node)
      }
    }
  }
  return { markdown: stringify(tree.children), count }
}
