/** Writes the list of the repository's own guides for the overview. */

import type { RootContent } from 'mdast'
import type { GuideNode } from '#generate/guide-model.ts'
import { refTo } from '#generate/pages/draft.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, list, refLink } from '#markdown/build.ts'
import { refToGuides } from './guide-pages.ts'

const MAX_GUIDES = 12

/** Empty if the repository has no guides. */
export function guideList({ guides, texts }: Writing): RootContent[] {
  const order = guides?.order ?? []
  if (order.length === 0) return []
  // Documents with the same title are distinguished by their paths.
  const hasUniqueTitle = ({ title }: GuideNode): boolean => order.filter((one) => one.title === title).length === 1
  const items = order
    .slice(0, MAX_GUIDES)
    .map((node): Inline[] => [
      ...named(node),
      ...(node.path === null || hasUniqueTitle(node) ? [] : [' (', code(node.path), ')']),
      ...below(node, texts.comma),
    ])
  const all = guides?.guides.size ?? 0
  const more: Inline[][] =
    order.length > MAX_GUIDES || all > items.length ? [[refLink(refToGuides, texts.guide.all(all))]] : []
  return [heading(2, texts.guide.title), list([...items, ...more])]
}

function named({ title, path }: GuideNode): Inline[] {
  return path === null ? [title] : [refLink(refTo.file(path), title)]
}

const MAX_BELOW = 6

function below({ children }: GuideNode, comma: string): Inline[] {
  if (children.length === 0) return []
  const shown = children
    .slice(0, MAX_BELOW)
    .flatMap((child, index): Inline[] => [...(index === 0 ? [] : [comma]), ...named(child)])
  return [' (', ...shown, ...(children.length > MAX_BELOW ? [`${comma}…`] : []), ')']
}
