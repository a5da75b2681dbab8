/** Finds sentences in documents that begin with the name they describe: `` `Planner` plans flights. `` */

import type { Nodes, Paragraph, PhrasingContent } from 'mdast'
import type { Writing } from '#generate/pages/writing.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { OF_ANOTHER_TIME, README } from './usage-code.ts'

const MAX_TEXT = 1_000
/** `Planner`, `orbit.Planner`, `plan(from, to)` */
const NAME = /^(?:[\w$]{1,60}(?:\.|::|\\)){0,4}([A-Za-z_$][\w$]{1,80})(?:\([^()]{0,100}\))?$/
/** Matches the text after the name: a colon or dash of a list, or a kind and a defining verb, not one such as `requires`. */
const DESCRIBES =
  /^(?:\s?(?::|[-–—]{1,2})\s|(?: (?!(?:and|in|or|to|with)\b)[a-z-]{1,20})? (?:(?:is|are)(?! (?:called|incompatible|needed|not|only|passed|required|set|still|then)\b)|adds|allows|builds|computes|contains|converts|creates|decodes|defines|describes|encodes|enables|generates|gives|handles|holds|implements|keeps|lets|loads|makes|manages|parses|prints|produces|provides|reads|registers|renders|represents|returns|runs|sends|sets|stores|turns|validates|wraps|writes) )/
/** Matches a sentence that introduces a name: ``Orbit has an error type, `PlanError`, which ends a plan.`` */
const INTRODUCES =
  /^(?:[^.`\n]{0,80} )?(?:exports|gives|has|includes|offers|provides)(?: you)? (?:an?|the) [\w -]{1,60},? `([A-Za-z_$][\w$]{1,80})(?:\(\))?`,? (?:that|to|which) /
const MARKS = new Set<Nodes['type']>(['emphasis', 'inlineCode', 'link', 'strong'])

export interface SentenceOnName {
  /** Markdown that begins with the sentence. */
  readonly text: string
  /** The document. */
  readonly path: string
}

/** By name; READMEs first, then the guides in their order. */
export function sentencesOnNames({ guides }: Writing): Map<string, SentenceOnName> {
  const found = new Map<string, SentenceOnName>()
  const all = [...(guides?.guides.values() ?? [])].filter(({ path }) => !OF_ANOTHER_TIME.test(path))
  const isReadme = (path: string): number => Number(README.test(path))
  for (const { path, blocks } of all.sort((a, b) => isReadme(b.path) - isReadme(a.path))) {
    const stack: Nodes[] = blocks.toReversed()
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node.type !== 'paragraph') {
        if ('children' in node) for (const child of node.children.toReversed()) stack.push(child)
        continue
      }
      const one = node.data?.depth === undefined ? sentenceIn(node) : undefined
      if (one !== undefined && !found.has(one.name)) found.set(one.name, { text: one.text, path })
    }
  }
  return found
}

function sentenceIn({ children }: Paragraph): { name: string; text: string } | undefined {
  const whole = children.map(written).join('').slice(0, MAX_TEXT)
  const [, introduced] = INTRODUCES.exec(whole) ?? []
  if (introduced !== undefined) return { name: introduced, text: whole }
  const [lead, ...others] = children
  const hasArticle = lead?.type === 'text' && /^(?:the|an?) $/i.test(lead.value)
  const [marked, ...rest] = hasArticle ? others : children
  if (marked === undefined || !MARKS.has(marked.type)) return undefined
  const [, name] = NAME.exec(plainText(paragraph(marked)).trim()) ?? []
  const behind = rest.map(written).join('').slice(0, MAX_TEXT)
  const [verb] = DESCRIBES.exec(behind) ?? []
  if (name === undefined || verb === undefined) return undefined
  const isListed = /[-:–—]/.test(verb.trim().charAt(0))
  return { name, text: isListed ? behind.slice(verb.length) : whole }
}

/** Removes links, which are relative to another page. */
const written = (node: PhrasingContent): string =>
  node.type === 'inlineCode' ? `\`${node.value}\`` : plainText(paragraph(node))
