/** Recognises inline nodes of a cleaned guide that show nothing. */

import type { PhrasingContent } from 'mdast'
import { plainText } from '#markdown/build.ts'

/** Whether the nodes contain nothing visible. */
export function isBlank(children: readonly PhrasingContent[]): boolean {
  return children.every((child) => child.type !== 'image' && plainText(child).trim() === '' && !containsImage(child))
}

function containsImage(node: PhrasingContent): boolean {
  return 'children' in node && node.children.some((child) => child.type === 'image' || containsImage(child))
}
