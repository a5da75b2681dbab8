/** A custom node in a Markdown tree: an HTML element around other nodes, for which Markdown has no syntax. */

import type { Parent, RootContent } from 'mdast'

/** Rendered as `<element class="…">` around its children. */
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
