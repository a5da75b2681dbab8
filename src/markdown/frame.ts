/** A node of our own in a Markdown tree: an element around others, which Markdown itself has no form for. */

import type { Parent, RootContent } from 'mdast'

/** Becomes `<element class="…">` around its children. */
export interface Frame extends Parent {
  type: 'frame'
  children: RootContent[]
}

declare module 'mdast' {
  interface RootContentMap {
    frame: Frame
  }
  interface BlockContentMap {
    frame: Frame
  }
}

export function frame(
  element: 'div' | 'figure' | 'figcaption' | 'a' | 'details' | 'summary',
  properties: Record<string, string | string[]>,
  children: RootContent[],
): Frame {
  return { type: 'frame', data: { hName: element, hProperties: properties }, children }
}
