/** A comparison as Markdown, built as a tree: no text of a repository can become markup. */

import { splitCode } from '#base/code-spans.ts'
import { code, heading, type Inline, link, list, paragraph, strong } from '#markdown/build.ts'
import { stringify } from '#markdown/stringify.ts'
import { type Change, type Diff, SEVERITIES, type Side } from './change.ts'
import { HEADINGS, placeText, ruleText, shortId, summaryOf } from './wording.ts'

/** Longest declaration shown, in characters. */
const MAX_TEXT = 300

/** The URL of lines on one side; `null` if there is none. */
export type LinkSide = (which: 'before' | 'after', side: Side) => string | null

/** @param diff - All its changes are written, so pass the result of `shownOf`. */
export function renderMarkdown(diff: Diff, title: string, linkSide: LinkSide = () => null): string {
  const blocks = [
    heading(1, title),
    paragraph(code(shortId(diff.from)), ' → ', code(shortId(diff.to)), '. ', summaryOf(diff)),
  ] as Parameters<typeof stringify>[0]
  for (const severity of SEVERITIES) {
    const changes = diff.changes.filter((change) => change.severity === severity)
    if (changes.length === 0) continue
    blocks.push(heading(2, HEADINGS[severity]), list(changes.map((change) => itemOf(change, linkSide))))
    const more = diff.counts[severity] - changes.length
    if (more > 0) blocks.push(paragraph(`${more} more in the JSON output.`))
  }
  if (diff.modules.length > 0) {
    const items = diff.modules.map(({ change, title: name, files }): Inline[] => [
      strong(name),
      `: ${change}; `,
      ...files
        .slice(0, MAX_FILES)
        .flatMap((file, index): Inline[] => (index === 0 ? [code(file)] : [', ', code(file)])),
      ...(files.length > MAX_FILES ? [` and ${files.length - MAX_FILES} more`] : []),
    ])
    blocks.push(heading(2, 'Modules'), list(items))
  }
  return stringify(blocks)
}

const MAX_FILES = 8

function itemOf(change: Change, linkSide: LinkSide): ReturnType<typeof paragraph>[] {
  const { name, detail, before, after } = change
  const line = (which: 'before' | 'after', side: Side | null): ReturnType<typeof paragraph>[] => {
    if (side === null) return []
    const url = linkSide(which, side)
    const place = url === null ? placeText(side) : link(url, placeText(side))
    return [paragraph(`${which}: `, place, ' ', code(side.text.slice(0, MAX_TEXT)))]
  }
  return [
    paragraph(strong(code(name)), ' ', ruleText(change), ...(detail === '' ? [] : [': ', ...inCode(detail)])),
    ...line('before', before),
    ...line('after', after),
  ]
}

/** Text with code spans, as Markdown. */
export function inCode(detail: string): Inline[] {
  return splitCode(detail).map(({ text, isCode }) => (isCode ? code(text) : text))
}
