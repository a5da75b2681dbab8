/** What the overview shows of the repository's own documents: an example of use from its README, and the list of its guides. */

import type { Code, RootContent } from 'mdast'
import type { GuideNode } from '#generate/guide-model.ts'
import { codeBlock, heading, type Inline, list, paragraph, plainText, refLink } from '#markdown/build.ts'
import { refTo } from './draft.ts'
import { refToGuides } from './guide-pages.ts'
import type { Writing } from './writing.ts'

const MAX_GUIDES = 12
const MAX_EXAMPLE_LINES = 30
const SHELL =
  /^(?:sh|bash|shell|console|shell-session|zsh|fish|powershell|ps1|bat|cmd|text|txt|diff|json|ya?ml|toml|ini|xml|html|dockerfile|)$/
const USAGE =
  /\b(?:usage|example|examples|quick ?start|getting started|get started|how to use|using|basic|simple|synopsis|hello|tour|tutorial)\b/i

export function guideSection(writing: Writing): RootContent[] {
  return [...usageExample(writing), ...guideList(writing)]
}

/** The first example in code below a heading that says so, else the first that is no command. */
function usageExample({ guides, texts }: Writing): RootContent[] {
  const readme = [...(guides?.guides.values() ?? [])].find(({ path }) => /^readme\.\w+$/i.test(path))
  if (readme === undefined) return []
  let isUsage = false
  let [told, first]: (Code | undefined)[] = []
  for (const block of readme.blocks) {
    if (block.type === 'heading') isUsage = USAGE.test(plainText(block))
    if (block.type !== 'code' || SHELL.test(block.lang ?? '') || block.value.split('\n').length > MAX_EXAMPLE_LINES)
      continue
    first ??= block
    if (isUsage) told ??= block
  }
  const example = told ?? first
  if (example === undefined) return []
  return [
    heading(2, texts.guide.example),
    codeBlock(example.lang ?? null, example.value),
    paragraph(...texts.guide.from([refLink(refTo.file(readme.path), readme.path)])),
  ]
}

function guideList({ guides, texts }: Writing): RootContent[] {
  const order = guides?.order ?? []
  if (order.length === 0) return []
  const items = order.slice(0, MAX_GUIDES).map((node): Inline[] => [...named(node), ...below(node, texts.comma)])
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
