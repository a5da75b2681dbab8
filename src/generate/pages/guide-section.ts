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
const PROMPT = /^\s{0,4}[$>%] /
const NO_COMMANDS = /^(?:diff|json|ya?ml|toml|ini|xml|html|dockerfile)$/
const USAGE =
  /\b(?:usage|example|examples|quick ?start|getting started|get started|how to use|using|basic|simple|synopsis|hello|tour|tutorial)\b/i

export function guideSection(writing: Writing): RootContent[] {
  return [...usageExample(writing), ...guideList(writing)]
}

/** The first example in code below a heading that says so, else one that runs a program of its own, else the first that is no command. */
function usageExample(writing: Writing): RootContent[] {
  const { guides, texts } = writing
  const readme = [...(guides?.guides.values() ?? [])].find(({ path }) => /^readme\.\w+$/i.test(path))
  if (readme === undefined) return []
  let isUsage = false
  // Of the heading of the part on usage; 0 outside of one.
  let depth = 0
  let [told, first, run]: (Code | undefined)[] = []
  const isRun = runsOwn(writing)
  for (const block of readme.blocks) {
    if (block.type === 'heading') {
      // What stands below a part on usage is on usage, too.
      if (block.depth <= depth) depth = 0
      if (depth === 0 && USAGE.test(plainText(block))) depth = block.depth
      isUsage = depth > 0
    }
    if (block.type !== 'code') continue
    if (SHELL.test(block.lang ?? '')) {
      const typed = isUsage && isRun(block) ? typedIn(block) : block
      if (typed !== block && lengthOf(typed) <= MAX_EXAMPLE_LINES) run ??= typed
      continue
    }
    if (lengthOf(block) > MAX_EXAMPLE_LINES) continue
    first ??= block
    if (isUsage) told ??= block
  }
  const example = told ?? run ?? first
  if (example === undefined) return []
  return [
    heading(2, texts.guide.example),
    codeBlock(example.lang ?? null, withUse(example, readme.blocks)),
    paragraph(...texts.guide.from([refLink(refTo.file(readme.path), readme.path)])),
  ]
}

const IMPORT =
  /^(?:#include\b|import\b|from \S+ import\b|use\b|using\b|require\b|require_relative\b|package\b|extern crate\b|<\?php|(?:const|let|var) .{1,120}\brequire\(|\/\/|#|$)/
/** How far below imports the code that uses them may stand, in blocks. */
const MAX_DISTANCE = 12

/** Imports alone show no use: with the next example of the same language, where both together are short. */
function withUse(example: Code, blocks: readonly RootContent[]): string {
  const isImports = example.value.split('\n').every((line) => IMPORT.test(line.trim()))
  if (!isImports) return example.value
  const from = blocks.indexOf(example) + 1
  const next = blocks
    .slice(from, from === 0 ? 0 : from + MAX_DISTANCE)
    .find((block): block is Code => block.type === 'code' && block.lang === example.lang)
  const isShort = next !== undefined && lengthOf(example) + lengthOf(next) < MAX_EXAMPLE_LINES
  return isShort ? `${example.value}\n\n${next.value}` : example.value
}

const lengthOf = ({ value }: Code): number => value.split('\n').length

/** What is typed, where a prompt marks it; what is printed below it is another matter. */
function typedIn(block: Code): Code {
  const lines = block.value.split('\n')
  const typed: string[] = []
  let isOpen = false
  for (const line of lines) {
    if (isOpen || PROMPT.test(line)) typed.push(line)
    isOpen = line.endsWith('\\') && typed.at(-1) === line
  }
  return { ...block, value: (typed.length > 0 ? typed : lines).join('\n') }
}

/** Whether a block of commands, of no other language, runs a program of the repository's own. */
function runsOwn({ packages }: Writing): (block: Code) => boolean {
  const programs = new Set(packages.flatMap((one) => one.programs.map(({ name }) => name)))
  return ({ lang, value }) =>
    !NO_COMMANDS.test(lang ?? '') &&
    value.split('\n').some((line) => programs.has(/^(?:[$>%#]\s)?\s{0,4}([\w.-]{1,60})(?:\s|$)/.exec(line)?.[1] ?? ''))
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
