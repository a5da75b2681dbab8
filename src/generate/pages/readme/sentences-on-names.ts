/** Finds sentences in documents that begin with the name they describe: `` `Planner` plans flights. `` */

import type { List, Nodes, Paragraph, PhrasingContent } from 'mdast'
import type { Writing } from '#generate/pages/writing.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { ANY_README, OF_ANOTHER_TIME } from './usage-code.ts'

const MAX_TEXT = 1_000
/** `Planner`, `orbit.Planner`, `plan(from, to)` */
const NAME = /^(?:([\w$]{1,60})(?:\.|::|\\)){0,4}([A-Za-z_$][\w$]{1,80})(?:\([^()]{0,100}\))?$/
/** Matches the text after the name: a colon or dash of a list, or a kind and a defining verb, not one such as `requires`. */
const DESCRIBES =
  /^(?:\s?(?::|[-–—]{1,2})\s|(?: (?!(?:and|in|or|to|with)\b)[a-z-]{1,20})? (?:(?:is|are)(?! (?:called|incompatible|needed|not|only|passed|required|set|still|then)\b)|adds|allows|builds|computes|contains|converts|creates|decodes|defines|describes|encodes|enables|generates|gives|handles|holds|implements|keeps|lets|loads|makes|manages|parses|prints|produces|provides|reads|registers|renders|represents|returns|runs|sends|sets|stores|turns|validates|wraps|writes) )/
/** Matches a sentence that introduces a name: ``Orbit has an error type, `PlanError`, which ends a plan.`` */
const INTRODUCES =
  /^(?:[^.`\n]{0,80} )?(?:exports|gives|has|includes|offers|provides)(?: you)? (?:an?|the) [\w -]{1,60},? `([A-Za-z_$][\w$]{1,80})(?:\(\))?`,? (?:that|to|which) /
const MARKS = new Set<Nodes['type']>(['emphasis', 'inlineCode', 'link', 'strong'])

export interface SentenceOnName {
  /** What is directly before the name: `orbit` in `orbit.Planner`. */
  readonly owner: string
  /** Markdown that begins with the sentence. */
  readonly text: string
  /** The document. */
  readonly path: string
}

/** By name; READMEs first, then the guides in their order. */
export function sentencesOnNames({ guides, repo }: Writing): Map<string, SentenceOnName> {
  const known = new Set([...repo.components.values()].filter((one) => one.exported).map(({ name }) => name))
  const found = new Map<string, SentenceOnName>()
  const all = [...(guides?.guides.values() ?? [])].filter(({ path }) => !OF_ANOTHER_TIME.test(path))
  const isReadme = (path: string): number => Number(ANY_README.test(path))
  for (const { path, blocks } of all.sort((a, b) => isReadme(b.path) - isReadme(a.path))) {
    const stack: Nodes[] = blocks.toReversed()
    /** Items of lists of events or settings, which describe only what they name with its owner. */
    const loose = new Set<Nodes | undefined>()
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node.type !== 'paragraph') {
        if (node.type === 'list' && !isOfNames(node, known))
          for (const item of node.children) loose.add(item.children[0])
        if ('children' in node) for (const child of node.children.toReversed()) stack.push(child)
        continue
      }
      const one = node.data?.depth === undefined ? sentenceIn(node) : undefined
      if (one === undefined || (loose.has(node) && one.owner === '')) continue
      if (!found.has(one.name)) found.set(one.name, { owner: one.owner, text: one.text, path })
    }
  }
  return found
}

/** Whether all marked words that begin an item are names of definitions, not of events or settings. */
function isOfNames({ children }: List, known: ReadonlySet<string>): boolean {
  return children.every(({ children: [first] }) => {
    const marked = first?.type === 'paragraph' ? first.children[0] : undefined
    return marked === undefined || !MARKS.has(marked.type) || known.has(nameIn(marked)?.name ?? '')
  })
}

function nameIn(marked: PhrasingContent): { owner: string; name: string } | undefined {
  const [, owner = '', name] = NAME.exec(plainText(paragraph(marked)).trim()) ?? []
  return name === undefined ? undefined : { owner, name }
}

function sentenceIn({ children }: Paragraph): { owner: string; name: string; text: string } | undefined {
  const whole = children.map(written).join('').slice(0, MAX_TEXT)
  const [, introduced] = INTRODUCES.exec(whole) ?? []
  if (introduced !== undefined) return { owner: '', name: introduced, text: whole }
  const [lead, ...others] = children
  const hasArticle = lead?.type === 'text' && /^(?:the|an?) $/i.test(lead.value)
  const [marked, ...rest] = hasArticle ? others : children
  if (marked === undefined || !MARKS.has(marked.type)) return undefined
  const named = nameIn(marked)
  const after = rest.map(written).join('').slice(0, MAX_TEXT)
  const [verb] = DESCRIBES.exec(after) ?? []
  if (named === undefined || verb === undefined) return undefined
  const isListed = /[-:–—]/.test(verb.trim().charAt(0))
  return { ...named, text: isListed ? after.slice(verb.length) : whole }
}

/** Removes links, which are relative to another page. */
const written = (node: PhrasingContent): string =>
  node.type === 'inlineCode' ? `\`${node.value}\`` : plainText(paragraph(node))
