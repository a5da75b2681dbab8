/** Adjusts the headings of a cleaned guide: levels, anchors and the title. */

import type { Heading, PhrasingContent, RootContent } from 'mdast'
import { anchorKey } from '#generate/guide-model.ts'
import { plainText } from '#markdown/build.ts'

/** Changes levels in place: headings below the page title start at level two and skip no level; siblings stay siblings. */
export function adjustLevels(blocks: readonly RootContent[]): void {
  const around: { written: number; depth: number }[] = []
  for (const block of blocks) {
    if (block.type !== 'heading') continue
    const written = block.depth
    while ((around.at(-1)?.written ?? 0) >= written) around.pop()
    const depth = Math.min((around.at(-1)?.depth ?? 1) + 1, 6)
    block.depth = depth as 2
    around.push({ written, depth })
  }
}

/** The keys that links to a heading may use, before they are made unique. */
function keysOf(heading: Heading): string[] {
  return [plainText(heading), ...(heading.data?.anchors ?? [])].map(anchorKey)
}

/** Headings keyed by anchor. Repeated keys get a number, as in all tools. */
export function anchorsIn(blocks: readonly RootContent[]): Map<string, Heading> {
  const anchors = new Map<string, Heading>()
  const times = new Map<string, number>()
  for (const block of blocks) {
    if (block.type !== 'heading') continue
    for (const key of keysOf(block)) {
      const time = times.get(key) ?? 0
      times.set(key, time + 1)
      const unique = time === 0 ? key : `${key}${time}`
      if (key !== '' && !anchors.has(unique)) anchors.set(unique, block)
    }
  }
  return anchors
}

/** The words of a heading. The alt text of images, such as badges, is used only when there are no other words. */
export function titleOf({ children }: Heading): string | null {
  const isPicture = (node: PhrasingContent): boolean =>
    node.type === 'image' || (node.type === 'link' && node.children.length > 0 && node.children.every(isPicture))
  const words = (nodes: readonly PhrasingContent[]): string => nodes.map(plainText).join('').replace(/\s+/g, ' ').trim()
  return words(children.filter((one) => !isPicture(one))) || words(children) || null
}
